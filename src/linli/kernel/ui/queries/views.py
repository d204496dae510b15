"""Saved views of a list: filters that their user keeps under a name, shown as tabs above the list.

The package that keeps them names a function in its manifest, as a dotted path: ``saved_views`` (request → (id, name, words) of
the list at the request's address).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict

from linli.kernel.ui.queries.manifests import declared_function

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tab:
    """One view above the list: where it leads, and whether the list shows it now."""

    ident: int
    name: str
    href: str
    here: bool


def tabs_of(request: Any, fields: frozenset[str]) -> list[Tab]:
    """The tabs of this list for its reader; ``fields`` are the words of its filter."""
    keeping: Callable[[Any], list[tuple[int, str, str]]] | None = declared_function("saved_views")
    kept = keeping(request) if keeping else []
    now = _pairs([(name, value) for name, values in request.GET.lists() for value in values], fields)
    return [Tab(ident, name, f"{request.path}?{words}", _pairs(parse_qsl(words), fields) == now) for ident, name, words in kept]


def words_to_keep(request: Any, fields: frozenset[str]) -> str:
    """The filter and the order of the present address, as a view keeps them."""
    words = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in fields or name == "sort":
            words.setlist(name, [value for value in values if value])
    return str(words.urlencode())


def _pairs(words: list[tuple[str, str]], fields: frozenset[str]) -> Pairs:
    return frozenset((name, value) for name, value in words if value and (name in fields or name == "sort"))
