"""Decisions that families do not hear gladly: whose letter was not handed over yet, and until when it has to be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from linli.base.days import official_calendar
from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import applications
from linli.domains.assistance.queries.judging import procedure

RECENT = timedelta(days=90)
"""How long a letter that was not handed over is asked after; what is older stands in the list of applications."""


def to_tell(on: date) -> list[Application]:
    """Refusals and cuts of these weeks whose letter was not handed over yet, the longest waiting first."""
    taken = Q(state="refused") | Q(former__isnull=False, amount__lt=F("received")) & Q(state__in=["granted", "ended"])
    rows = applications().filter(taken, told_on=None, decided_on__gt=on - RECENT)
    return list(rows.order_by("decided_on", "id"))


def letter_due(one: Application) -> date | None:
    """Until when its letter has to be handed over; None where the law of the day names no days."""
    assert one.decided_on is not None
    term = procedure(one.decided_on, one.area).refuse
    return term.due(one.decided_on, official_calendar()).day if term else None


def letters_due(on: date) -> list[tuple[Application, date]]:
    """What :func:`to_tell` names and has a last day."""
    return [(one, due) for one in to_tell(on) if (due := letter_due(one)) is not None]


def listed(on: date, letter: str = "", **words: Any) -> QuerySet[Application]:
    """Applications for the list. ``letter``: those of whose decision the family should have heard by now and has not."""
    found = applications(**words)
    return found.filter(pk__in=[one.pk for one, due in letters_due(on) if due < on]) if letter else found
