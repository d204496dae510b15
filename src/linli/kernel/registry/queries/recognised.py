"""What people are recognised as and where they belong, of everybody at once: for comparing registers in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.kernel.registry.models import Membership, Status
from linli.kernel.registry.queries.people import running


def recognised(kinds: Iterable[str], on: date, grades: Iterable[str] = ()) -> QuerySet[Any]:
    """Statuses of these kinds (and grades) that run on this day; ``whose`` is the person, of a merged row the survivor."""
    words = {"kind__in": list(kinds)} | ({"grade__in": list(grades)} if grades else {})
    return _whose(Status.objects.filter(running(on), **words))


def belonging(on: date) -> QuerySet[Any]:
    """Who belongs to which household on this day; ``whose`` as in :func:`recognised`."""
    return _whose(Membership.objects.filter(running(on)))


def at_home(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """These rows about a ``person``, each with the household to which the person belongs on the day as ``home``.

    A plain join on the row's own person: on a computed one the planner compares everybody with everybody.
    """
    runs = Q(person__memberships__until=None) | Q(person__memberships__until__gt=on)
    found = rows.filter(runs, person__memberships__since__lte=on)
    homes: QuerySet[Any] = found.annotate(home=F("person__memberships__household_id"))
    return homes


def _whose(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(whose=Coalesce(F("person__merged_into_id"), F("person_id")))
    return found
