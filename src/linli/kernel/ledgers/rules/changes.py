"""Changes of a fund, and what stands in the way of closing a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from linli.base.days import month_range
from linli.base.named import Named


class ChangeKind(Named):
    """What is changed about a fund."""

    RENAME = "rename", "更名"
    PURPOSE = "purpose", "增加用途"
    LIMIT = "limit", "调整限额"
    CLOSE = "close", "关闭"


class ChangeState(Named):
    """Where a change stands."""

    ASKED = "asked", "待复核"
    DONE = "done", "已生效"
    REFUSED = "refused", "未同意"


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
