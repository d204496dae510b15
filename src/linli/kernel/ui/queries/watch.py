"""What is late and what ends soon in an area, whoever has to do it: from all packages, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from linli.base.areas import Level, level_of
from linli.kernel.ui.queries.manifests import declared_functions
from linli.kernel.ui.rules import Watched

SOON = timedelta(days=3)
"""House rule: the days on which a reminder still helps."""
WatchSource = Callable[[Any, datetime, int], list[Watched]]
"""``watch_sources`` of a manifest: dotted paths of functions of (actor, moment, leading digits of the areas to group by)."""


def watched_level(actor: Any) -> Level:
    """The level of the areas by which an actor watches: one below the own."""
    return Level.COMMUNITY if level_of(actor.area) >= Level.TOWN else Level.TOWN


def lines_of(
    kind: str, rows: Iterable[tuple[str, date, int]], on: date, digits: int, href: Callable[[str], str] | None = None
) -> list[Watched]:
    """Lines of one kind from (area, last day, how many). ``href``: the list of the late ones of an area, for who may read it."""
    late: dict[str, int] = {}
    soon: dict[str, int] = {}
    oldest: dict[str, date] = {}
    for area, due, count in rows:
        place = area[:digits].ljust(12, "0")
        if due < on:
            late[place] = late.get(place, 0) + count
            oldest[place] = min(due, oldest.get(place, due))
        elif due < on + SOON:
            soon[place] = soon.get(place, 0) + count
    return [
        Watched(kind, place, late.get(place, 0), soon.get(place, 0), oldest.get(place),
                href(place) if href is not None and place in late else "")
        for place in sorted({*late, *soon})
    ]  # fmt: skip


def watched(actor: Any, at: datetime) -> list[Watched]:
    """What is late or ends soon in the present range, the longest late first; by towns, or a town's communities."""
    digits = watched_level(actor).digits
    found: list[Watched] = []
    for ask in declared_functions("watch_sources"):
        found += ask(actor, at, digits)
    return sorted(found, key=lambda one: (not one.late, one.oldest or date.max, -one.late, one.kind, one.area))
