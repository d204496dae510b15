"""Areas: names, the tree, boundaries of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Left

from linli.base.areas import Level, Scope, ancestors, level_of, scope_of
from linli.kernel.access.queries import current_scope
from linli.kernel.registry.models import Area, AreaMove, AreaSuccession
from linli.kernel.registry.rules import AreaKind, Change, office_of, on_boundaries_of


def areas_on(on: date) -> QuerySet[Area]:
    """All areas that exist on this day, by code."""
    return _standing(on).order_by("code")


def _standing(on: date) -> QuerySet[Area]:
    return Area.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def area_on_day(code: str, on: date) -> Area | None:
    """The area of this code on this day, if there is one."""
    return areas_on(on).filter(code=code).first()


def area_names(codes: set[str] | frozenset[str], on: date) -> dict[str, str]:
    """Names by code; a code that ended keeps its last name, an unknown one is missing. One query."""
    names: dict[str, str] = {}
    for code, name, since in Area.objects.filter(code__in=codes).order_by("since").values_list("code", "name", "since"):
        if since <= on or code not in names:
            names[code] = name
    return names


def area_titles(codes: set[str] | frozenset[str], on: date) -> dict[str, str]:
    """Names as a page shows them: a community with its street's name where the reader's range has a namesake. One query."""
    twins = _standing(on).filter(name=OuterRef("name"), level=Level.COMMUNITY).exclude(code=OuterRef("code"))
    twins = twins.annotate(district=Left("code", 6)).filter(district=Left(OuterRef("code"), 6))
    if (scope := current_scope()) is not None:
        twins = twins.filter(code__gte=scope.lo, code__lt=scope.hi)
    above = Area.objects.filter(code=OuterRef("parent")).order_by("-since").values("name")[:1]
    rows = Area.objects.filter(code__in=codes).order_by("since").annotate(twin=Exists(twins), above=Subquery(above))
    names: dict[str, str] = {}
    for row in rows.values_list("code", "name", "since", "level", "twin", "above"):
        code, name, since, level, twin, street = row
        if since <= on or code not in names:
            names[code] = f"{street or ''}{name}" if twin and level == Level.COMMUNITY else name
    return names


def area_name(code: str, on: date) -> str:
    """The name of an area on this day; the code itself where no area has it."""
    return area_names({code}, on).get(code, code)


def area_choices(scope: Scope, level: Level | None = None, on: date = date.max, lived: bool = False) -> list[tuple[str, str]]:
    """Areas of a range on a day, and of one level if given, as (code, name), by code; villages with their town's name.

    ``lived``: only where people live and things happen, not the units under a pseudo-town, which are seats.
    """
    rows = areas_on(on).filter(code__gte=scope.lo, code__lt=scope.hi)
    if lived:
        rows = rows.exclude(kind__in=(AreaKind.UNITS, AreaKind.UNIT))
    if level:
        rows = rows.filter(level=level)
    found = list(rows.values_list("code", "name", "level", "parent"))
    names = area_names(frozenset(parent for _, _, own, parent in found if own == Level.COMMUNITY), on)
    return [
        (code, names.get(parent, "") + name if own == Level.COMMUNITY and scope.contains(parent) else name)
        for code, name, own, parent in found
    ]


def area_path(code: str, on: date) -> str:
    """The names from the town down: 坛山街道和平社区."""
    codes = [above for above in reversed(ancestors(code)) if above[6:] != "000000"] + [code]
    names = area_names(frozenset(codes), on)
    return "".join(names.get(one, "") for one in codes) or code


def area_office(code: str, on: date, bureau: str = "") -> str:
    """The body that signs and seals in an area; ``bureau``: which one of the district."""
    level = level_of(code)
    return office_of(area_path(code, on) if level is Level.COMMUNITY else area_name(code, on), level, bureau)


def areas_below(code: str, on: date) -> QuerySet[Area]:
    """The areas directly below this one on this day, by code."""
    return areas_on(on).filter(parent=code)


@dataclass
class AreaNode:
    """An area and those below it."""

    area: Area
    below: list[AreaNode] = field(default_factory=list)


def area_tree(top: str, on: date) -> AreaNode | None:
    """The area and everything below it on this day. One query."""
    scope = scope_of(top)
    nodes = {area.code: AreaNode(area) for area in areas_on(on).filter(code__gte=scope.lo, code__lt=scope.hi)}
    for node in nodes.values():
        if (above := nodes.get(node.area.parent)) is not None:
            above.below.append(node)
    return nodes.get(top)


def successions() -> QuerySet[AreaSuccession]:
    """Every merge, split and turn, newest first."""
    return AreaSuccession.objects.order_by("-day", "old", "new")


def successions_of(code: str) -> QuerySet[AreaSuccession]:
    """The merges, splits and turns in which this code took part, newest first."""
    return successions().filter(Q(old=code) | Q(new=code))


def area_on(code: str, day: date) -> tuple[str, ...]:
    """The codes that stand for this one on the boundaries of a day: itself, its successors or its predecessors."""
    changes = (Change(*row) for row in AreaSuccession.objects.values_list("old", "new", "day"))
    return on_boundaries_of(code, day, changes)


def history_of_area(code: str) -> list[Area]:
    """All rows of this code, newest first."""
    return list(Area.objects.filter(code=code).order_by("-since"))


def district_of(code: str) -> Scope:
    """The range of the district in which an area lies, for choosing where somebody moves."""
    return scope_of(code[:6] + "000000")


def last_change_of_boundaries() -> date | None:
    """The last day on which areas were merged, split or turned; None where that never happened."""
    return AreaSuccession.objects.order_by("-day").values_list("day", flat=True).first()


def life_of_area(code: str) -> tuple[date, date | None]:
    """From which day an area of this code exists, and until which day (exclusive); always for a code that no area has."""
    rows = list(Area.objects.filter(code=code).order_by("since").values_list("since", "until"))
    return (rows[0][0], rows[-1][1]) if rows else (date.min, None)


def _table(model: type[Model]) -> str:
    name = model._meta.db_table.replace('"', "")
    return name if "." in name else f"public.{name}"


def area_back_then(model: type[Model], day: date) -> Coalesce:
    """For each row of a table with an area, the code that it had on the boundaries of a day: an expression."""
    table, row = getattr(model, "stands_for", None) or (None, "pk")
    of = {"table": OuterRef(table) if table else _table(model), "row": Cast(OuterRef(row), CharField())}
    moves = AreaMove.objects.filter(**of, day__gt=day)
    return Coalesce(Subquery(moves.order_by("day", "id").values("former")[:1]), F("area"), output_field=CharField())


def area_when_made(row: Model) -> str:
    """The code that the area of this row had when the row was made, however boundaries changed since."""
    moves = AreaMove.objects.filter(table=_table(type(row)), row=str(row.pk)).order_by("day", "id")
    return str(moves.values_list("former", flat=True).first() or row.area)  # type: ignore[attr-defined]


def former_codes(code: str) -> frozenset[str]:
    """Every code that became this one, directly or by way of others; with itself."""
    links = list(AreaSuccession.objects.values_list("old", "new"))
    found: set[str] = set()
    step = {code}
    while step:
        found |= step
        step = {old for old, new in links if new in step} - found
    return frozenset(found)


def codes_today(codes: Iterable[str], on: date) -> dict[str, str]:
    """For codes that were written down before boundaries changed, the code by which each goes on a day. One query.

    A code that became several stands for itself: nobody can say which of them is meant.
    """
    changes = [Change(*row) for row in AreaSuccession.objects.filter(day__lte=on).values_list("old", "new", "day")]
    found = {code: on_boundaries_of(code, on, changes) for code in codes}
    return {code: now[0] if len(now) == 1 else code for code, now in found.items()}
