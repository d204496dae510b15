"""When a window takes appointments: its hours, the official calendar, the roster, and what is booked already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from linli.base.days import WorkCalendar
from linli.base.named import Named

ANY_WINDOW = "all"
OWES_MOVE, OWES_END, OWES_CLOSURE = "待告知改期", "待告知取消", "待告知停办"
"""What an appointment has been ``told`` while the hall owes a message: it put it off, gave it up, or closed the window."""
TOLD_END, TOLD_CLOSURE = "已告知取消", "已告知停办"


class OpenDays(Named):
    """On which days a window is open. On 调休 days that the notice makes working days, what is open on working days is open."""

    WORKING = "working", "每个工作日"
    ODD = "odd", "周一、三、五"
    EVEN = "even", "周二、四"
    WITH_SATURDAY = "saturday", "每个工作日和周六"
    CLOSED = "closed", "停办"

    def opens(self, day: date, calendar: WorkCalendar) -> bool:
        """Whether it is open on a day."""
        if self is OpenDays.CLOSED:
            return False
        if self is OpenDays.WITH_SATURDAY and day.weekday() == 5 and day not in calendar.off:
            return True
        wanted = {OpenDays.ODD: (0, 2, 4), OpenDays.EVEN: (1, 3)}.get(self, tuple(range(7)))
        return calendar.is_working(day) and day.weekday() in wanted


@dataclass(frozen=True, slots=True)
class Hours:
    """When a window is open, in minutes since midnight: slots of ``length`` from ``opens`` to ``closes``, none in the noon."""

    opens: int
    closes: int
    noon: tuple[int, int]
    length: int
    places: int
    days: OpenDays = OpenDays.WORKING

    def starts(self) -> tuple[int, ...]:
        """The beginnings of its slots; each ends before noon or before it closes."""
        found = range(self.opens, self.closes - self.length + 1, self.length)
        return tuple(start for start in found if start + self.length <= self.noon[0] or start >= self.noon[1])


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of appointments: minutes since midnight, how many may come, how many are booked."""

    start: int
    places: int
    booked: int = 0

    @property
    def free(self) -> int:
        """How many can still come."""
        return max(0, self.places - self.booked)

    @property
    def zh(self) -> str:
        """The time as people say it: 09:30."""
        return clock(self.start)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a hall entered of a window, or of all of its windows, from a day on until another."""

    window: str
    since: date
    until: date | None
    days: OpenDays
    opens: int
    closes: int
    places: int


def clock(minutes: int) -> str:
    """Minutes since midnight as 09:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(text: str) -> int:
    """09:30 as minutes since midnight."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def hours_on(openings: Iterable[Opening], window: str, day: date, usual: Hours) -> Hours:
    """What holds for a window on a day: its own line, else that of the whole hall, else the district's usual hours."""
    held = [one for one in openings if one.since <= day and (one.until is None or day < one.until)]
    for key in (window, ANY_WINDOW):
        lines = sorted((one for one in held if one.window == key), key=lambda one: one.since)
        if lines:
            line = lines[-1]
            return Hours(line.opens, line.closes, usual.noon, usual.length, line.places, line.days)
    return usual


def slots(
    hours: Hours, day: date, calendar: WorkCalendar, booked: Mapping[int, int], *, on_duty: int = 0, each: int = 0
) -> tuple[Slot, ...]:
    """The slots of a window on a day. ``on_duty`` people of the roster can see ``each`` so many in a slot; 0: no roster yet.

    A day whose official calendar is not known yet has none: whether the hall is open on it nobody can say.
    """
    if not calendar.knows(day) or not hours.days.opens(day, calendar):
        return ()
    places = min(hours.places, on_duty * each) if on_duty and each else hours.places
    return tuple(Slot(start, places, booked.get(start, 0)) for start in hours.starts())
