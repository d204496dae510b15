"""Which area stands for which on a day: merges, splits and turns followed forward and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.base.areas import Level, level_of


@dataclass(frozen=True, slots=True)
class Change:
    """On this day the old code became (part of) the new one."""

    old: str
    new: str
    day: date


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area to be founded: its code, name and kind."""

    code: str
    name: str
    kind: str


def on_boundaries_of(code: str, day: date, changes: Iterable[Change]) -> tuple[str, ...]:
    """The codes that stand for this one on the boundaries of a day, in order.

    One code for merges followed forward; several where a split is followed forward or a merge back. A code that
    never changed stands for itself.
    """
    forward: dict[str, list[Change]] = {}
    back: dict[str, list[Change]] = {}
    for change in changes:
        forward.setdefault(change.old, []).append(change)
        back.setdefault(change.new, []).append(change)
    found = {code}
    while step := {one for one in found for change in forward.get(one, ()) if change.day <= day}:
        found = (found - step) | {change.new for one in step for change in forward[one]}
    if found == {code}:
        while step := {one for one in found for change in back.get(one, ()) if change.day > day}:
            found = (found - step) | {change.old for one in step for change in back[one]}
    return tuple(sorted(found))


def recoded(child: str, parent: str, taken: set[str]) -> str:
    """A code for a child under a new parent: its own last digits if they are free, else the next free of its class.

    The classes are those of 统计用区划代码: 001-199 residents' committees, 200-399 villages; others 400-999.
    Raises ValueError, in Chinese, when the class is full.
    """
    if level_of(parent) is not Level.TOWN or level_of(child) is not Level.COMMUNITY:
        raise ValueError("只有村（居）代码可以随镇街改编。")
    head, number = parent[:9], int(child[9:])
    low, high = (1, 199) if number < 200 else (200, 399) if number < 400 else (400, 999)
    for tried in [number, *range(low, high + 1)]:
        code = f"{head}{tried:03d}"
        if code not in taken:
            return code
    raise ValueError("新镇街的村（居）代码已用完，请先调整。")


_BODIES = (("街道", "办事处"), ("镇", "人民政府"), ("乡", "人民政府"), ("村", "民委员会"), ("社区", "居民委员会"))


def office_of(place: str, level: Level, bureau: str = "") -> str:
    """The body that signs and seals at a place of this name: 峄城区民政局, 坛山街道办事处, 峨山镇人民政府, 和平社区居民委员会.

    ``bureau``: which body of the district; a town or a community has none.
    """
    if level <= Level.DISTRICT:
        return f"{place}{bureau}"
    known = next((body for end, body in _BODIES if place.endswith(end)), "")
    return f"{place}{known or ('居（村）民委员会' if level is Level.COMMUNITY else '')}"
