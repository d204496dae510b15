"""How often a duty falls due, as slots: each with its first day, its last day and its number among those of its period.

A slot belongs to exactly one period and has exactly one first day, so that any two neighbouring windows of days together
have the slots of the whole: none is lost or counted twice at the turn of a month or a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from linli.base.days import WorkCalendar, month_range, quarter_range, year_range

_ONE = timedelta(days=1)
PeriodKind = Literal["month", "quarter", "year"]
_PERIOD_ZH: dict[PeriodKind, str] = {"month": "每月", "quarter": "每季度", "year": "每年"}


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One time that a duty falls due: it can be done from ``first`` on and should be done by ``last``.

    Provisional (暂定) where it rests on days past the known official calendar.
    """

    first: date
    last: date
    number: int = 1
    provisional: bool = False


@dataclass(frozen=True)
class Per:
    """``times`` in each month, quarter or year, on days of one's own choice.

    A subject that begins inside a period owes the share of it that is left, rounded up (house rule): of two visits a
    month, one when it begins on the 20th.
    """

    period: PeriodKind
    times: int = 1

    def __post_init__(self) -> None:
        if self.period not in get_args(PeriodKind) or not 1 <= self.times <= 366:
            raise ValueError("a rhythm has 1 to 366 times per month, quarter or year")

    @property
    def zh(self) -> str:
        """The rhythm in words: 每月2次."""
        return f"{_PERIOD_ZH[self.period]}{self.times}次"


@dataclass(frozen=True)
class OnDays:
    """On given days: ``"15"`` of each month, ``"12-25"`` of each year, ``"last"`` of each month.

    A day that a month does not have is its last day (民法典 §202). ``roll`` moves a day off to the next working day (§203).
    """

    days: tuple[str, ...]
    roll: bool = True

    def __post_init__(self) -> None:
        for day in self.days:
            month, _, number = day.rpartition("-")
            fits = day == "last" or (number.isdecimal() and 1 <= int(number) <= 31 and (not month or 1 <= int(month) <= 12))
            if not fits:
                raise ValueError(f"{day}: a day is 15, 12-25 or last")

    @property
    def zh(self) -> str:
        """The rhythm in words: 每月15日."""
        return "、".join(_day_zh(day) for day in self.days)


@dataclass(frozen=True)
class EveryWorkingDays:
    """Every so many working days, counted from the day on which the subject begins."""

    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("a rhythm of working days has at least one")

    @property
    def zh(self) -> str:
        """The rhythm in words: 每10个工作日."""
        return f"每{self.days}个工作日"


@dataclass(frozen=True)
class Rota:
    """On duty each day, at least so many people at a time. ``working`` leaves out days on which offices are closed."""

    least: int = 1
    working: bool = False

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ValueError("at least one is on duty")

    @property
    def zh(self) -> str:
        """The rhythm in words: 每天值班，至少2人."""
        return f"每{'个工作日' if self.working else '天'}值班，至少{self.least}人"


Rhythm = Per | OnDays | EveryWorkingDays | Rota


def _day_zh(day: str) -> str:
    if day == "last":
        return "每月最后一天"
    month, _, number = day.rpartition("-")
    return f"每年{int(month)}月{int(number)}日" if month else f"每月{int(number)}日"


def slots(
    rhythm: Rhythm, since: date, first: date, last: date, calendar: WorkCalendar, until: date | None = None
) -> list[Slot]:
    """The slots of a subject that began on ``since`` (and ended before ``until``) whose first day lies in first … last.

    A slot that would end only after the subject did is not owed.
    """
    if isinstance(rhythm, Per):
        found = _per(rhythm, since, first, last)
    elif isinstance(rhythm, OnDays):
        found = _on_days(rhythm, first, last, calendar)
    elif isinstance(rhythm, EveryWorkingDays):
        found = _every(rhythm, since, last, calendar)
    else:
        found = _rota(rhythm, first, last, calendar)
    return sorted(
        slot for slot in found
        if max(first, since) <= slot.first <= last and slot.last >= since and (until is None or slot.last < until)
    )  # fmt: skip


def _per(rhythm: Per, since: date, first: date, last: date) -> Iterator[Slot]:
    start, after = _period(rhythm.period, first)
    while start <= last:
        begin = max(start, since)
        if begin < after:
            left, whole = (after - begin).days, (after - start).days
            for number in range(1, -(-rhythm.times * left // whole) + 1):
                yield Slot(begin, after - _ONE, number)
        start, after = _period(rhythm.period, after)


def _period(kind: PeriodKind, day: date) -> tuple[date, date]:
    if kind == "month":
        return month_range(day.year, day.month)
    if kind == "quarter":
        return quarter_range(day.year, (day.month + 2) // 3)
    return year_range(day.year)


def _on_days(rhythm: OnDays, first: date, last: date, calendar: WorkCalendar) -> Iterator[Slot]:
    start, _ = month_range(first.year, first.month)
    while start <= last:
        _, after = month_range(start.year, start.month)
        seen: set[date] = set()
        for said in rhythm.days:
            month, _, number = said.rpartition("-")
            if not month or int(month) == start.month:
                day = after - _ONE if said == "last" else min(start + timedelta(days=int(number) - 1), after - _ONE)
                if day not in seen:
                    seen.add(day)
                    due = calendar.next_working_day(day) if rhythm.roll else None
                    yield Slot(day, due.day if due else day, 1, bool(due and due.provisional))
        start = after


def _every(rhythm: EveryWorkingDays, since: date, last: date, calendar: WorkCalendar) -> Iterator[Slot]:
    begin = since
    while begin <= last:
        due = calendar.add_working_days(begin, rhythm.days)
        yield Slot(begin, due.day, 1, due.provisional)
        begin = due.day + _ONE


def _rota(rhythm: Rota, first: date, last: date, calendar: WorkCalendar) -> Iterator[Slot]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if not rhythm.working or calendar.is_working(day):
            yield Slot(day, day, 1, rhythm.working and not calendar.knows(day))
