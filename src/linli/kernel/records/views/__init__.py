"""The pages of the record books: the same ones for every book."""

from linli.kernel.records.views.acts import correct, destroy, end, new, reveal, strike
from linli.kernel.records.views.books import book, books, print_book
from linli.kernel.records.views.entry import entry, print_entry

__all__ = [
    "book", "books", "correct", "destroy", "end", "entry", "new", "print_book", "print_entry", "reveal", "strike",
]  # fmt: skip
