"""The order in which families that wait should be reported where a town's quota does not reach for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.areas import scope_of
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.applications import families_of
from linli.domains.charity.queries.campaigns import quota_left, town_code
from linli.domains.charity.rules import Candidate, Place, order


@dataclass(frozen=True)
class OrderRow:
    """One family in the proposed order of its town."""

    application: Any
    town: str
    place: Place

    @property
    def pk(self) -> int:
        return int(self.application.pk)


def proposal(campaign: Campaign, on: date, area: str = "") -> list[OrderRow]:
    """Families of the present scope (or of an area in it) that were not reported yet, town by town in the proposed order."""
    waiting = Application.objects.filter(campaign=campaign, state="open", reported_on=None).select_related("case", "person")
    if area:
        scope = scope_of(area)
        waiting = waiting.filter(area__gte=scope.lo, area__lt=scope.hi)
    towns: dict[str, list[Application]] = {}
    for one in waiting.order_by("id"):
        towns.setdefault(town_code(one.area), []).append(one)
    return [row for town in sorted(towns) for row in _of_town(campaign, town, towns[town], on)]


def _of_town(campaign: Campaign, town: str, waiting: Sequence[Application], on: date) -> Iterable[OrderRow]:
    known = {one.pk: one for one in waiting}
    places = order(_candidates(waiting, on), quota_left(campaign, town))
    return [OrderRow(known[place.candidate.id], town, place) for place in places]


def _candidates(waiting: Sequence[Application], on: date) -> list[Candidate]:
    """A family outside of the scope is not told apart by its statuses; it stands among the others."""
    families = families_of(waiting, on)
    return [
        Candidate(one.pk, families[one.pk].facts.statuses if one.pk in families else frozenset(), one.own_cost, one.applied_on)
        for one in waiting
    ]


def in_order(applications: Sequence[Application], on: date) -> list[Application]:
    """These applications of one town as they should be reported."""
    known = {one.pk: one for one in applications}
    return [known[place.candidate.id] for place in order(_candidates(applications, on), None)]
