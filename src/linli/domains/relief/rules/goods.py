"""Goods for the needy of all towns: each town gets its part by the number of its people (RELIEF-07)."""

from __future__ import annotations

from collections.abc import Mapping


def share_out(pieces: int, people: Mapping[str, int]) -> dict[str, int]:
    """So many whole pieces by town, in proportion to its people; what is left over goes to the largest remainders.

    Nothing is lost or added. Of equal remainders the town with more people comes first, then the smaller code. A town
    without people gets nothing; without any people the answer is empty.
    """
    total = sum(people.values())
    if not total or pieces <= 0:
        return {}
    shares = {town: pieces * count // total for town, count in people.items() if count}
    by_rest = sorted(shares, key=lambda town: (-(pieces * people[town] % total), -people[town], town))
    for town in by_rest[: pieces - sum(shares.values())]:
        shares[town] += 1
    return shares
