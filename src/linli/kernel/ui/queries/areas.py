"""Names of areas for pages, kept for one request.

The package that keeps the areas names two functions in its manifest, as dotted paths: ``area_names`` (codes, day →
names by code) and ``area_choices`` (scope, level or None, day, whether only where people live → (code, name) pairs in order).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from linli.base.areas import Level, Scope
from linli.kernel.ui.queries.manifests import declared_function


@dataclass
class _Names:
    """The names that this request has asked for, on its business day."""

    on: date = date.max
    expected: frozenset[str] = frozenset()
    known: dict[str, str] = field(default_factory=dict)


_names: ContextVar[_Names | None] = ContextVar("linli_area_names", default=None)


def fresh_area_names(on: date) -> None:
    """Forget all names and name areas as they are called on this day; the middleware calls it for each request."""
    _names.set(_Names(on))


def expect_area_names(codes: Iterable[str]) -> None:
    """These will be asked for, too: the next query for a name fetches them with it."""
    if names := _names.get():
        names.expected |= frozenset(codes)


def area_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these areas, in one query at most; a code without a name stands for itself."""
    names = _names.get() or _Names()
    wanted = frozenset(codes)
    unknown = wanted - names.known.keys()
    if unknown:
        naming = declared_function("area_names")
        unknown |= names.expected - names.known.keys()
        found = naming(unknown, names.on) if naming else {}
        names.known |= {code: found.get(code) or code for code in unknown}
    return {code: names.known[code] for code in wanted}


def area_name(code: str) -> str:
    """The name of the area with this code; the code itself where no name is kept."""
    return area_names([code])[code]


def area_choices(scope: Scope, level: Level | None = None, lived: bool = False) -> list[tuple[str, str]]:
    """Areas of a range, and of one level if given, for a choice field. ``lived``: without the seats of offices and firms."""
    listing = declared_function("area_choices")
    return list(listing(scope, level, (_names.get() or _Names()).on, lived)) if listing else []
