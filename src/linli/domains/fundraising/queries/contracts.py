"""Contracts with what is due and what was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.domains.fundraising.models import Contract, Gift, Instalment
from linli.domains.fundraising.queries.gifts import LIVE
from linli.kernel.access.rules import Forbidden

_IN_FORCE = Q(contract__ended_on=None) | Q(day__lte=F("contract__ended_on"))


def instalments(*, until: date | None = None, since: date | None = None) -> QuerySet[Any]:
    """Instalments of contracts in force on their day, with ``paid`` and ``left`` in fen, oldest first."""
    paid = (
        Gift.objects.filter(LIVE, instalment=OuterRef("pk")).order_by().values("instalment").annotate(n=Sum("amount")).values("n")
    )
    found = Instalment.objects.filter(_IN_FORCE).annotate(paid=Coalesce(Subquery(paid), 0))
    found = found.annotate(left=F("amount") - F("paid")).select_related("contract__donor")
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    return found.order_by("day", "id")


def overdue(on: date) -> QuerySet[Any]:
    """Instalments whose day is past and that are not wholly paid."""
    return instalments().filter(day__lt=on, left__gt=0)


def coming(on: date, until: date) -> QuerySet[Any]:
    """Instalments that are due from this day until another, inclusive, and not wholly paid."""
    return instalments(since=on, until=until).filter(left__gt=0)


def contracts(*, on: date, words: str = "", kind: str = "") -> QuerySet[Any]:
    """Contracts, newest first, with what is ``due`` by the day, what was ``paid``, and the day of the ``next`` instalment."""
    parts = Instalment.objects.filter(_IN_FORCE, contract=OuterRef("pk")).order_by().values("contract")
    gifts = Gift.objects.filter(LIVE, instalment__contract=OuterRef("pk")).order_by().values("instalment__contract")
    coming_up = Instalment.objects.filter(_IN_FORCE, contract=OuterRef("pk"), day__gte=on).order_by("day")
    found = Contract.objects.select_related("donor", "campaign").annotate(
        due=Coalesce(Subquery(parts.filter(day__lte=on).annotate(n=Sum("amount")).values("n")), 0),
        paid=Coalesce(Subquery(gifts.annotate(n=Sum("amount")).values("n")), 0),
        next=Subquery(coming_up.values("day")[:1]),
    )
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(number__contains=words) | Q(donor__name__contains=words))
    return found.order_by("-signed_on", "-id")


def contract_of(contract_id: int, on: date) -> Any:
    """The contract with this id. :raises Forbidden: not in the present scope."""
    found = contracts(on=on).filter(pk=contract_id).first()
    if found is None:
        raise Forbidden("没有这份合同，或它不在本单位的登记范围内。")
    return found


def instalment_of(instalment_id: int) -> Any:
    """The instalment with this id. :raises Forbidden: not in the present scope, or of a contract that has ended."""
    found = instalments().filter(pk=instalment_id).first()
    if found is None:
        raise Forbidden("没有这一期付款，或它的合同不在本单位的登记范围内。")
    return found
