"""The network: which organisations there are on a day, where one is missing, who serves in them, by which papers they work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse

from linli.base.areas import Level, Scope, is_unit_area
from linli.domains.federation.books import BODIES, PAPERS, STAFF
from linli.domains.federation.queries.money import money_of
from linli.domains.federation.rules import OFFICES, TERM_AHEAD, BodyLevel, Money
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.records.queries import book_rows, entry_in_area, standing
from linli.kernel.records.rules import EntryState
from linli.kernel.registry.queries import area_choices, codes_today
from linli.kernel.ui.rules import DaysLeft, Task


@dataclass
class BodyLine:
    """One organisation with its people, papers and money of the year. ``term``: the first term that ends."""

    id: int
    organisation: int
    name: str
    level: BodyLevel
    area: str
    book: str
    person: str
    since: date
    staff: int = 0
    full: int = 0
    term: date | None = None
    papers: int = 0
    money: Money = field(default_factory=Money)

    @property
    def town(self) -> str:
        """The town in which its office lies."""
        return self.area[: Level.TOWN.digits].ljust(12, "0")


@dataclass(frozen=True)
class TownLine:
    """A town with its branches: one as a rule, none where it is missing, two after towns have merged.

    ``rest``: the money in books of the town that are no branch's: none was founded yet, or it was closed.
    """

    code: str
    name: str
    bodies: tuple[BodyLine, ...]
    rest: Money


def bodies_on(day: date) -> QuerySet[Any]:
    """The rows of the organisations that stand on a day."""
    return standing(BODIES, day).select_related("organisation")


def serving_on(day: date) -> QuerySet[Any]:
    """Everybody who serves in an organisation on a day."""
    return standing(STAFF, day).select_related("organisation")


def bodies(on: date, money: dict[str, Money]) -> list[BodyLine]:
    """Every organisation of the present scope on a day, with its people, papers and money. Three queries for all."""
    lines = {row.organisation_id: _line(row) for row in bodies_on(on)}
    _count_people(lines, on)
    for row in standing(PAPERS).filter(day__lte=on):
        if (line := lines.get(row.organisation_id or 0)) is not None:
            line.papers += 1
    for line in lines.values():
        line.money = money.get(line.book, Money())
    return sorted(lines.values(), key=lambda line: (list(BodyLevel).index(line.level), line.area, line.since))


def _line(row: Any) -> BodyLine:
    words = row.values
    return BodyLine(
        row.pk, row.organisation_id, row.organisation.name, BodyLevel(words["level"]), row.area, words["book"],
        words.get("person", ""), row.day,
    )  # fmt: skip


def _count_people(lines: dict[int, BodyLine], on: date) -> None:
    for row in serving_on(on).order_by("id"):
        line = lines.get(row.organisation_id)
        if line is None:
            continue
        line.staff += 1
        line.full += row.values["engagement"] == "full"
        if said := row.values.get("term_until"):
            line.term = min(filter(None, (line.term, date.fromisoformat(said))))


def network(on: date, scope: Scope, day: date) -> tuple[list[BodyLine], list[TownLine], list[BodyLine]]:
    """The whole network of a scope: the district's organisations, each town with its branches or none, and the stations.

    As they stood on ``day``, in the towns of today (``on``), with the money of the year until that day.
    """
    money = money_of(day.replace(month=1, day=1), day)
    found = bodies(day, money)
    rest = _rest(money.keys() - {line.book for line in found}, money, on)
    by_town: dict[str, list[BodyLine]] = defaultdict(list)
    for line in found:
        if line.level is BodyLevel.TOWN:
            by_town[line.town].append(line)
    towns = [
        TownLine(code, name, tuple(by_town.get(code, ())), rest.get(code, Money()))
        for code, name in area_choices(scope, Level.TOWN, on) if not is_unit_area(code)
    ]  # fmt: skip
    return (
        [line for line in found if line.level is BodyLevel.DISTRICT], towns,
        [line for line in found if line.level is BodyLevel.STATION],
    )  # fmt: skip


def _rest(books: set[str], money: dict[str, Money], on: date) -> dict[str, Money]:
    """The money of books that are no organisation's, by the town as which each goes on today."""
    found: dict[str, Money] = defaultdict(Money)
    for book, town in codes_today(books, on).items():
        found[town] += money[book]
    return found


def body_here(*, by: Actor, entry_id: int) -> Any:
    """The row of an organisation. :raises Forbidden: there is none for this actor."""
    row, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != BODIES.key:
        raise Forbidden("没有这个慈善组织，或它不在本辖区内。")
    return row


def body_of(organisation_id: int) -> Any | None:
    """The row of the organisation that is this unit of the registry, the newest first; None where it is none."""
    rows = book_rows(BODIES).filter(organisation=organisation_id).exclude(state=EntryState.STRUCK)
    return rows.order_by("-day", "-id").first()


def body_of_books(book: str, on: date) -> Any | None:
    """The organisation whose books these are on a day."""
    return bodies_on(on).filter(f_book=book).first()


def people_of(organisation_id: int) -> list[Any]:
    """Everybody who serves or served in an organisation, in the order of the offices, the present ones first."""
    rows = standing(STAFF).filter(organisation=organisation_id)
    return sorted(rows, key=lambda row: (row.until is not None, list(OFFICES).index(row.values["office"]), row.day, row.pk))


def papers_of(organisation_id: int) -> list[Any]:
    """The papers of an organisation, the newest edition of each kind first."""
    rows: Any = standing(PAPERS).filter(organisation=organisation_id)
    return list(rows.order_by("f_kind", "-day", "-f_edition", "-id"))


def stations_of(body: Any, on: date) -> list[Any]:
    """The stations in the town of a branch."""
    town = body.area[: Level.TOWN.digits]
    return [row for row in bodies_on(on).filter(f_level=BodyLevel.STATION.value) if row.area.startswith(town)]


def terms_ending(on: date, ahead: int = TERM_AHEAD) -> list[Any]:
    """Terms of office that are over or will be within so many days, of those who still serve, the oldest first."""
    rows = serving_on(on).filter(f_term_until__lte=(on + timedelta(days=ahead)).isoformat())
    return list(rows.exclude(f_term_until="").order_by("f_term_until", "id"))


def waiting(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """New elections that are due: one task for each organisation, by the first of its terms that ends."""
    if which != "waiting" or not actor.may(STAFF.write):
        return []
    first: dict[int, Any] = {}
    for row in terms_ending(on):
        first.setdefault(row.organisation_id, row)
    rows = {row.organisation_id: row.pk for row in bodies_on(on).filter(organisation__in=list(first))}
    return [_task(row, rows[unit], on) for unit, row in first.items() if unit in rows]


def _task(row: Any, body: int, on: date) -> Task:
    due = date.fromisoformat(row.values["term_until"])
    who = f"{OFFICES[row.values['office']]}{row.values['name']}"
    return Task(
        f"{row.organisation.name}换届：{who}任期至{due}", "换届", reverse("federation:body", args=[body]), area=row.area, due=due,
        days_left=DaysLeft((due - on).days), since=row.day,
    )  # fmt: skip
