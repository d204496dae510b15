"""Who was helped by what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from linli.kernel.ledgers.models import Benefit


def benefits_of(person_ids: Iterable[int], *, period: str = "", with_cancelled: bool = False) -> QuerySet[Benefit]:
    """The benefits of these people in the present scope, newest first; a period also finds those inside it."""
    found = Benefit.objects.filter(person_id__in=list(person_ids)).order_by("-given_on", "-id")
    if period:
        found = found.filter(period__gte=period, period__lt=period + "\U0010ffff")
    return found if with_cancelled else found.filter(cancelled_on=None)


def benefits_of_source(source: str) -> QuerySet[Benefit]:
    """What one piece of work entered."""
    return Benefit.objects.filter(source=source).order_by("person_id")
