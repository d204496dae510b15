"""The rows that figures count: what stands in a month, what began and ended, what was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from linli.kernel.entitlements.models import Amount, Covered, Entitlement, Issue, Spell
from linli.kernel.entitlements.queries.months import counting_issues, in_month
from linli.kernel.entitlements.rules import month_of


def spells_on(day: date, programme: str = "") -> QuerySet[Spell]:
    """Entitlements of the month of the day with their class and people then, held back or not."""
    found = Spell.objects.filter(in_month(month_of(day))).select_related("entitlement__person")
    return found.filter(entitlement__programme=programme) if programme else found


def covered_on(day: date) -> QuerySet[Any]:
    """Who counts in an entitlement of the month of the day; ``whose`` is the person, of a merged row the survivor."""
    found: QuerySet[Any] = Covered.objects.filter(in_month(month_of(day))).annotate(
        whose=Coalesce(F("person__merged_into_id"), F("person_id"))
    )  # fmt: skip
    return found


def amounts_on(day: date, programme: str = "") -> QuerySet[Amount]:
    """What was decided for the month of the day, by component."""
    found = Amount.objects.filter(in_month(month_of(day))).select_related("entitlement__person")
    return found.filter(entitlement__programme=programme) if programme else found


def begun(first: date, last: date, programme: str = "") -> QuerySet[Entitlement]:
    """Entitlements whose first month begins in these days."""
    found = Entitlement.objects.filter(since__gte=first, since__lte=last).select_related("person")
    return found.filter(programme=programme) if programme else found


def ended(first: date, last: date, programme: str = "") -> QuerySet[Entitlement]:
    """Entitlements whose first month without money begins in these days."""
    found = Entitlement.objects.filter(until__gte=first, until__lte=last).select_related("person")
    return found.filter(programme=programme) if programme else found


def issues_in(first: date, last: date, programme: str = "") -> QuerySet[Issue]:
    """What was ordered in these days, less what was cancelled or taken back."""
    found = counting_issues().filter(issued_on__gte=first, issued_on__lte=last).select_related("entitlement__person")
    return found.filter(programme=programme) if programme else found
