"""Reads of the record books."""

from linli.kernel.records.queries.books import book_of, books, books_for, writable_book
from linli.kernel.records.queries.entries import (
    book_rows,
    columns_of,
    counts,
    entries,
    entry_in_area,
    past_keeping,
    sealed_text,
    standing,
    survivor_id,
    values_of,
    versions_of,
)
from linli.kernel.records.queries.shown import entry_title, named_values, person_timeline, subject_name

__all__ = [
    "book_of",
    "book_rows",
    "books",
    "books_for",
    "columns_of",
    "counts",
    "entries",
    "entry_in_area",
    "entry_title",
    "named_values",
    "past_keeping",
    "person_timeline",
    "sealed_text",
    "standing",
    "subject_name",
    "survivor_id",
    "values_of",
    "versions_of",
    "writable_book",
]
