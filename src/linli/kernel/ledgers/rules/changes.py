"""Changes of a fund, and what stands in the way of closing a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from linli.base.days import month_range


class ChangeKind(StrEnum):
    """What is changed about a fund."""

    RENAME = "rename"
    PURPOSE = "purpose"
    LIMIT = "limit"
    CLOSE = "close"

    @property
    def zh(self) -> str:
        return {"rename": "更名", "purpose": "增加用途", "limit": "调整限额", "close": "关闭"}[self.value]


class ChangeState(StrEnum):
    """Where a change stands."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"

    @property
    def zh(self) -> str:
        return {"asked": "待复核", "done": "已生效", "refused": "未同意"}[self.value]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way of closing a month. ``kind`` and ``key`` say what to open (batch 7)."""

    text: str
    kind: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class CloseCheck:
    """One line of the check list of a month's end: what must hold, and what breaks it."""

    name: str
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it holds."""
        return not self.obstacles


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return month_range(month.year, month.month)[1]


def last_day(month: date) -> date:
    """The last day of the month."""
    return month_after(month) - timedelta(days=1)
