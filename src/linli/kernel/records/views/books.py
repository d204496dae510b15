"""The books, and the list of one book's rows: searched, filtered, sorted, exported, printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.fields import COUNTED, REFERENCES, Field, FieldKind, show_value
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.imports.queries import kinds_for
from linli.kernel.records import forms, queries
from linli.kernel.records.rules import Book, EntryState, Subject
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Kind, Tone

MOST_PRINTED = 1000
KINDS: dict[FieldKind, Any] = {FieldKind.MONEY: "money", FieldKind.NUMBER: "count", FieldKind.AREA: "area"}
SUBJECT_SORT = {
    Subject.PERSON: "person__sort_key", Subject.HOUSEHOLD: "household__head__sort_key",
    Subject.ORGANISATION: "organisation__name", Subject.PLACE: "place__name",
}  # fmt: skip
NAMED: dict[Subject, Kind] = {Subject.PERSON: "person", Subject.HOUSEHOLD: "home"}
BOOKS = (
    Column("zh", "台账", link=lambda row: reverse("records:book", args=[row["book"].key]), value=lambda row: row["book"].zh),
    Column("purpose", "用途", value=lambda row: row["book"].purpose),
    Column("basis", "依据", value=lambda row: row["book"].basis, minor=True),
    Column("kept", "保管", value=lambda row: f"{row['book'].keep_years}年后{row['book'].after.zh}", minor=True),
    Column("count", "在册", kind="count"),
)


@page("records.see")
@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """Every book that this post may read, with how many rows stand in its area."""
    mine = queries.books_for(request.actor)

    def rows(asked: dict[str, Any]) -> list[dict[str, Any]]:
        words = asked.get("words", "")
        found = [one for one in mine if words in one.zh or words in one.purpose]
        counts = queries.counts(found, request.today)
        return [{"book": one, "count": counts.get(one.key, 0), "key": one.key} for one in found]

    listing = Listing(
        request, rows=rows, columns=BOOKS, filters=forms.BookSearch, title="台账", noun="本", ident="key", size=100,
        empty="本岗位没有可以查阅的台账。",
    )  # fmt: skip
    return listing.response("records/books.html")


def badge(book: Book, row: Any, on: Any) -> Badge:
    """Whether a row stands, has ended or was struck out."""
    if row.state != EntryState.STANDING:
        return Badge(EntryState(row.state).zh, Tone.BAD if row.state == EntryState.STRUCK else Tone.QUIET)
    if book.lasting and row.until and row.until <= on:
        return Badge("已结束", Tone.QUIET)
    return Badge("在册", Tone.GOOD)


def columns_of(book: Book, on: Any) -> list[Column]:
    """What a list of the book shows: whom it is about, its fields in clear, its day and state. Never a sensitive field."""
    subject = book.about not in {Subject.NOTHING, Subject.AREA}
    columns = [Column("id", "编号", kind="code", link=lambda row: reverse("records:entry", args=[row.pk]), minor=subject)]
    if subject:
        said = book.field(book.subject).zh
        columns.append(Column(
            "subject", said, kind=NAMED.get(book.about, "text"), value=queries.subject_name, sort=SUBJECT_SORT[book.about],
            link=lambda row: reverse("records:entry", args=[row.pk]),
        ))  # fmt: skip
    if book.about is not Subject.AREA:
        columns.append(Column("area", "所在地", kind="area", sort="area", minor=True))
    columns.append(Column("day", book.field(book.day).zh if book.day else "登记日", kind="day", sort=True))
    columns += [_column(one) for one in book.present if _shown(book, one)]
    columns.append(Column("state", "状态", kind="state", value=lambda row: badge(book, row, on)))
    return columns


def _shown(book: Book, one: Field) -> bool:
    hidden = one.sensitive or one.kind in REFERENCES | {FieldKind.FILE} or one.key == book.day
    return one.listed and not hidden


def _column(one: Field) -> Column:
    key = f"f_{one.key}"
    words: dict[str, Any] = {"sort": key, "unit": one.unit}
    if one.kind in COUNTED and not one.year:
        return Column(key, one.zh, kind=KINDS[one.kind], total=key, **words)
    if one.kind is FieldKind.AREA:
        return Column(key, one.zh, kind="area", **words)
    return Column(key, one.zh, value=lambda row: show_value(one, row.values.get(one.key)) or None, **words)


def listing_of(request: HttpRequest, book: Book) -> Listing:
    """The list of a book from a request, for the page, the export and the print."""
    record = recording(by=request.actor, verb="records.export", kind="records.book", subject=book.key[:40])
    search = forms.search_form(book)
    return Listing(
        request, title=book.zh, noun=book.noun, columns=columns_of(book, request.today), order="-day",
        filters=lambda *args, **words: search(*args, scope=request.actor.scope, **words),  # type: ignore[arg-type]
        rows=lambda words: queries.entries(book, on=request.today, **words), export=record,
        name_of=lambda row: queries.entry_title(book, row), empty="没有符合条件的记录。",
    )  # fmt: skip


def import_address(request: HttpRequest, book: Book) -> str:
    """Where this post imports rows of the book; "" when it may not, or the book cannot stand in a table."""
    key = f"records.{book.key}"
    may = request.actor.may("imports.run") and any(kind.key == key for kind in kinds_for(request.actor))
    return reverse("imports:new", args=[key]) if may else ""


@page("records.see")
def book(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.book_of(by=request.actor, key=key)
    context = {
        "book": one, "can_write": request.actor.may(one.write) and request.actor.may("records.write"),
        "import_href": import_address(request, one), "about": about_book(one),
        "can_destroy": request.actor.may("records.destroy") and one.after.value == "destroy",
    }  # fmt: skip
    return listing_of(request, one).response("records/book.html", context)


def about_book(one: Book) -> list[Fact]:
    """For what, under which law and how long the book is kept."""
    return [Fact("用途", one.purpose), Fact("依据", one.basis), Fact("保管", f"{one.keep_years}年，期满后{one.after.zh}"),
            Fact("表样", f"第{one.version}版")]  # fmt: skip


@page("records.see")
@require_GET
def print_book(request: HttpRequest, key: str) -> HttpResponse:
    """The present filter of the list as a register on A4."""
    one = queries.book_of(by=request.actor, key=key)
    listing = listing_of(request, one)
    rows = [] if listing.faulty else list(listing.rows[:MOST_PRINTED])
    listing.name_areas(rows)
    record_seen(by=request.actor, verb="records.print", kind="records.book", subject=one.key[:40], rows=len(rows))
    context = {
        "book": one, "listing": listing, "lines": [listing.line(row) for row in rows], "most": MOST_PRINTED,
        "more": listing.total > len(rows),
    }  # fmt: skip
    return render(request, "records/print_book.html", context)
