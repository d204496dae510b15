"""The books that the installed packages declare, and which of them a post may read and write."""

from __future__ import annotations

from functools import cache

from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.records.rules import Book
from linli.kernel.ui.queries import declared_by_key


@cache
def books() -> dict[str, Book]:
    """Every book that an installed package declares (``books`` of a manifest), by key."""
    found = declared_by_key("books", Book)
    for book in found.values():
        for key in (book.read, book.write):
            if key not in permissions():
                raise LookupError(f"the book {book.key} names the unknown permission {key}")
    return found


def books_for(by: Actor) -> list[Book]:
    """The books that this post may read, by name."""
    return sorted((book for book in books().values() if by.may(book.read)), key=lambda book: book.zh)


def book_of(*, by: Actor, key: str) -> Book:
    """The book with this key, if the post may read it. :raises Forbidden: there is none for this post."""
    book = books().get(key)
    if book is None or not by.may(book.read):
        raise Forbidden(f"没有这本台账，或{by.role.zh}岗位不能查阅。")
    return book


def writable_book(*, by: Actor, key: str) -> Book:
    """As :func:`book_of`, for writing."""
    book = books().get(key)
    if book is None or not by.may(book.write):
        raise Forbidden(f"没有这本台账，或{by.role.zh}岗位不能登记。")
    return book
