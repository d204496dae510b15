"""The value of a figure and the rows behind it: one queryset for both, so that they cannot differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, Left

from linli.base.areas import Level, level_of, scope_of
from linli.kernel.access.queries import current_scope
from linli.kernel.access.rules import Forbidden, NoScope
from linli.kernel.figures.queries.books import book_figures
from linli.kernel.figures.queries.boundaries import boundary_day, placed, seen_from
from linli.kernel.figures.queries.duties import duty_figures
from linli.kernel.figures.queries.entitlements import entitlement_figures, entitlement_relations
from linli.kernel.figures.queries.findings import finding_figures
from linli.kernel.figures.rules import Check, Figure, Period, Relation
from linli.kernel.registry.queries import area_name, areas_on
from linli.kernel.registry.rules import AreaKind
from linli.kernel.ui.queries import declared

LEVELS = {"town": Level.TOWN, "community": Level.COMMUNITY}


@cache
def figures() -> dict[str, Figure]:
    """Every figure that the installed packages declare, and those of their books, duties, programmes and findings, by key."""
    found: dict[str, Figure] = {}
    made = (book_figures(), duty_figures(), entitlement_figures(), finding_figures())
    for one in (*declared("figures", Figure), *chain.from_iterable(made)):
        if one.key in found:
            raise ValueError(f"the figure {one.key} is declared twice")
        found[one.key] = one
    return found


def topics() -> dict[str, str]:
    """The field of work of each figure by its key, those of one field together."""
    found = {key: topic_of(key) for key in figures()}
    order = {zh: at for at, zh in reversed(list(enumerate(found.values())))}
    return dict(sorted(found.items(), key=lambda one: order[one[1]]))


@cache
def topic_of(key: str) -> str:
    """The package whose facts a figure counts. Those of books, duties and findings name it second; monthly money has its own."""
    first, second, *_ = key.split(".")
    label = second if first in ("book", "duty", "finding") else {"entitlement": "entitlements"}.get(first, first)
    return next((str(one.verbose_name) for one in apps.get_app_configs() if one.label == label), "其他")


@cache
def relations() -> tuple[Relation, ...]:
    """Every relation between figures; each side names figures that exist."""
    found = (*declared("relations", Relation), *entitlement_relations())
    known = figures()
    for relation in found:
        for term in (*relation.left, *relation.right):
            key = term.rsplit("*", 1)[-1].split("@")[0]
            if key not in known:
                raise LookupError(f"the relation {relation.key} names the unknown figure {key}")
    return found


def figure(key: str) -> Figure:
    """The figure with this key; LookupError in Chinese for an unknown one."""
    try:
        return figures()[key]
    except KeyError:
        raise LookupError(f"没有“{key}”这个指标，请从指标目录中选择。") from None


def rows(one: Figure, period: Period, area: str, cell: Mapping[str, str] | None = None) -> QuerySet[Any]:
    """The rows that the figure counts in this period and area, or in one cell of a breakdown.

    :raises Forbidden: the area does not lie in the viewer's scope; only a signed value may be shown then.
    """
    return _rows(one, period, area, cell)[0]


def _rows(one: Figure, period: Period, area: str, cell: Mapping[str, str] | None = None) -> tuple[QuerySet[Any], str]:
    """The rows, and the column by which they lie in areas."""
    scope, wanted = current_scope(), scope_of(area)
    if scope is None:
        raise NoScope(f"the figure {one.key} is asked for without a scope")
    if not scope.covers(wanted) and not seen_from(scope, area):
        raise Forbidden("这个区域不在本辖区内，只能查看已签发的报表数字。")
    found, place = placed(one, period, area)
    found = found.filter(**{f"{place}__gte": wanted.lo, f"{place}__lt": wanted.hi})
    for key, value in (cell or {}).items():
        found = _cell(one, found, place, key, value)
    return found, place


def _cell(one: Figure, found: QuerySet[Any], place: str, key: str, value: str) -> QuerySet[Any]:
    if key in LEVELS:
        lo, hi = _range_of(value, LEVELS[key])
        return found.filter(**{f"{place}__gte": lo, f"{place}__lt": hi})
    column = one.breakdown(key).column
    return found.filter(**({f"{column}__isnull": True} if value == "None" else {column: value}))


def _range_of(code: str, level: Level) -> tuple[str, str]:
    """The codes of one part at a level. A code from above (the district's own rows among towns) is that part alone."""
    head = code[: level.digits]
    return head.ljust(12, "0"), f"{int(head) + 1:0{level.digits}d}".ljust(12, "0")


def _measure(one: Figure) -> Any:
    kind, _, column = one.measure.partition(":")
    if kind == "sum":
        return Coalesce(Sum(column), 0)
    return Count(column, distinct=True) if kind == "distinct" else Count("pk")


def value(one: Figure, period: Period, area: str, cell: Mapping[str, str] | None = None) -> int:
    """The figure's value: persons, households, pieces, or fen."""
    return int(rows(one, period, area, cell).order_by().aggregate(value=_measure(one))["value"])


@dataclass(frozen=True)
class Cell:
    """One part of a breakdown: its key (area code or category), its Chinese name, its value."""

    key: str
    zh: str
    value: int


def broken_down(one: Figure, period: Period, area: str, by: str) -> list[Cell]:
    """The parts of a figure, in one query. ``by`` is "town", "community" or a breakdown that the figure allows."""
    found, place = _rows(one, period, area)
    found = found.order_by()
    if by in LEVELS:
        return _by_area(one, found, place, area, LEVELS[by], boundary_day(area, period))
    breakdown = one.breakdown(by)
    parts = found.values(breakdown.column).annotate(value=_measure(one)).order_by(breakdown.column)
    return [Cell(str(part[breakdown.column]), breakdown.name_of(part[breakdown.column]), int(part["value"])) for part in parts]


def places(area: str, level: Level, on: date) -> dict[str, str]:
    """The areas of a level below (or at) an area on a day, by code, with their names."""
    scope = scope_of(area)
    found = areas_on(on).filter(code__gte=scope.lo, code__lt=scope.hi, level=level.value)
    return dict(found.values_list("code", "name"))


def _by_area(one: Figure, found: QuerySet[Any], place: str, area: str, level: Level, on: date) -> list[Cell]:
    parts = found.annotate(place_code=Left(place, level.digits)).values("place_code").annotate(value=_measure(one))
    values = {part["place_code"].ljust(12, "0"): int(part["value"]) for part in parts}
    known = {code: _own(code, level, on) for code in values} | _lived_in(area, level, on)
    return [Cell(code, name, values.get(code, 0)) for code, name in sorted(known.items())]


def _lived_in(area: str, level: Level, on: date) -> dict[str, str]:
    """The places that a breakdown shows even with nothing in them. Seats of offices and firms show only what they have."""
    seats = areas_on(on).filter(level=level.value, kind__in=[AreaKind.UNITS.value, AreaKind.UNIT.value])
    apart = set(seats.values_list("code", flat=True))
    return {code: name for code, name in places(area, level, on).items() if code not in apart}


def _own(code: str, level: Level, on: date) -> str:
    """The name of a part that is no area of the level: what an organisation above it counts itself (区本级)."""
    name = area_name(code, on)
    return f"{name}本级" if level_of(code) < level else name


def rows_hash(one: Figure, period: Period, area: str, cell: Mapping[str, str] | None = None) -> tuple[str, int]:
    """A digest of the counted rows in the order of their ids, with what each adds; and how many they are."""
    kind, _, column = one.measure.partition(":")
    fields = ["pk"] if kind == "count" else ["pk", column]
    digest, count = hashlib.sha256(), 0
    for row in rows(one, period, area, cell).order_by("pk").values_list(*fields).iterator(chunk_size=5000):
        digest.update(repr(row).encode())
        count += 1
    return digest.hexdigest(), count


def check_relations(values: Mapping[str, int | Fraction], wanted: Iterable[Relation]) -> list[Check]:
    """Judge each relation on these values."""
    return [relation.check(values) for relation in wanted]
