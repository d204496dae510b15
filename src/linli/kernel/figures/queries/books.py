"""Figures of the record books: each book is counted and summed by its own fields, without a word of code in the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from linli.base.fields import COUNTED, Field, FieldKind
from linli.base.masking import mask_home
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Unit
from linli.kernel.records.queries import books, entry_title, standing, subject_name, survivor_id
from linli.kernel.records.rules import Book, Subject

UNITS = {unit.value: unit for unit in Unit}


def book_figures() -> Iterator[Figure]:
    """Of every book: how many rows (standing, or in the period), how many are new, how many people, the sum of each number."""
    for book in books().values():
        yield from _of_book(book)


def _of_book(book: Book) -> Iterator[Figure]:
    stem, unit = f"book.{book.key}", UNITS[book.counted]
    words: dict[str, Any] = {"breakdowns": tuple(_breakdowns(book)), "describe": _describer(book), "basis": book.basis}
    words |= {"persons": book.about is Subject.PERSON or unit in {Unit.PERSON, Unit.HOUSEHOLD}}
    flow, stock = _happened(book), _stood(book)
    entered = f"统计期内记入《{book.zh}》的记录，作废的不计"
    if book.lasting:
        yield Figure(f"{stem}.count", f"{book.zh}在册", f"期末日在《{book.zh}》中在册的记录", unit, Kind.STOCK, stock, **words)
        yield Figure(f"{stem}.new", f"{book.zh}新增", entered, unit, Kind.FLOW, flow, **words)
    else:
        yield Figure(f"{stem}.count", book.zh, entered, unit, Kind.FLOW, flow, **words)
    kind, rows = (Kind.STOCK, stock) if book.lasting else (Kind.FLOW, flow)
    if book.about is Subject.PERSON:
        text = f"《{book.zh}》中的人数，同一人只计一次，合并的人员计为一人"
        yield Figure(f"{stem}.people", f"{book.zh}人数", text, Unit.PERSON, kind, rows, measure="distinct:who", **words)
    for field in book.fields:
        if _summed(field):
            said = f"《{book.zh}》中“{field.zh}”之和"
            summed = Unit.FEN if field.kind is FieldKind.MONEY else UNITS[field.unit]
            zh, words["persons"] = f"{book.zh}{field.zh}", False
            yield Figure(f"{stem}.sum_{field.key}", zh, said, summed, kind, rows, measure=f"sum:f_{field.key}", **words)


def _summed(field: Field) -> bool:
    """Money, and whole numbers in a unit that figures know."""
    return field.kind in COUNTED and (field.kind is FieldKind.MONEY or (field.unit in UNITS and not field.places))


def _happened(book: Book) -> Callable[[Period], Any]:
    return lambda period: _with_people(book).filter(**period.within("day"))


def _stood(book: Book) -> Callable[[Period], Any]:
    return lambda period: _with_people(book, period.last)


def _with_people(book: Book, on: date | None = None) -> Any:
    rows = standing(book, on).select_related("person__merged_into", "household__head__merged_into", "organisation", "place")
    return rows.annotate(who=survivor_id()) if book.about is Subject.PERSON else rows


def _breakdowns(book: Book) -> Iterator[Breakdown]:
    for field in book.fields:
        if field.kind is FieldKind.CHOICE:
            yield Breakdown(field.key, field.zh, f"f_{field.key}", dict(field.choices))
        elif field.kind is FieldKind.YES_NO:
            yield Breakdown(field.key, field.zh, f"f_{field.key}", {"true": "是", "false": "否"})


def _describer(book: Book) -> Callable[[Any], tuple[str, str]]:
    return lambda row: (_hidden_title(book, row) or str(row.pk), reverse("records:entry", args=[row.pk]))


def _hidden_title(book: Book, row: Any) -> str:
    """As every list that stands behind a number: of a person in need the surname and stars."""
    title, name = entry_title(book, row), subject_name(row)
    return title.replace(name, mask_home(name)) if name and book.about in {Subject.PERSON, Subject.HOUSEHOLD} else title
