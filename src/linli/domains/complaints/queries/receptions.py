"""Receptions and talks with their matters, read from their record books."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.areas import scope_of
from linli.base.text import tidy
from linli.domains.complaints.books import MATTER_BOOK, SESSION_BOOK
from linli.domains.complaints.rules import MATTERS, SESSIONS, MatterResult
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.records.queries import entry_in_area, standing


def sessions(*, occasion: str = "", area: str = "", first: date | None = None, last: date | None = None) -> Any:
    """Receptions, visits and talks, the newest first; ``area`` with all below it."""
    found: Any = standing(SESSION_BOOK).order_by("-day", "-id")
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    exact = {"f_occasion": occasion, "day__gte": first, "day__lte": last}
    return found.filter(**{name: value for name, value in exact.items() if value})


def recent_sessions(most: int = 6) -> list[tuple[Any, list[Any]]]:
    """The last receptions, visits and talks, each with the matters of its place, day and occasion."""
    found = list(sessions()[:most])
    rows: Any = standing(MATTER_BOOK)
    near = rows.filter(day__in=[one.day for one in found]).order_by("id")
    matters: dict[tuple[Any, ...], list[Any]] = {}
    for one in near:
        matters.setdefault(_where(one), []).append(one)
    return [(one, matters.get(_where(one), [])) for one in found]


def is_entered(session: Any, what: str) -> bool:
    """Whether a matter of a reception or talk stands in the register already."""
    rows: Any = standing(MATTER_BOOK)
    there = rows.filter(area=session.area, day=session.day, f_occasion=session.values["occasion"])
    return tidy(what) in {tidy(str(one.values.get("what"))) for one in there}


def _where(entry: Any) -> tuple[Any, ...]:
    return entry.area, entry.day, entry.values["occasion"]


def open_matters() -> Any:
    """Matters that nobody settled and that are no order yet, the oldest first."""
    rows: Any = standing(MATTER_BOOK)
    return rows.filter(f_result=MatterResult.OPEN.value).order_by("day", "id")


def matter(entry_id: int, by: Actor) -> Any:
    """One matter. :raises Forbidden: there is none for this post."""
    return _of_book(MATTERS, entry_id, by)


def session(entry_id: int, by: Actor) -> Any:
    """One reception, visit or talk. :raises Forbidden: there is none for this post."""
    return _of_book(SESSIONS, entry_id, by)


def _of_book(key: str, entry_id: int, by: Actor) -> Any:
    entry, book = entry_in_area(by=by, entry_id=entry_id)
    if book.key != key:
        raise Forbidden("没有这条记录，或它不在本辖区内。")
    return entry
