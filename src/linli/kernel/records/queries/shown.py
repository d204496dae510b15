"""Rows of a book in words: what a row is about, its values with the names of areas, its place in a person's timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.base.fields import REFERENCES, Field, FieldKind, Value, show_value
from linli.kernel.records.models import Entry, EntryVersion
from linli.kernel.records.queries.books import books
from linli.kernel.records.rules import Book, EntryState, Subject
from linli.kernel.registry.models import Membership
from linli.kernel.registry.queries import running
from linli.kernel.registry.rules import Entry as TimelineEntry
from linli.kernel.ui.queries import area_name

HIDDEN = "（已加密）"


def subject_name(entry: Entry) -> str:
    """The name of what the row is about; a merged person is named as the survivor. "" for a row about nothing."""
    if entry.subject == Subject.PERSON and entry.person:
        return (entry.person.merged_into or entry.person).name
    if entry.subject == Subject.HOUSEHOLD and entry.household:
        head = entry.household.head.merged_into or entry.household.head
        return f"{head.name}户"
    if entry.subject == Subject.ORGANISATION and entry.organisation:
        return entry.organisation.name
    return entry.place.name if entry.subject == Subject.PLACE and entry.place else ""


def entry_title(book: Book, entry: Entry) -> str:
    """A row in a few words: what it is about and its day."""
    name = subject_name(entry) or (area_name(str(entry.values.get(book.subject))) if book.subject in entry.values else "")
    return f"{name} {entry.day:%Y-%m-%d}".strip()


def named_values(book: Book, row: Entry | EntryVersion) -> list[tuple[Field, str]]:
    """Each field of the row's own version of the definition with its value in words; sensitive ones stay hidden."""
    return [
        (field, _named(field, row.values, field.key in row.sealed))
        for field in book.fields_in(row.definition)
        if field.kind not in REFERENCES and field.kind is not FieldKind.FILE
    ]


def _named(field: Field, values: Mapping[str, Value], hidden: bool) -> str:
    if hidden:
        return HIDDEN
    value = values.get(field.key)
    return area_name(str(value)) if field.kind is FieldKind.AREA and value else show_value(field, value)


def person_timeline(people: Sequence[int], *, on: date) -> list[TimelineEntry]:
    """What the books hold of these people and of the households that they belong to on the day, for whoever reads the book."""
    homes = dict(Membership.objects.filter(running(on), person__in=people).values_list("household_id", "person_id"))
    rows = Entry.objects.filter(Q(person__in=people) | Q(household__in=list(homes)), day__lte=on, state=EntryState.STANDING)
    entries = []
    for row in rows.order_by("id"):
        if (book := books().get(row.book)) is None:
            continue
        person, href = row.person_id or homes.get(row.household_id or 0), reverse("records:entry", args=[row.pk])
        entries.append(TimelineEntry(row.day, f"记入{book.zh}", "record", person, href, book.read))
        if row.until and row.until <= on:
            entries.append(TimelineEntry(row.until, f"{book.zh}结束：{row.why}", "record", person, href, book.read))
    return entries


def told(entry: Any) -> str:
    """The state of a row in a word."""
    return EntryState(entry.state).zh
