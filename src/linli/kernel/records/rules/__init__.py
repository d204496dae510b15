"""What a record book is, and what a row of it must be: plain data and pure functions."""

from linli.kernel.records.rules.book import AfterKeeping, Book, EntryState, Subject
from linli.kernel.records.rules.entries import day_of, first_kept, keeping_ends, search_words, split_sensitive, unique_key

__all__ = [
    "AfterKeeping",
    "Book",
    "EntryState",
    "Subject",
    "day_of",
    "first_kept",
    "keeping_ends",
    "search_words",
    "split_sensitive",
    "unique_key",
]
