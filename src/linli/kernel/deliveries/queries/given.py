"""Reads of the record of all aid in the present scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.base.areas import scope_of
from linli.kernel.deliveries.models import Delivery
from linli.kernel.registry.queries import identities_of, statuses_running
from linli.kernel.registry.rules import after


def given(first: date, last: date) -> QuerySet[Any]:
    """All aid of these days; ``whose`` is the person helped, of a merged row the survivor."""
    found: QuerySet[Any] = Delivery.objects.filter(day__gte=first, day__lte=last)
    rows: QuerySet[Any] = found.annotate(whose=Coalesce(F("person__merged_into_id"), F("person_id")))
    return rows


def with_disabled(found: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``disabled``: whether on its day the person, or somebody of the family it went to, was recognised as disabled."""
    day = OuterRef("day")
    runs = statuses_running("disabled", day)
    own, merged = runs.filter(person=OuterRef("person")), runs.filter(person__merged_into=OuterRef("person"))
    home = runs.filter(
        Q(person__memberships__until=None) | Q(person__memberships__until__gt=day), person__memberships__since__lte=day,
        person__memberships__household=OuterRef("household"),
    )
    # three questions, each by an index of its own: one with "or" reads every status for every row
    rows: QuerySet[Any] = found.annotate(disabled=Exists(own) | Exists(merged) | Exists(home))
    return rows


def deliveries(
    *, name: str = "", stream: str = "", layer: str = "", help: str = "", area: str = "", first: date | None = None,
    last: date | None = None,
) -> QuerySet[Any]:  # fmt: skip
    """The record, newest first, narrowed by what is given; ``name`` is the beginning of one."""
    exact = {"stream": stream, "layer": layer, "help": help, "day__gte": first, "day__lte": last}
    found = Delivery.objects.filter(**{key: value for key, value in exact.items() if value})
    if name:
        found = found.filter(name__gte=name, name__lt=after(name))
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    return found.order_by("-day", "key")


def given_to(people: Iterable[Any], household: int | None = None, *, until: date) -> list[Delivery]:
    """Everything that these people, or the household, ever received, newest first."""
    whose = Q(person__in=identities_of(people))
    if household is not None:
        whose |= Q(household=household)
    return list(Delivery.objects.filter(whose, day__lte=until).order_by("-day", "key"))
