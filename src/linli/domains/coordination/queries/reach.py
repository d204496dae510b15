"""Who is in need in a community, and who of them is reached by assistance in time (RELIEF-17)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Left

from linli.base.areas import scope_of
from linli.base.dated import Parameters, load
from linli.base.dated import Value as Dated
from linli.domains.coordination.rules import HELD, IN_NEED, Reach
from linli.kernel.cases.queries import cases
from linli.kernel.deliveries.queries import given
from linli.kernel.entitlements.queries import covered_on
from linli.kernel.registry.queries import (
    belonging,
    people_recognised,
    people_with_status,
    recognised,
    recognised_since,
    with_statuses,
)
from linli.kernel.registry.rules import after

FOLDER = Path(__file__).parents[1] / "parameters"


@cache
def parameters() -> Parameters:
    """The dated values of the package."""
    return load(sorted(FOLDER.glob("*.toml")))


def rule_of_reach(on: date) -> tuple[Dated, Dated]:
    """Within how many days somebody is reached, and how far back aid counts. Raises NoValue before the rule was made."""
    law = parameters()
    return law.on("coordination.reach.days", on, ""), law.on("coordination.reach.back", on, "")


def reached_in(first: date, last: date) -> Q:
    """The condition that a person received aid in these days: in person, as one of a family, or counted in an entitlement."""
    found = given(first, last)
    homes = belonging(last).filter(household__in=found.filter(household__isnull=False).order_by().values("household"))
    own = found.filter(person__isnull=False).order_by().values("whose")
    return Q(pk__in=own) | Q(pk__in=homes.order_by().values("whose")) | Q(pk__in=covered_on(last).order_by().values("whose"))


def _waiting(on: date) -> Q:
    """That a case about the person, or about the family, is open."""
    found = cases(state="open", opened_until=on).order_by()
    homes = belonging(on).filter(household__in=found.filter(household__isnull=False).values("household"))
    return Q(pk__in=found.filter(person__isnull=False).values("person")) | Q(pk__in=homes.order_by().values("whose"))


def in_need(on: date, *reaches: Reach) -> QuerySet[Any]:
    """Everybody in need on a day, each with ``needed``: since when, and ``reach`` (see rules.reach_of); or those of some reaches.

    The latter by their ids: as a condition of the query the planner would ask it of every resident before of those in need.
    """
    days, back = rule_of_reach(on)
    found = people_recognised(IN_NEED, on).annotate(needed=recognised_since(IN_NEED, on))
    late = on - timedelta(days=days.count)
    reach = Case(
        When(
            reached_in(on - timedelta(days=back.count), on) | Q(pk__in=recognised(HELD, on).order_by().values("whose")),
            then=Value(Reach.REACHED.value),
        ),
        When(_waiting(on), then=Value(Reach.WAITING.value)), When(needed__gte=late, then=Value(Reach.FRESH.value)),
        default=Value(Reach.MISSED.value), output_field=CharField(),
    )  # fmt: skip
    told: QuerySet[Any] = found.annotate(reach=reach)
    if not reaches:
        return told
    wanted = {one.value for one in reaches}
    return told.filter(pk__in=[pk for pk, one in told.order_by().values_list("pk", "reach") if one in wanted])


def reach_by_area(on: date, area: str, digits: int) -> dict[str, dict[str, int]]:
    """How many in need of an area there are by the code of each part of it, and of each part by reach; one query."""
    scope = scope_of(area)
    found = in_need(on).filter(area__gte=scope.lo, area__lt=scope.hi).order_by().annotate(part=Left("area", digits))
    counted: dict[str, dict[str, int]] = {}
    for part, reach, number in found.values_list("part", "reach").annotate(number=Count("pk")):
        counted.setdefault(part.ljust(12, "0"), {})[reach] = number
    return counted


def in_need_list(
    on: date, *, name: str = "", reach: str = "", group: str = "", area: str = ""
) -> QuerySet[Any]:
    """The people in need by community and name, narrowed by what is given, with their present statuses."""
    found = in_need(on, *([Reach(reach)] if reach else [])).order_by("area", "sort_key", "id")
    if name:
        found = found.filter(name__gte=name, name__lt=after(name))
    if group:
        kinds = [kind for kind, one in IN_NEED.items() if one == group]
        wanted = Q()
        for kind in kinds:
            wanted |= Q(pk__in=people_with_status(kind, on).order_by().values("pk"))
        found = found.filter(wanted)
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    return with_statuses(found, on)
