"""The clocks of an order: hours of the wall clock in the fast lanes, else working days or days; terms are dated values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path

from linli.base.dated import NoValue, Parameters, Value, load
from linli.base.days import SHANGHAI, Term, WorkCalendar
from linli.kernel.orders.rules.words import ClockKind, Lane, Pace

END_OF_DAY = time(23, 59, 59)
FILES = Path(__file__).parents[1] / "parameters"


@cache
def values() -> Parameters:
    """Terms and limits of orders by day and place."""
    return load([FILES / "terms.toml"])


def limit(key: str, on: date, area: str, terms: str = "") -> int:
    """A plain number: how many bounces, attempts, days; of a group of categories where it has its own."""
    return _first(key, terms, on, area).count


def _first(key: str, terms: str, on: date, area: str) -> Value:
    """The group's own value, else the one that holds for all."""
    if terms:
        try:
            return values().on(f"orders.{key}.{terms}", on, area)
        except NoValue:
            pass
    return values().on(f"orders.{key}", on, area)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long one clock runs; ``source`` is where it is written."""

    number: int
    pace: Pace
    source: str

    @property
    def zh(self) -> str:
        return f"{self.number}{self.pace.zh}"

    def due(self, at: datetime, calendar: WorkCalendar) -> datetime:
        """The last moment. Hours begin at the act (民法典 §201); days begin on the day after and end with their day."""
        return later(at, self.number, self.pace, calendar)


def later(at: datetime, number: int, pace: Pace, calendar: WorkCalendar) -> datetime:
    """So much after a moment. A last day that is a day off moves to the next working day (民法典 §203)."""
    if pace is Pace.HOURS:
        return at + timedelta(hours=number)
    return _end_after(at.astimezone(SHANGHAI).date(), number, pace, calendar)


@lru_cache(maxsize=4096)
def _end_after(day: date, number: int, pace: Pace, calendar: WorkCalendar) -> datetime:
    """The end of the last day. All orders of a day ask the same few questions."""
    if pace is Pace.WORKING:
        return end_of(calendar.add_working_days(day, number).day)
    return end_of(Term("calendar", number).due(day, calendar, roll=True).day)


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, END_OF_DAY, SHANGHAI)


@lru_cache(maxsize=16384)
def limit_of(clock: ClockKind, lane: Lane, terms: str, on: date, area: str) -> Limit:
    """The term of a clock for a lane and a group of categories; the lane's own where the group has none.

    Kept for each place of a district, with all clocks, lanes and groups."""
    value = _first(f"{clock}.{lane}", terms, on, area)
    if value.unit == "count":
        return Limit(value.count, Pace.HOURS, value.source)
    return Limit(value.term.n, Pace(value.unit), value.source)


def longest_extension(term: Limit, terms: str, on: date, area: str) -> int:
    """How much longer a term may become: as long as it is, unless the group has a limit of its own."""
    try:
        return values().on(f"orders.extend.{terms}", on, area).count if terms else term.number
    except NoValue:
        return term.number


def objection_until(terms: str, dispatched: datetime, area: str, calendar: WorkCalendar) -> tuple[datetime, str] | None:
    """Until when a desk may say that an order of this group was wrongly handed to it, and where that stands; None: always."""
    day = dispatched.astimezone(SHANGHAI).date()
    try:
        value = values().on(f"orders.object.{terms}", day, area)
    except NoValue:
        return None
    return end_of(value.term.due(day, calendar, roll=True).day), value.source


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


def moved(due: datetime, since: datetime, until: datetime, pace: Pace, calendar: WorkCalendar) -> datetime:
    """A deadline after a standstill from ``since`` until ``until``: as much later as the clock stood still.

    In hours to the second; in days by those that lie after the first day up to and including the last. What had run out
    before the standstill stays run out.
    """
    if due <= since or until <= since:
        return due
    if pace is Pace.HOURS:
        return due + (until - since)
    first, last = since.astimezone(SHANGHAI).date(), until.astimezone(SHANGHAI).date()
    days = (last - first).days if pace is Pace.DAYS else calendar.working_days_between(first, last)
    return later(due, days, pace, calendar) if days else due


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
