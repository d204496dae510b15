"""Small numbers that are hidden, and what has to be hidden beside them so that sums do not give them away.

A number below `SMALL` is shown as "少于5". Where what is shown beside it (the total and the other parts, of each breakdown) would
leave it one value only, the smallest number next to it is not shown either, and so on until nothing follows.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from linli.kernel.access.rules import Role
from linli.kernel.figures.rules.figure import SMALL, hidden

FEW, APART = f"少于{SMALL}", "不显示"
Sum = Mapping[Any, int]
"""Numbers with their signs whose sum is nothing: the parts, and the total with -1."""
ENDLESS, ROUNDS = 10**12, 50


def whole(total: Hashable, parts: Iterable[Hashable]) -> Sum:
    """Parts that add up to a total."""
    return {part: 1 for part in parts} | {total: -1}


def covered(
    numbers: Mapping[Any, int], sums: Sequence[Sum], role: Role, apart: Iterable[Hashable] = ()
) -> dict[Any, str]:
    """What stands in place of each number that this reader does not see. ``apart``: what is not shown for another reason.

    A sum that does not hold for these numbers (somebody counts in two parts) lets nobody compute anything, and is left out.
    """
    found = {key: FEW for key, number in numbers.items() if hidden(number, role)}
    if role is Role.LEADER:
        found |= dict.fromkeys(apart, APART)
    true = [one for one in sums if sum(sign * numbers.get(key, 0) for key, sign in one.items()) == 0]
    while given_away := follows(numbers, true, found):
        near = [key for one in true if given_away & one.keys() for key in one if key in numbers and key not in found]
        near = [key for key in near if numbers[key]]
        few = [key for one in true if given_away & one.keys() for key in one if found.get(key) == FEW]
        if not near and not few:
            return found
        place = min(near, key=lambda key: numbers[key]) if near else few[0]
        found[place] = APART
    return found


def follows(numbers: Mapping[Any, int], sums: Sequence[Sum], covered: Mapping[Any, str]) -> set[Any]:
    """Which hidden numbers can have one value only, for somebody who knows all that is shown and what the words mean."""
    bounds = {key: (1, SMALL - 1) if words == FEW else (0, ENDLESS) for key, words in covered.items()}
    for _ in range(ROUNDS):
        before = dict(bounds)
        for one in sums:
            _narrow(one, numbers, bounds)
        if bounds == before:
            break
    return {key for key, (low, high) in bounds.items() if low == high}


def _narrow(one: Sum, numbers: Mapping[Any, int], bounds: dict[Any, tuple[int, int]]) -> None:
    """Each hidden number of a sum is what the others leave for it."""
    ends = {}
    for key, sign in one.items():
        low, high = bounds.get(key, (numbers.get(key, 0),) * 2)
        ends[key] = (low, high) if sign > 0 else (-high, -low)
    least, most = (sum(end[at] for end in ends.values()) for at in (0, 1))
    for key, sign in one.items():
        if key in bounds:
            low, high = ends[key]
            left = (high - most, low - least)  # what all the others can be, turned round
            low, high = left if sign > 0 else (-left[1], -left[0])
            bounds[key] = max(bounds[key][0], low), min(bounds[key][1], high)
