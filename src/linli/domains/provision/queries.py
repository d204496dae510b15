"""Schemes and their rooms, cards and their values in force."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from linli.base.dated import Parameters, load
from linli.base.days import official_calendar
from linli.domains.provision.models import Scheme
from linli.domains.provision.rules import HomeLine, RoomFact, home_lines
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers.queries import furnished
from linli.kernel.registry.queries import rooms

FOLDER = Path(__file__).parent / "parameters"


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))


def schemes() -> QuerySet[Scheme]:
    """All schemes, newest first."""
    return Scheme.objects.select_related("goods").order_by("-id")


def scheme_of(scheme_id: int) -> Scheme:
    """The scheme with this id; Refused when there is none."""
    found = schemes().filter(pk=scheme_id).first()
    if found is None:
        raise Refused("没有这个到房项目，请从列表中选择。")
    return found


def homes_of(scheme: Scheme, on: date) -> list[HomeLine]:
    """Home by home how many rooms have their piece, in two reads."""
    facts = [RoomFact(row.pk, row.name, row.place_id, row.place.name, row.area) for row in rooms(on, kind="home")]
    return home_lines(facts, furnished(scheme.goods_id))


def rooms_without(scheme: Scheme, on: date, home: int | None = None) -> QuerySet[Any]:
    """The rooms of the homes (or of one) that have no piece yet."""
    return rooms(on, kind="home", place=home).exclude(pk__in=furnished(scheme.goods_id))


def last_day_of_use(on: date, area: str) -> date:
    """Until when a card that is handed over today can be used."""
    return law().on("provision.card.valid", on, area).term.due(on, official_calendar()).day
