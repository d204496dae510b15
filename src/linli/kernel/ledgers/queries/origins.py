"""The piece of work behind a line or a posting: asked of the packages that know it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.models import Line, Posting
from linli.kernel.ledgers.rules import Origin
from linli.kernel.ui.queries import declared_functions


def origins_of(by: Actor, lines: Iterable[Line]) -> dict[int, Origin]:
    """The piece of work behind each line (by its id), as far as the actor may open it."""
    return _told(by, {line.pk: (_source(line), line.posting_id) for line in lines})


def origins_of_postings(by: Actor, postings: Iterable[Posting]) -> dict[int, Origin]:
    """The piece of work behind each posting (by its id), as far as the actor may open it."""
    return _told(by, {posting.pk: (posting.source, posting.pk) for posting in postings})


def origin_of_order(by: Actor, order: Any) -> Origin | None:
    """The piece of work that an order of payment was made for, as far as the actor may open it."""
    return _told(by, {order.pk: (order.source, 0)}).get(order.pk)


def origins_from(
    sources: Collection[str], key: str, rows: QuerySet[Any], words: Callable[[Any], str], route: str, part: int = 0
) -> dict[str | int, Origin]:
    """What a package answers when its sources are ``key`` and ids of ``rows``, parted by colons; ``part``: the id to open."""
    asked = {one: one.removeprefix(key).split(":")[part] for one in sources if one.startswith(key)}
    found = rows.in_bulk([int(pk) for pk in asked.values()])
    return {
        source: Origin(words(found[int(pk)]), reverse(route, args=[int(pk)])) for source, pk in asked.items() if int(pk) in found
    }


def _source(line: Line) -> str:
    return (line.order.source if line.order else "") or line.posting.source


def _told(by: Actor, asked: dict[int, tuple[str, int]]) -> dict[int, Origin]:
    """``asked``: source and posting of each thing (by its id)."""
    sources, postings = {source for source, _ in asked.values()} - {""}, {posting for _, posting in asked.values()}
    found: dict[str | int, Origin] = {}
    for source in declared_functions("origin_sources"):
        found |= source(by=by, sources=sources, postings=postings)
    told = {pk: found.get(posting) or found.get(source) for pk, (source, posting) in asked.items()}
    return {pk: origin for pk, origin in told.items() if origin is not None}
