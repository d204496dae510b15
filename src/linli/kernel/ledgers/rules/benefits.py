"""No double aid: what the office is told when somebody was helped already."""

from __future__ import annotations

from linli.base.areas import Level
from linli.kernel.access.rules import Refused


class AlreadyHelped(Refused):
    """One of the people has this benefit in this period already, or one that excludes it.

    ``area`` is the town where it is registered and no more: the actor may not be entitled to see further.
    """

    def __init__(self, *, group: str, period: str, area: str, person: int, where: str, what: str) -> None:
        super().__init__(f"已在{where}登记享受“{what}”（{period}），不能重复享受。")
        self.group, self.period, self.area, self.person = group, period, town_of(area), person


def town_of(area: str) -> str:
    """The code of the town that an area lies in, or of the district itself."""
    return area[: Level.TOWN.digits].ljust(12, "0")


def periods_meet(one: str, other: str) -> bool:
    """Whether a period lies in another one, or is it: 2010-11 lies in 2010."""
    return one.startswith(other) or other.startswith(one)
