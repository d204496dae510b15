"""Those who are honoured: what they agreed to, whether they are shown, how they are kept in touch with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.base.days import age_on
from linli.domains.federation.books import CONTACTS, HONOURS
from linli.domains.federation.rules import CONTACT, Consent
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.duties.queries import occurrences
from linli.kernel.duties.rules import DoneState, Subject, TaskState, state_on
from linli.kernel.publicity.queries import cases_on_show
from linli.kernel.records.queries import book_rows, entries, entry_in_area, standing
from linli.kernel.records.rules import EntryState

NOTICE = "federation.honours"
ADULT = 18
YEAR = 366


@dataclass(frozen=True)
class HonourLine:
    """One honour as the list shows it. ``due``: the deadline of the oldest contact that is owed; ``shown``: it is public now."""

    id: int
    name: str
    title: str
    body: str
    day: date
    area: str
    unit: bool
    consent: Consent
    shown: bool
    served: bool
    contacts: int
    due: date | None
    state: DoneState | None

    def __str__(self) -> str:
        return f"{self.name}（{self.title}）"


def honour_case(entry_id: int) -> str:
    """How a line of a notice, and a contact, name an honour."""
    return f"federation.honour:{entry_id}"


def honour_here(*, by: Actor, entry_id: int) -> Any:
    """The row of an honour. :raises Forbidden: there is none for this actor."""
    row, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != HONOURS.key:
        raise Forbidden("没有这条表彰记录，或它不在本辖区内。")
    return row


def honour_name(row: Any) -> str:
    """Who is honoured: a person or unit of the registry by its present name, else as it was written."""
    if row.person:
        return str((row.person.merged_into or row.person).name)
    return str(row.organisation.name if row.organisation else row.values.get("name", ""))


def is_minor(row: Any, on: date) -> bool:
    """Whether a person under age is honoured (民法典 §17): the registry knows better than what was typed."""
    if row.person and row.person.birth:
        return age_on(row.person.birth, on) < ADULT
    return bool(row.values.get("minor"))


def on_show(rows: Iterable[Any]) -> dict[str, Any]:
    """The lines of notices that show these honours now or stand in a draft, by case."""
    return {item.case: item for item in cases_on_show([honour_case(row.pk) for row in rows], NOTICE).select_related("notice")}


def honour_lines(on: date, *, words: str = "", year: int | None = None, title: str = "", consent: str = "") -> list[HonourLine]:
    """The honours that stand, those whose contact is owed longest first. Four queries."""
    found = entries(HONOURS, on=on, words=words)
    exact = {"day__year": year, "f_title": title, "f_consent": consent}
    rows = list(found.filter(**{name: value for name, value in exact.items() if value}))
    shown, owed = on_show(rows), _owed(on)
    told = Counter(standing(CONTACTS).order_by().values_list("source", flat=True))
    lines = [_line(row, shown, owed.get(str(row.pk)), told[honour_case(row.pk)], on) for row in rows]
    return sorted(lines, key=lambda line: (line.due is None, line.due or date.max, -line.day.toordinal(), line.id))


def _owed(on: date) -> dict[str, Any]:
    oldest: dict[str, Any] = {}
    for row in occurrences([CONTACT], on=on).filter(state=TaskState.OWED, first__lte=on):
        oldest.setdefault(row.subject, row)
    return oldest


def _line(row: Any, shown: dict[str, Any], owed: Any, contacts: int, on: date) -> HonourLine:
    values = row.values
    state = state_on(TaskState(owed.state), owed.first, owed.late_after, owed.done_on, on) if owed else None
    return HonourLine(
        row.pk, honour_name(row), values.get("title", ""), values.get("body", ""), row.day, row.area, bool(values.get("unit")),
        Consent(values.get("consent", Consent.UNASKED)), honour_case(row.pk) in shown, bool(values.get("served")), contacts,
        owed.late_after if owed else None, state,
    )  # fmt: skip


def to_show(year: int, on: date) -> tuple[list[Any], list[tuple[Any, str]]]:
    """The honours of a year that may be published now, and those that may not, each with the reason."""
    rows = list(entries(HONOURS, on=on).filter(day__year=year).order_by("day", "id"))
    shown = on_show(rows)
    fit, unfit = [], []
    for row in rows:
        consent = Consent(row.values.get("consent", Consent.UNASKED))
        if honour_case(row.pk) in shown:
            unfit.append((row, "正在公布"))
        elif not consent.allows:
            unfit.append((row, consent.zh))
        else:
            fit.append(row)
    return fit, unfit


def contacts_of(honour: Any) -> list[Any]:
    """How an honoured person was kept in touch with, newest first."""
    rows = standing(CONTACTS).filter(source=honour_case(honour.pk)).select_related("created_by")
    return list(rows.order_by("-day", "-id"))


def models_served(on: date) -> Iterable[Subject]:
    """With whom contact is to be kept: the honours so marked of the present scope, and those that ended within a year.

    One that was struck out, or is not marked any more, ended on the day on which it began, so that it owes nothing.
    """
    for row in book_rows(HONOURS).filter(Q(until=None) | Q(until__gt=on - timedelta(days=YEAR))):
        dropped = row.state == EntryState.STRUCK or not row.values.get("served")
        until = row.day if dropped else row.until
        href = reverse("federation:honour", args=[row.pk])
        yield Subject(str(row.pk), f"{honour_name(row)}（{row.values.get('title', '')}）", row.area, row.day, until, href)
