"""Rows of a book in the present scope: with their fields as columns of the query, so that the database sorts and sums."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, DecimalField, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from linli.base.areas import scope_of
from linli.base.fields import REFERENCES, Field, FieldKind, Value
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.records.models import Entry, EntryVersion
from linli.kernel.records.queries.books import books
from linli.kernel.records.rules import Book, EntryState, Subject, first_kept
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import after

SEALED = "records.sealed"
"""The context under which sensitive texts are sealed."""


def columns_of(book: Book, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The rows with each field that is kept in clear as ``f_<key>``: numbers and money as numbers, all else as text."""
    kept = [field for field in book.fields if field.kind not in REFERENCES and not field.sensitive]
    return rows.annotate(**{f"f_{field.key}": _column(field) for field in kept})


def _column(field: Field) -> Any:
    text = KeyTextTransform(field.key, "values")
    if field.kind is FieldKind.MONEY or (field.kind is FieldKind.NUMBER and not field.places):
        return Cast(text, BigIntegerField())
    if field.kind is FieldKind.NUMBER:
        return Cast(text, DecimalField(max_digits=18, decimal_places=field.places))
    return Cast(text, TextField())


def standing(book: Book, on: date | None = None) -> QuerySet[Entry]:
    """The rows that count: those that were not struck out. Destroyed rows still count, with nothing in them.

    ``on``: only those that had begun by this day and had not ended.
    """
    rows = columns_of(book, Entry.objects.filter(book=book.key).exclude(state=EntryState.STRUCK))
    return rows.filter(Q(until=None) | Q(until__gt=on), day__lte=on) if on else rows


def survivor_id() -> Any:
    """The person of a row as an expression, a merged one as the survivor, so that people are counted once."""
    return Coalesce("person__merged_into_id", "person_id")


def entries(
    book: Book, *, on: date, words: str = "", area: str = "", first: date | None = None, last: date | None = None,
    state: str = "", **choices: str,
) -> QuerySet[Entry]:  # fmt: skip
    """Rows of a book, newest first. ``state``: "" those that stand (and run today, if they last), "ended", "struck", "all".

    ``choices`` are values of choice fields by key, as the filter sends them: ``f_<key>``.
    """
    rows = columns_of(book, Entry.objects.filter(book=book.key)).order_by("-day", "-id")
    rows = rows.select_related("person__merged_into", "household__head__merged_into", "organisation", "place", "created_by")
    rows = _in_state(book, rows, state, on)
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    if first:
        rows = rows.filter(day__gte=first)
    if last:
        rows = rows.filter(day__lte=last)
    for word in words.split():
        rows = rows.filter(_found(book, word))
    return rows.filter(**{key: {"1": "true", "0": "false"}.get(value, value) if _yes_no(book, key) else value
                          for key, value in choices.items()})  # fmt: skip


def _yes_no(book: Book, key: str) -> bool:
    return book.field(key.removeprefix("f_")).kind is FieldKind.YES_NO


def _in_state(book: Book, rows: QuerySet[Entry], state: str, on: date) -> QuerySet[Entry]:
    if state == "all":
        return rows
    if state == "struck":
        return rows.filter(state=EntryState.STRUCK)
    rows = rows.exclude(state=EntryState.STRUCK)
    if not book.lasting:
        return rows
    return rows.filter(until__lte=on) if state == "ended" else rows.filter(Q(until=None) | Q(until__gt=on))


def _found(book: Book, word: str) -> Q:
    """A word of the search: a piece of a searchable field, or the beginning of the subject's name.

    The rows of the book and area come from the index; under row security the piece is looked for among these only.
    """
    found = Q(words__contains=word.casefold())
    names = {
        Subject.PERSON: "person__name", Subject.HOUSEHOLD: "household__head__name",
        Subject.ORGANISATION: "organisation__name", Subject.PLACE: "place__name",
    }  # fmt: skip
    if (name := names.get(book.about)) is not None:
        found |= Q(**{f"{name}__gte": word, f"{name}__lt": after(word)})
    return found


def book_rows(book: Book) -> QuerySet[Entry]:
    """Every row of a book in the present scope, ended and struck ones too, with what it is about."""
    rows = columns_of(book, Entry.objects.filter(book=book.key))
    return rows.select_related("person__merged_into", "household__head__merged_into", "organisation", "place")


def entry_in_area(*, by: Actor, entry_id: int) -> tuple[Entry, Book]:
    """The row and its book, if it lies in the present range and the post may read the book.

    :raises Forbidden: there is none for this actor.
    """
    entry = (
        Entry.objects.select_related("person__merged_into", "household__head__merged_into", "organisation", "place", "created_by",
                                     "changed_by").filter(pk=entry_id).first()
    )  # fmt: skip
    book = books().get(entry.book) if entry else None
    if entry is None or book is None or not by.may(book.read):
        raise Forbidden("没有这条记录，或它不在本辖区内。")
    return entry, book


def values_of(book: Book, entry: Entry) -> dict[str, Value]:
    """Everything of a row by field: values in clear, references as ids, sensitive texts opened. For forms and actions."""
    found: dict[str, Value] = dict(entry.values)
    for field in book.fields:
        if field.kind in REFERENCES:
            found[field.key] = getattr(entry, f"{field.kind}_id")
    return found | {key: sealed_text(entry, key) for key in entry.sealed}


def sealed_text(entry: Entry | EntryVersion, key: str) -> str:
    """A sensitive text in clear; "" where nothing was filled in. Whoever shows it writes who looked, and why."""
    sealed = entry.sealed.get(key)
    return keyring().open(bytes.fromhex(sealed), SEALED) if sealed else ""


def versions_of(entry: Entry) -> list[EntryVersion]:
    """Every version of a row, newest first."""
    return list(EntryVersion.objects.filter(entry=entry).select_related("changed_by").order_by("-version"))


def past_keeping(book: Book, on: date) -> QuerySet[Entry]:
    """Rows whose time of keeping is over on this day: counted from the end of a lasting row, else from its day."""
    column = "until" if book.lasting else "day"
    rows = Entry.objects.filter(book=book.key, state=EntryState.STANDING, **{f"{column}__lt": first_kept(book, on)})
    return rows.order_by("day", "id")


def counts(wanted: Iterable[Book], on: date) -> dict[str, int]:
    """How many rows stand in each of these books on this day, in one query."""
    running = Q(until=None) | Q(until__gt=on)
    keys = [book.key for book in wanted]
    rows = Entry.objects.filter(running, book__in=keys, day__lte=on).exclude(state=EntryState.STRUCK)
    return dict(rows.order_by().values_list("book").annotate(count=Count("pk")))
