"""Who was helped by what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from linli.kernel.ledgers.models import Benefit, Exclusion
from linli.kernel.ledgers.rules import periods_meet
from linli.kernel.registry.models import Person


def benefits_of(person_ids: Iterable[int], *, period: str = "", with_cancelled: bool = False) -> QuerySet[Benefit]:
    """The benefits of these people in the present scope, newest first; a period also finds those inside it."""
    found = Benefit.objects.filter(person_id__in=list(person_ids)).order_by("-given_on", "-id")
    if period:
        found = found.filter(period__gte=period, period__lt=period + "\U0010ffff")
    return found if with_cancelled else found.filter(cancelled_on=None)


def benefits_in(period: str) -> QuerySet[Benefit]:
    """The standing benefits of the present scope in this period or inside it, by piece of work."""
    found = Benefit.objects.filter(cancelled_on=None, period__gte=period, period__lt=period + "\U0010ffff")
    return found.order_by("source", "person_id")


def benefits_of_source(source: str) -> QuerySet[Benefit]:
    """What one piece of work entered."""
    return Benefit.objects.filter(source=source).order_by("person_id")


def standing_against(*, group: str, period: str, people: Iterable[int], on: date) -> Benefit | None:
    """The first benefit in the present scope that a claim would meet: the same group and period, or one that excludes it.

    The twin of the judgement in sql/benefits.sql, which alone decides.
    """
    rows = Person.objects.filter(pk__in=list(people)).values_list("pk", "merged_into")
    roots = {into or pk for pk, into in rows}
    known = list(Person.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots)).values_list("pk", flat=True))
    pairs = Exclusion.objects.filter(Q(first=group) | Q(second=group), since__lte=on).values_list("first", "second")
    excluded = {one for pair in pairs for one in pair} - {group}
    same = Q(group=group, period=period)
    found = Benefit.objects.filter(same | Q(group__in=excluded), person__in=known, cancelled_on=None)
    standing = found.order_by("person_id", "id")
    return next((row for row in standing if row.group == group or periods_meet(row.period, period)), None)
