"""The clock of a case, computed from its events alone, so that it can be replayed and explained at any time.

The day of an act is not counted (民法典 §201). While the clock stands still on a lawful ground, no day counts: from the
day after it stopped to the day on which it went on, that day included. A clock that stops on the last day itself has that
day again when it goes on: the first day that counts after the stop. An extension begins where the term ends.
A last day that is no working day moves to the next one (民法典 §203).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.base.days import Due, Term, WorkCalendar
from linli.kernel.cases.rules.events import Happening, Kind, entered
from linli.kernel.cases.rules.flow import Flow, Ground, Starts

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still after the day ``after``, through the day ``through`` (None: it still does).

    ``ground`` is None while the case was closed. ``resumed`` says that an event ended the stop, not its planned end.
    """

    ground: Ground | None
    after: date
    through: date | None = None
    resumed: bool = False

    def covers(self, day: date) -> bool:
        """Whether the day does not count because of this stop."""
        return self.after < day and (self.through is None or day <= self.through)

    def runs_on(self, day: date) -> bool:
        """Whether the clock stands still on the evening of this day."""
        return not self.resumed and self.after <= day and (self.through is None or day <= self.through)


@dataclass(frozen=True, slots=True)
class Count:
    """One period: its term, its first day (not counted), its last day, and the days spent and left on a given day.

    ``due`` is None while the clock stands still without a known end. Days are those of the term: working days for
    a working-day term, else calendar days; ``left`` is negative when the day has passed.
    """

    term: Term
    since: date
    due: Due | None
    spent: int
    left: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock on a given day: the period of the whole case, that of the present step, and the stop that holds."""

    case: Count | None
    step: Count | None
    stop: Stop | None

    @property
    def stopped(self) -> bool:
        """Whether the clock stands still."""
        return self.stop is not None

    @property
    def count(self) -> Count | None:
        """The period that ends first; while the clock stands still, the step's own."""
        counts = [count for count in (self.step, self.case) if count]
        known = [count for count in counts if count.due]
        return min(known, key=lambda count: count.due.day) if known else counts[0] if counts else None  # type: ignore[union-attr]

    @property
    def due(self) -> Due | None:
        """The day by which the present step must be done."""
        return self.count.due if self.count else None

    @property
    def days_left(self) -> int | None:
        """Days left until the due day."""
        return self.count.left if self.count else None

    @property
    def spent(self) -> int:
        """Days of the clock that the present period has used."""
        return self.count.spent if self.count else 0

    @property
    def explanation(self) -> tuple[str, ...]:
        """Why this day, line by line, for people."""
        return self.count.why if self.count else ()


def clock(happenings: Sequence[Happening], flow: Flow, calendar: WorkCalendar, *, on: date) -> Clock:
    """The clock of a case after these events (in their order), seen on a day; of a closed case as it stood at its end.

    Raises ValueError when there are no events.
    """
    if not happenings:
        raise ValueError("a case without events has no clock")
    stops = stops_of(happenings)
    at = entered(happenings)
    if closed := [event.day for event in happenings[at + 1 :] if event.kind is Kind.CLOSED]:
        # the last day that held when it was closed goes on to hold, so that one can see whether it was in time
        past = [stop for stop in stops if stop.ground or stop.through]
        return Clock(_count(flow.term, happenings, 0, past, calendar, min(on, closed[-1])) if flow.term else None, None, None)
    holding = next((stop for stop in reversed(stops) if stop.ground and stop.runs_on(on)), None)
    whole = _count(flow.term, happenings, 0, stops, calendar, on) if flow.term else None
    step = flow.step(happenings[at].to)
    first = 0 if step.starts is Starts.CASE else at
    count = _count(step.term, happenings, first, stops, calendar, on) if step.term else None
    return Clock(whole, count, holding)


def stops_of(happenings: Sequence[Happening]) -> tuple[Stop, ...]:
    """All the times in which the clock stood still, in order of their beginning."""
    stops: list[Stop] = []
    for event in happenings:
        if event.resumes:
            _end(stops, event.resumes, event.day)
        if event.kind is Kind.REOPENED:
            _end(stops, None, event.day)
        if event.stops:
            stops.append(Stop(event.stops, event.day, event.until))
        if event.kind is Kind.CLOSED:
            stops = [_ended(stop, event.day) for stop in stops]
            stops.append(Stop(None, event.day))
    return tuple(stops)


def _end(stops: list[Stop], ground: Ground | None, day: date) -> None:
    for i, stop in enumerate(stops):
        if stop.ground is ground:
            stops[i] = _ended(stop, day)


def _ended(stop: Stop, day: date) -> Stop:
    """The stop ended on this day, unless it had ended before."""
    if stop.resumed or (stop.through is not None and stop.through < day):
        return stop
    return Stop(stop.ground, stop.after, day, resumed=True)


