"""By which day what was ordered one by one is to be with its family, where the district has set so many working days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import Min
from django.urls import reverse

from linli.base.dated import NoValue, Parameters
from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.queries import OF_RUN
from linli.kernel.ledgers.models import BatchLine, PaymentOrder
from linli.kernel.ledgers.queries import unpaid_orders
from linli.kernel.standards.queries.law import known
from linli.kernel.standards.rules import WITHIN
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched

NOTHING = Parameters(())
LOOK_BACK = timedelta(days=200)
"""House rule: what nobody paid for longer is a matter of the books."""


def no_law() -> Parameters:
    """What the program itself knows of these values."""
    return NOTHING


def order_days(sources: Mapping[int, str]) -> dict[int, date]:
    """The last day of each single order (by id and source); a month's money is told by the run that pays it."""
    single = [pk for pk, source in sources.items() if not source.startswith(OF_RUN)]
    return _days(PaymentOrder.objects.filter(pk__in=single).values_list("pk", "made_on", "area"))


def batch_days(batches: Collection[int]) -> dict[int, date]:
    """The last day of each batch of single orders: that of the oldest."""
    lines = BatchLine.objects.filter(batch__in=batches).exclude(order__source__startswith=OF_RUN).order_by()
    return _days(lines.values_list("batch").annotate(first=Min("order__made_on"), place=Min("order__area")))


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """Single orders whose money is not there, wherever they stand: in no batch, under way, or sent back by the bank."""
    on = at.astimezone(SHANGHAI).date()
    if not any(value.key == WITHIN for value in known(NOTHING)):
        return []
    rows = unpaid_orders().filter(made_on__gte=on - LOOK_BACK).exclude(source__startswith=OF_RUN)
    places = {pk: area for pk, area in rows.values_list("pk", "area")}
    days = _days(rows.values_list("pk", "made_on", "area"))
    href = reverse("ledgers:orders") if actor.may("ledgers.see") else ""
    return lines_of("单笔付款·没有到账", [(places[pk], due, 1) for pk, due in days.items()], on, digits, lambda _: href)


def _days(rows: Collection[tuple[int, date, str]]) -> dict[int, date]:
    due = cache(_due)
    found = {pk: due(made_on, area[:6]) for pk, made_on, area in rows}
    return {pk: day for pk, day in found.items() if day is not None}


def _due(made_on: date, district: str) -> date | None:
    try:
        days = known(NOTHING).on(WITHIN, made_on, f"{district}000000").count
    except NoValue:
        return None
    return official_calendar().add_working_days(made_on, days).day
