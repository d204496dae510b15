"""Who does what comes due by itself: one machine in every district."""

from __future__ import annotations

from datetime import date

from linli.base.areas import WHOLE, Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor
from linli.kernel.registry.queries.areas import areas_on


def districts(on: date) -> list[str]:
    """The districts of this installation on a day, by code."""
    with scoped(WHOLE):
        return list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))


def machines(task: str, on: date) -> list[Actor]:
    """The machine of a task in each district; its ``area`` is the district."""
    return [machine_actor(task, district) for district in districts(on)]
