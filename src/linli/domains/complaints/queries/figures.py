"""The rows that figures of complaints, petitions, receptions and talks count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet

from linli.domains.complaints.books import MATTER_BOOK, SESSION_BOOK
from linli.domains.complaints.models import Answer, Petition
from linli.domains.complaints.queries.complaints import ours
from linli.domains.complaints.rules import MatterResult, Occasion
from linli.kernel.figures.rules import Period
from linli.kernel.orders.queries import handled_between, received_between
from linli.kernel.records.queries import standing

Rows = Callable[[Period], Any]


def received(kind: str) -> Rows:
    """By the day on which they were received."""
    return lambda period: received_between(period.first, period.last).filter(ours(kind))


def replied(kind: str) -> Rows:
    """By the day of the last answer of the office."""
    return lambda period: handled_between(period.first, period.last).filter(ours(kind))


def replied_in_time(kind: str) -> Rows:
    """Answered within the term from being sent out; whoever needed an extension was not."""
    return lambda period: replied(kind)(period).filter(extensions=0, handled_at__lte=F("handle_due"))


def accepted_petitions(period: Period) -> QuerySet[Petition]:
    """Petitions by the day on which the petitioner was told that they are accepted."""
    return Petition.objects.filter(accepted=True, **period.within("told_on")).select_related("order")


def assigned(period: Period) -> QuerySet[Petition]:
    """Petitions that were assigned, by the day on which their result was to be reported."""
    return Petition.objects.filter(**period.within("report_due")).select_related("order")


def reported_in_time(period: Period) -> QuerySet[Petition]:
    """Those of them that were reported until that day."""
    return assigned(period).filter(reported_on__lte=F("report_due"))


def joint(period: Period) -> QuerySet[Petition]:
    """Petitions of several people, by the day on which they were received."""
    return Petition.objects.filter(people__gt=1, **period.within("order__day")).select_related("order")


def answers_up(period: Period) -> QuerySet[Answer]:
    """Answers by the day on which they were let out, also those that were taken down later."""
    return Answer.objects.filter(state__in=["up", "down"], **period.within("judged_on"))


def held(*occasions: Occasion) -> Rows:
    """Receptions, visits or talks by their day."""
    return lambda period: _rows(SESSION_BOOK).filter(f_occasion__in=list(occasions), **period.within("day"))


def raised(*occasions: Occasion) -> Rows:
    """Matters that were raised at them, by their day."""
    return lambda period: _rows(MATTER_BOOK).filter(f_occasion__in=list(occasions), **period.within("day"))


def settled(*occasions: Occasion) -> Rows:
    """Those of them that were settled or explained on the spot."""
    done = [MatterResult.SETTLED, MatterResult.EXPLAINED]
    return lambda period: raised(*occasions)(period).filter(f_result__in=done)


def _rows(book: Any) -> Any:
    return standing(book)
