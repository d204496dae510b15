"""The pairs of the present scope, in a constant number of queries however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse

from linli.domains.pairing.books import HELPS, PAIRS, VISITS
from linli.domains.pairing.rules import POOR, VISIT
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.duties.queries import occurrences
from linli.kernel.duties.rules import DoneState, Subject, TaskState, state_on
from linli.kernel.ledgers.rules import Origin
from linli.kernel.records.queries import book_rows, entries, entry_in_area, standing, subject_name
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_names, households_of, people, people_with_status, with_statuses

YEAR = 366
HELP = "pairing.help:"
"""How the books name help, before the id of its row."""


def source_of(pair_id: int | str) -> str:
    """What names the pair in the rows of the other books."""
    return f"pairing.pair:{pair_id}"


@dataclass(frozen=True)
class PairLine:
    """One pair with what was done for it: ``due`` is the deadline of the oldest visit that is owed, ``state`` how it stands."""

    id: int
    family: str
    helper: str
    cadre: str
    cause: str
    area: str
    since: date
    visits: int
    last_visit: date | None
    due: date | None
    state: DoneState | None
    given: int

    def __str__(self) -> str:
        return self.family


def pair_lines(on: date, *, words: str = "", area: str = "", helper: str = "", state: str = "") -> list[PairLine]:
    """The pairs that run on the day, those with the oldest owed visit first. Four queries."""
    found: Any = entries(PAIRS, on=on, words=words, area=area)
    rows = list(found.filter(f_helper=helper) if helper else found)
    visited = {row["source"]: row for row in _by_source(VISITS, last=Max("day"), count=Count("pk"))}
    given = {row["source"]: row["sum"] for row in _by_source(HELPS, sum=Sum("f_amount"))}
    owed = _owed(on)
    lines = []
    for row in rows:
        source = source_of(row.pk)
        lines.append(_line(row, visited.get(source, {}), given.get(source, 0), owed.get(str(row.pk)), on))
    if state:
        lines = [line for line in lines if line.state is not None and line.state.value == state]
    return sorted(lines, key=lambda line: (line.due is None, line.due or date.max, line.family))


def _by_source(book: Any, **measures: Any) -> Any:
    return standing(book).order_by().values("source").annotate(**measures)


def _owed(on: date) -> dict[str, Any]:
    """The oldest owed visit of each pair."""
    oldest: dict[str, Any] = {}
    for row in occurrences([VISIT], on=on).filter(state=TaskState.OWED, first__lte=on):
        oldest.setdefault(row.subject, row)
    return oldest


def _line(row: Any, visited: dict[str, Any], given: int, owed: Any, on: date) -> PairLine:
    state = state_on(TaskState(owed.state), owed.first, owed.late_after, owed.done_on, on) if owed else None
    return PairLine(
        id=row.pk, family=subject_name(row), helper=str(row.values.get("helper", "")), cadre=str(row.values.get("cadre", "")),
        cause=str(row.values.get("cause", "")), area=row.area, since=row.day, visits=visited.get("count", 0),
        last_visit=visited.get("last"), due=owed.late_after if owed else None, state=state, given=given or 0,
    )  # fmt: skip


def owing(on: date) -> Iterable[Subject]:
    """Who is to be visited: every pair of the present scope, also those that ended within a year or were struck out.

    A pair that was struck out ended on the day on which it began, so that it owes nothing.
    """
    rows = list(book_rows(PAIRS).filter(Q(until=None) | Q(until__gt=on - timedelta(days=YEAR))))
    names = area_names(frozenset(str(row.values.get("helper", "")) for row in rows), on)
    for row in rows:
        helper = names.get(str(row.values.get("helper", "")), "")
        until = row.day if row.state == EntryState.STRUCK else row.until
        href = reverse("pairing:pair", args=[row.pk])
        yield Subject(str(row.pk), f"{subject_name(row)}（{helper}）", row.area, row.day, until, href)


def pair_here(*, by: Actor, entry_id: int) -> Any:
    """The pair's row. :raises Forbidden: there is none for this actor."""
    row, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != PAIRS.key:
        raise Forbidden("没有这条记录，或它不在本辖区内。")
    return row


def visits_of(pair_id: int) -> list[Any]:
    """The visits of a pair, newest first."""
    return list(standing(VISITS).filter(source=source_of(pair_id)).select_related("created_by").order_by("-day", "-id"))


def helps_of(pair_id: int) -> list[Any]:
    """What was given in a pair, newest first."""
    return list(standing(HELPS).filter(source=source_of(pair_id)).order_by("-day", "-id"))


def unpaired(on: date, *, area: str = "") -> Any:
    """One person of each family in difficulty that no office is paired with, by area and name: nobody is forgotten.

    In difficulty: a member is recognised as one of :data:`linli.domains.pairing.rules.POOR` on the day.
    """
    wanted: set[int] = set()
    for kind in POOR:
        wanted |= set(people_with_status(kind, on).order_by().values_list("pk", flat=True))
    paired = set(entries(PAIRS, on=on).order_by().values_list("household_id", flat=True))
    first: dict[int, int] = {}
    for person_id, household_id in sorted(households_of(wanted, on).items()):
        if household_id not in paired and person_id in wanted:
            first.setdefault(household_id, person_id)
    found = people().filter(pk__in=list(first.values()), died_on=None)
    if area:
        found = found.filter(area=area)
    return with_statuses(found.order_by("area", "sort_key", "id"), on)


def help_here(*, by: Actor, entry_id: int) -> Any:
    """A row of help. :raises Forbidden: there is none for this actor."""
    row, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != HELPS.key:
        raise Forbidden("没有这条记录，或它不在本辖区内。")
    return row


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of the pairing: the pair that a help was given to."""
    if not by.may("pairing.see"):
        return {}
    helped = {one: int(one.removeprefix(HELP)) for one in sources if one.startswith(HELP)}
    rows = standing(HELPS).in_bulk(helped.values())
    pairs = {pk: int(row.source.removeprefix(source_of("")) or 0) for pk, row in rows.items()}
    return {
        source: Origin(f"结对帮扶 {subject_name(rows[pk])}", reverse("pairing:pair", args=[pairs[pk]]))
        for source, pk in helped.items() if pairs.get(pk)
    }  # fmt: skip
