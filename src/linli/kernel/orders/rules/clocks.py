"""The clocks of an order: hours of the wall clock in the fast lanes, working days in the ordinary one; terms are dated values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path

from linli.base.dated import NoValue, Parameters, Value, load
from linli.base.days import SHANGHAI, WorkCalendar
from linli.kernel.orders.rules.words import ClockKind, Lane

END_OF_DAY = time(23, 59, 59)
FILES = Path(__file__).parents[1] / "parameters"


@cache
def values() -> Parameters:
    """Terms and limits of orders by day and place."""
    return load([FILES / "terms.toml"])


def limit(key: str, on: date, area: str) -> int:
    """A plain number: how many bounces, attempts, days."""
    return values().on(f"orders.{key}", on, area).count


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one clock runs: so many hours, or so many working days; ``source`` is where it is written."""

    number: int
    working: bool
    source: str

    @property
    def zh(self) -> str:
        return f"{self.number}个工作日" if self.working else f"{self.number}小时"

    def due(self, at: datetime, calendar: WorkCalendar) -> datetime:
        """The last moment. Hours begin at the act (民法典 §201); working days begin on the day after and end with their day."""
        if not self.working:
            return at + timedelta(hours=self.number)
        return end_of(calendar.add_working_days(at.astimezone(SHANGHAI).date(), self.number).day)


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, END_OF_DAY, SHANGHAI)


@lru_cache(maxsize=512)
def limit_of(clock: ClockKind, lane: Lane, terms: str, on: date, area: str) -> Limit:
    """The term of a clock for a lane and a group of categories; the lane's own where the group has none."""
    keys = (f"orders.{clock}.{lane}.{terms}", f"orders.{clock}.{lane}") if terms else (f"orders.{clock}.{lane}",)
    for key in keys[:-1]:
        try:
            return _read(values().on(key, on, area))
        except NoValue:
            continue
    return _read(values().on(keys[-1], on, area))


def _read(value: Value) -> Limit:
    if value.unit == "working":
        return Limit(value.term.n, True, value.source)
    return Limit(value.count, False, value.source)


@dataclass(frozen=True, slots=True)
class Dues:
    """When each clock of an order runs out."""

    dispatch: datetime
    sign: datetime
    contact: datetime
    handle: datetime


def dues_of(lane: Lane, terms: str, at: datetime, area: str, calendar: WorkCalendar) -> Dues:
    """All clocks of an order that came at this moment. Signing, contact and handling run from the moment it is sent."""
    on = at.astimezone(SHANGHAI).date()
    words = [limit_of(clock, lane, terms, on, area).due(at, calendar) for clock in ClockKind]
    return Dues(*words)


def moved(due: datetime, since: datetime, until: datetime, working: bool, calendar: WorkCalendar) -> datetime:
    """A deadline after a standstill from ``since`` until ``until``: as much later as the clock stood still.

    In hours to the second; in working days by those that lie after the first day up to and including the last. What had run
    out before the standstill stays run out.
    """
    if due <= since or until <= since:
        return due
    if not working:
        return due + (until - since)
    days = calendar.working_days_between(since.astimezone(SHANGHAI).date(), until.astimezone(SHANGHAI).date())
    return end_of(calendar.add_working_days(due.astimezone(SHANGHAI).date(), days).day) if days else due


def extended(due: datetime, number: int, working: bool, calendar: WorkCalendar) -> datetime:
    """A deadline that was extended by so many working days, or hours in the fast lanes."""
    if not working:
        return due + timedelta(hours=number)
    return end_of(calendar.add_working_days(due.astimezone(SHANGHAI).date(), number).day)


def late(due: datetime | None, met: datetime | None, at: datetime, stopped: datetime | None = None) -> bool:
    """Whether a clock ran out: what was done after its end stays late, and while a clock stands still it does not run."""
    if due is None:
        return False
    return (met or min(at, stopped or at)) > due


def left(due: datetime, at: datetime) -> str:
    """How much time is left or over, in words for people: 还剩3小时, 超期2天."""
    gap = due - at
    over, seconds = gap < timedelta(0), abs(int(gap.total_seconds()))
    if seconds >= 48 * 3600:
        told = f"{seconds // 86400}天"
    elif seconds >= 3600:
        told = f"{seconds // 3600}小时"
    else:
        told = f"{max(1, seconds // 60)}分钟"
    return f"{'超期' if over else '还剩'}{told}"
