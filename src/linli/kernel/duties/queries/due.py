"""What is owed, done and missed on a day: always computed from the days of the rows, never from a kept state of lateness."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left

from linli.base.areas import Level, scope_of
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.duties.models import Occurrence
from linli.kernel.duties.queries.declared import duties_for, line_of
from linli.kernel.duties.rules import DoneState, Duty, TaskState


def in_state(state: DoneState, on: date) -> Q:
    """The rows that stand so on a day: the same rule as :func:`linli.kernel.duties.rules.state_on`, for the database."""
    done = Q(done_on__isnull=False, done_on__lte=on)
    undone = (Q(done_on=None) | Q(done_on__gt=on)) & ~Q(state=TaskState.DROPPED)
    return {
        DoneState.DONE: done & Q(done_on__lte=F("late_after")),
        DoneState.LATE: done & Q(done_on__gt=F("late_after")),
        DoneState.DROPPED: Q(state=TaskState.DROPPED),
        DoneState.AHEAD: undone & Q(first__gt=on),
        DoneState.DUE: undone & Q(first__lte=on, late_after__gte=on),
        DoneState.MISSED: undone & Q(late_after__lt=on),
    }[state]


def occurrences(
    keys: Iterable[str], *, on: date, duty: str = "", state: str = "", area: str = "", first: date | None = None,
    last: date | None = None, words: str = "",
) -> QuerySet[Occurrence]:  # fmt: skip
    """Occurrences of these duties in the present scope, oldest deadline first. ``first`` and ``last`` bound the deadline."""
    rows = Occurrence.objects.filter(duty__in=[duty] if duty in set(keys) else list(keys)).select_related("done_by")
    if duty and duty not in set(keys):
        return rows.none()
    rows = rows.filter(in_state(DoneState(state), on)) if state else rows.exclude(state=TaskState.DROPPED)
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    if first:
        rows = rows.filter(late_after__gte=first)
    if last:
        rows = rows.filter(late_after__lte=last)
    for word in words.split():
        rows = rows.filter(subject_zh__contains=word)
    return rows.order_by("late_after", "duty", "subject_zh", "number", "id")


def occurrence_in_area(*, by: Actor, occurrence_id: int) -> tuple[Occurrence, Duty]:
    """The occurrence with the declaration from which it came. :raises Forbidden: there is none for this actor."""
    row = Occurrence.objects.filter(pk=occurrence_id).select_related("done_by").first()
    if row is None or row.duty not in duties_for(by):
        raise Forbidden("没有这项应办事项，或它不在本辖区内。")
    return row, line_of(row.duty, row.line)


def counted(key: str, kind: str, first: date, last: date, known: date | None = None) -> QuerySet[Occurrence]:
    """The rows that a figure counts: those whose deadline lies in first … last. ``kind``: due, done (in time), late, missed.

    Done and missed are judged as on the last day: what was made up later counts as missed on the day. ``known``: today, where
    the period may run on after it; a deadline of today or later is not missed yet.
    """
    rows = Occurrence.objects.filter(duty=key, late_after__gte=first, late_after__lte=last).exclude(state=TaskState.DROPPED)
    if kind == "due":
        return rows
    if kind == "done":
        return rows.filter(done_on__lte=F("late_after"))
    if kind == "late":
        return rows.filter(done_on__gt=F("late_after"), done_on__lte=last)
    rows = rows.filter(late_after__lt=known) if known else rows
    return rows.filter(Q(done_on=None) | Q(done_on__gt=F("late_after"))).exclude(done_on__lte=last, done_on__gt=F("late_after"))


@dataclass(frozen=True)
class Tally:
    """Of one duty (or area) in a period, as on a day: how many fell due, were done in time, made up, missed, wait."""

    key: str
    due: int
    done: int
    late: int
    missed: int
    waiting: int

    @property
    def share(self) -> str:
        """Done in time or made up, of all whose day has come; "—" where none has."""
        judged = self.done + self.late + self.missed
        return f"{100 * (self.done + self.late) / judged:.1f}%" if judged else "—"


def tallies(keys: Iterable[str], *, on: date, first: date, last: date, area: str = "", level: Level | None = None) -> list[Tally]:
    """One line for each duty; with ``level`` one line for each area of that level. One query."""
    rows = occurrences(keys, on=on, first=first, last=last, area=area).order_by()
    rows = rows.annotate(part=Left("area", level.digits)) if level else rows.annotate(part=F("duty"))
    wanted = {state.value: Count("pk", filter=in_state(state, on)) for state in DoneState if state is not DoneState.DROPPED}
    found: Any = rows.values("part").annotate(all=Count("pk"), **wanted).order_by("part")
    return [
        Tally(str(one["part"]).ljust(12, "0") if level else one["part"], one["all"], one["done"], one["late"], one["missed"],
              one["due"] + one["ahead"])
        for one in found
    ]  # fmt: skip


@dataclass
class DayCell:
    """One day of a calendar page: what falls due on it (by deadline) and how it stands."""

    day: date
    inside: bool
    rows: list[Occurrence] = field(default_factory=list)
    more: int = 0


def month_days(keys: Iterable[str], month: date, *, duty: str = "", most: int = 4) -> list[list[DayCell]]:
    """The weeks of a month from Monday to Sunday with what falls due. Two queries, however much it is."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    start = month - timedelta(days=month.weekday())
    cells = [DayCell(start + timedelta(days=number), False) for number in range(((last - start).days // 7 + 1) * 7)]
    by_day = {cell.day: cell for cell in cells}
    rows = occurrences(keys, on=last, duty=duty, first=month, last=last)
    counts = dict(rows.order_by().values_list("late_after").annotate(count=Count("pk")))
    for row in rows[: most * 60]:
        cell = by_day[row.late_after]
        if len(cell.rows) < most:
            cell.rows.append(row)
    for cell in cells:
        cell.inside = cell.day.month == month.month
        cell.more = counts.get(cell.day, 0) - len(cell.rows)
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


