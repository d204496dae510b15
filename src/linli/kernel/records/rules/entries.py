"""Rows of a book as plain values: their day, their unique key, what is sealed, what is searched, how long they are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from linli.base.days import Term, official_calendar
from linli.base.fields import Value, show_value
from linli.kernel.records.rules.book import Book


def day_of(book: Book, values: Mapping[str, Value], on: date) -> date:
    """The day of a row: that of the declared field, else the day of writing."""
    said = values.get(book.day) if book.day else None
    return date.fromisoformat(str(said)) if said else on


def unique_key(book: Book, values: Mapping[str, Value]) -> str:
    """What no two standing rows may have in common, as a digest; "" where the book or this row names nothing unique."""
    parts = [values.get(key) for key in book.unique]
    if not parts or all(part in (None, "") for part in parts):
        return ""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def split_sensitive(book: Book, values: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, str]]:
    """The values that are kept in clear, and those that are sealed."""
    hidden = {field.key for field in book.fields if field.sensitive}
    clear = {key: value for key, value in values.items() if key not in hidden}
    return clear, {key: str(value) for key, value in values.items() if key in hidden and value not in (None, "")}


def search_words(book: Book, values: Mapping[str, Value]) -> str:
    """What the search inside the book looks through, in lower case."""
    texts = [show_value(field, values.get(field.key)) for field in book.fields if field.searchable and not field.sensitive]
    return " ".join(text for text in texts if text).casefold()[:2000]


def keeping_ends(book: Book, day: date) -> date:
    """The last day on which a row that ended (or happened) on this day is kept."""
    return Term("year", book.keep_years).due(day, official_calendar()).day


def first_kept(book: Book, on: date) -> date:
    """Rows that ended (or happened) before this day are past their time of keeping on the day ``on``."""
    try:
        return on.replace(year=on.year - book.keep_years)
    except ValueError:
        return on.replace(year=on.year - book.keep_years, day=28)
