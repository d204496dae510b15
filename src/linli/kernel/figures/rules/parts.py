"""Parts of a figure that reports name: figures of their own, and the relation that they add up to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from linli.kernel.figures.rules.figure import Breakdown, Figure, Period
from linli.kernel.figures.rules.relations import Relation


def parts_of(whole: Figure, by: str, zh: str, only: Iterable[str] = ()) -> tuple[Figure, ...]:
    """Each part of a breakdown as a figure of its own: ``charity.money`` by project gives ``charity.da_bing.money`` and so on.

    ``zh`` names a part, with {} where the part's own name stands; ``only``: the values wanted, where not all are.
    """
    way = whole.breakdown(by)
    if callable(way.names):
        raise ValueError(f"{whole.key}: the parts by {by} are not known beforehand")
    return tuple(_part(whole, way, value, zh) for value in only or way.names)


def _part(whole: Figure, way: Breakdown, value: str, zh: str) -> Figure:
    def rows(period: Period) -> Any:
        return whole.rows(period).filter(**{way.column: value})

    package, _, stem = whole.key.partition(".")
    name = way.name_of(value)
    return replace(
        whole, key=f"{package}.{value}.{stem}", zh=zh.format(name), words=f"{whole.words}；只计“{name}”", rows=rows,
        breakdowns=tuple(one for one in whole.breakdowns if one is not way), dashboard=0,
    )  # fmt: skip


def add_up(zh: str, whole: Figure, parts: Iterable[Figure]) -> Relation:
    """The relation that some figures, added up, are the whole."""
    return Relation(f"{whole.key}.parts", zh, (whole.key,), "=", tuple(part.key for part in parts))
