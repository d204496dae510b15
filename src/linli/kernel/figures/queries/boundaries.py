"""Where the rows of a figure lay on the boundaries of a day: areas merge, split and turn after a period has ended.

A row's area is who keeps it now. Where boundaries changed since the day of the figure, the registry's notes of what was moved
say where the row lay before, so that a figure of last year has last year's towns, and a signed report finds its rows again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from linli.base.areas import Scope, scope_of
from linli.kernel.figures.rules import Figure, Period
from linli.kernel.registry.queries import area_back_then, area_on, last_change_of_boundaries, life_of_area

PLACE = "place_on_day"


def boundary_day(area: str, period: Period) -> date:
    """The day on whose boundaries a period is shown: its last day, or that of an area's life which is nearest to it."""
    day = period.on or period.last
    return day if last_change_of_boundaries() is None else _within_life(area, day)


def _within_life(area: str, day: date) -> date:
    since, until = life_of_area(area)
    if until is not None:
        day = min(day, until - timedelta(days=1))
    return max(day, since)


def placed(one: Figure, period: Period, area: str) -> tuple[QuerySet[Any], str]:
    """The figure's rows for the period, and the column that says in which area each lay."""
    found, changed = one.rows(period), last_change_of_boundaries()
    if changed is None or one.area_column != "area":
        return found, one.area_column
    day = _within_life(area, period.on or period.last)
    if changed <= day:
        return found, one.area_column
    return found.annotate(**{PLACE: area_back_then(found.model, day)}), PLACE


def seen_from(scope: Scope, area: str) -> bool:
    """Whether a scope holds this area, or all that became of it."""
    return scope.covers(scope_of(area)) or all(scope.covers(scope_of(code)) for code in area_on(area, date.max))