def _count(
    term: Term, happenings: Sequence[Happening], first: int, stops: Sequence[Stop], calendar: WorkCalendar, on: date
) -> Count:
    since = happenings[first].day
    legs = [term, *(event.extends for event in happenings[first:] if event.extends)]

    def counts(day: date) -> bool:
        working = term.kind != "working" or calendar.is_working(day)
        return working and not any(stop.covers(day) for stop in stops)

    ended, total = _last_day(since, legs, stops, calendar)
    last = _past_a_stop(ended, legs[-1].kind == "working", stops, calendar)
    spent = _days(since, on, counts)
    if last is None:
        return Count(term, since, None, spent, total - spent, _why(term, happenings, first, stops, None, calendar))
    due = _due(since, last, term, calendar)
    left = _days(on, due.day, counts) if on <= due.day else -_days(due.day, on, counts)
    why = _why(term, happenings, first, stops, (last, due), calendar)
    if last != ended:
        why = (*why[:-1], "停止计时的当日正是截止日，恢复计时后的第一日为截止日。", why[-1])
    return Count(term, since, due, spent, left, why)


def _last_day(
    since: date, legs: Sequence[Term], stops: Sequence[Stop], calendar: WorkCalendar
) -> tuple[date | None, int]:
    """The day on which the last leg ends, and the length of all legs in days of the first one's kind."""
    day: date | None = since
    total, start = 0, since
    for leg in legs:
        nominal = leg.due(start, calendar).day
        length = leg.n if leg.kind in {"working", "calendar"} else (nominal - start).days
        total += length
        day = _walk(day, length, leg.kind == "working", stops, calendar) if day else None
        start = day or nominal
    return day, total


def _past_a_stop(day: date | None, working: bool, stops: Sequence[Stop], calendar: WorkCalendar) -> date | None:
    """A clock that stops on the last day itself leaves that day for the first one after the stop.

    Else whoever shows a notice in time, on the last day, would be late when it ends, without a day to act on.
    """

    def stops_on(last: date, stop: Stop) -> bool:
        end = last if working else calendar.next_working_day(last).day
        return last <= stop.after <= end and stop.covers(stop.after + _ONE)

    while day and (stop := next((stop for stop in stops if stops_on(day, stop)), None)):
        day = _walk(stop.through, 1, working, stops, calendar) if stop.through else None
    return day


def _walk(day: date, length: int, working: bool, stops: Sequence[Stop], calendar: WorkCalendar) -> date | None:
    """The day on which ``length`` days have counted; None when a stop without an end comes before."""
    open_since = min((stop.after for stop in stops if stop.through is None), default=date.max)
    while length:
        day += _ONE
        if day > open_since:
            return None
        if (not working or calendar.is_working(day)) and not any(stop.covers(day) for stop in stops):
            length -= 1
    return day


def _due(since: date, last: date, term: Term, calendar: WorkCalendar) -> Due:
    if term.kind != "working":
        return calendar.next_working_day(last)
    return Due(last, provisional=last != since and not (calendar.knows(since + _ONE) and calendar.knows(last)))


def _days(after: date, through: date, counts: Callable[[date], bool]) -> int:
    """How many days count after one day, up to and including another."""
    return sum(counts(after + timedelta(days=i)) for i in range(1, (through - after).days + 1))


def _why(
    term: Term, happenings: Sequence[Happening], first: int, stops: Sequence[Stop],
    found: tuple[date, Due] | None, calendar: WorkCalendar,
) -> tuple[str, ...]:  # fmt: skip
    since = happenings[first].day
    lines = [f"{_zh(since)}起算，期限{term.zh}，当日不计入（民法典第二百零一条）。"]
    for stop in stops:
        if stop.through is not None and stop.through <= since:
            continue
        ground = f"因{stop.ground.zh}停止计时" if stop.ground else "已办结，停止计时"
        end = f"，至{_zh(stop.through)}（含当日）不计入" if stop.through else "，至今未恢复，恢复后顺延"
        lines.append(f"{_zh(stop.after)}{ground}{end}。")
    lines += [f"{_zh(event.day)}批准延长{event.extends.zh}。" for event in happenings[first:] if event.extends]
    if found is None:
        return (*lines, "截止日待恢复计时后确定。")
    last, due = found
    if term.kind == "working":
        lines.append(_days_off(since, last, calendar))
    if due.day != last:
        lines.append(f"{_zh(last)}不是工作日，顺延到其后第一个工作日（民法典第二百零三条）。")
    if due.provisional:
        lines.append("放假安排尚未公布到这一天，截止日为暂定，公布后重新计算。")
    return (*lines, f"截止日：{due.zh}。")


def _days_off(since: date, last: date, calendar: WorkCalendar) -> str:
    days = [since + timedelta(days=i) for i in range(1, (last - since).days + 1)]
    off = sum(not calendar.is_working(day) for day in days)
    worked = [day for day in days if day.weekday() >= 5 and calendar.is_working(day)]
    made_up = f"，其中{'、'.join(f'{day.month}月{day.day}日' for day in worked)}调休上班，计入" if worked else ""
    return f"期间有{off}个休息日和节假日不计入{made_up}。"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
