"""Writing down what falls due: each occurrence once, with the declaration of its first day; the past is never touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from linli.base.areas import is_unit_area
from linli.base.days import month_range, official_calendar
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor
from linli.kernel.duties.models import Occurrence
from linli.kernel.duties.queries import duties, subjects_of
from linli.kernel.duties.rules import Duty, Everywhere, Slot, Subject, TaskState, slots

BACK = 400
"""How many days back an occurrence that is missing is still written (house rule): a year and a month."""
CHUNK = 2000
Key = tuple[str, date, int]


@dataclass(frozen=True)
class Planned:
    """How many occurrences were written, and how many are not owed any more."""

    made: int
    dropped: int


def horizon(on: date) -> date:
    """The day up to which occurrences stand written: the end of the next month."""
    _, after = month_range(on.year, on.month)
    return month_range(after.year, after.month)[1] - timedelta(days=1)


@action("duties.plan")
def plan(*, by: Actor, on: date, duty: str = "") -> Planned:
    """Write down what falls due until the end of next month, in the actor's area; of one duty, or of all.

    It may run at any time and as often as one likes. What is not owed any more because its subject ended, or because a
    later declaration took over before it began, is dropped; what was done, and what a former declaration asked in days
    that are over, stays as it is.
    """
    made = dropped = 0
    for key in [duty] if duty else list(duties()):
        here = _plan(key, on)
        made, dropped = made + here.made, dropped + here.dropped
    about("duties.plan", duty or "all", area=by.area, made=made, dropped=dropped)
    return Planned(made, dropped)


def _plan(key: str, on: date) -> Planned:
    first, last = on - timedelta(days=BACK), horizon(on)
    wanted, ended = _wanted(key, on, first, last)
    there = Occurrence.objects.filter(duty=key, first__gte=first).exclude(state=TaskState.DROPPED)
    known: dict[Key, Occurrence] = {(row.subject, row.first, row.number): row for row in there}
    every = all(isinstance(line.who, Everywhere) for line in duties()[key])
    over = (row for at, row in known.items() if _is_over(row, wanted.get(at), ended, on) or (every and _is_seat(row)))
    dropped = _drop(list(over))
    gone = {(row.subject, row.first, row.number) for row in dropped}
    new = [row for at, row in wanted.items() if at not in known or at in gone]
    for start in range(0, len(new), CHUNK):
        Occurrence.objects.bulk_create(new[start : start + CHUNK], ignore_conflicts=True)
    _follow([known[at] for at in wanted.keys() & known.keys() if at not in gone], wanted)
    return Planned(len(new), len(dropped))


def _wanted(key: str, on: date, first: date, last: date) -> tuple[dict[Key, Occurrence], dict[str, date]]:
    """Every occurrence that is owed between two days, and the days on which subjects ended."""
    wanted: dict[Key, Occurrence] = {}
    ended: dict[str, date] = {}
    for line, begin, end in _lines(duties()[key], first, last):
        for subject in subjects_of(line, on):
            if subject.until is not None:
                ended[subject.key] = subject.until
            for slot in slots(line.rhythm, max(subject.since, line.since), begin, end, official_calendar(), subject.until):
                wanted[subject.key, slot.first, slot.number] = _row(line, subject, slot)
    return wanted, ended


def _lines(lines: tuple[Duty, ...], first: date, last: date) -> Iterator[tuple[Duty, date, date]]:
    """Each declaration with the days in which it holds."""
    follow: Iterable[tuple[Duty, Duty | None]] = [*pairwise(lines), (lines[-1], None)]
    for line, after in follow:
        end = last if after is None else min(last, after.since - timedelta(days=1))
        if (begin := max(first, line.since)) <= end:
            yield line, begin, end


def _row(line: Duty, subject: Subject, slot: Slot) -> Occurrence:
    return Occurrence(
        duty=line.key, line=line.since, subject=subject.key[:60], subject_zh=subject.zh[:120], href=subject.href[:200],
        first=slot.first, last=slot.last, late_after=line.late_after(slot.last, official_calendar()), number=slot.number,
        provisional=slot.provisional, area=subject.area,
    )  # fmt: skip


def _is_over(row: Occurrence, wanted: Occurrence | None, ended: dict[str, date], on: date) -> bool:
    """Whether an owed row is not owed any more: its subject ended before, or it had not begun and is declared anew."""
    if row.state != TaskState.OWED:
        return False
    until = ended.get(row.subject)
    if until is not None and row.last >= until:
        return True
    if row.first <= on:
        return False
    return wanted is None or (wanted.last, wanted.late_after) != (row.last, row.late_after)


def _is_seat(row: Occurrence) -> bool:
    """Whether it is owed by a seat of an office: written before these were left out of "every" area."""
    return row.state == TaskState.OWED and is_unit_area(row.subject)


def _drop(rows: list[Occurrence]) -> list[Occurrence]:
    Occurrence.objects.filter(pk__in=[row.pk for row in rows], state=TaskState.OWED).update(state=TaskState.DROPPED)
    return rows


def _follow(rows: list[Occurrence], wanted: dict[Key, Occurrence]) -> None:
    """Open rows take the present name, page and area of their subject."""
    changed = []
    for row in rows:
        now = wanted[row.subject, row.first, row.number]
        if row.state == TaskState.OWED and (row.area, row.subject_zh, row.href) != (now.area, now.subject_zh, now.href):
            row.area, row.subject_zh, row.href = now.area, now.subject_zh, now.href
            changed.append(row)
    Occurrence.objects.bulk_update(changed, ["area", "subject_zh", "href"], batch_size=CHUNK)
