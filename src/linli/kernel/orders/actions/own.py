"""What somebody took down and what has gone to another seat since: the taker reads the own words, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor
from linli.kernel.orders.actions.common import KIND
from linli.kernel.orders.models import Order
from linli.kernel.orders.queries import orders

RECENT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OwnTaken:
    """An order as its taker may see it wherever it lies: nothing of what the desk wrote. A confidential one shows no content."""

    pk: int
    number: str
    category: str
    place: str
    received_at: datetime
    stage: str
    desk: str
    handle_due: datetime | None
    closed_at: datetime | None
    confidential: bool
    caller: str
    address: str
    text: str


@action("orders.take")
def own_taken(*, by: Actor, at: datetime, begin: int = 0, end: int | None = None, **words: Any) -> tuple[list[OwnTaken], int]:
    """The orders that this person took down, the newest first, from ``begin`` to before ``end``, and how many there are.

    ``words``: as the list of all orders is searched, and ``desk``: what the name of the desk holds. Where no first day is asked
    for, those of the last year.
    """
    if not by.staff_id:
        return [], 0
    with reach_district(by, "orders.take"):
        found = _mine(by, at, **words)
        mine, many = [_own(one) for one in found[begin:end]], found.order_by().count()
    about(KIND, "own", area=by.area, own=len(mine))
    return mine, many


@action("orders.take")
def own_order(*, by: Actor, order_id: int) -> OwnTaken | None:
    """One order of all times, if this person took it down."""
    with reach_district(by, "orders.take"):
        found = Order.objects.filter(pk=order_id, received_by=by.staff_id).exclude(about_staff=by.staff_id) if by.staff_id else ()
        mine = [_own(one) for one in found]
    about(KIND, order_id, area=by.area, own=len(mine))
    return mine[0] if mine else None


def _mine(by: Actor, at: datetime, *, desk: str = "", first: date | None = None, **words: Any) -> QuerySet[Order]:
    found = orders(at=at, first=first, **words).filter(received_by=by.staff_id).exclude(about_staff=by.staff_id)
    if first is None:
        found = found.filter(received_at__gte=at - RECENT)
    return found.filter(desk__name__contains=desk) if desk else found


def _own(one: Order) -> OwnTaken:
    return OwnTaken(
        one.pk, one.number, one.category, one.place, one.received_at, one.stage, one.desk.name if one.desk else "",
        one.handle_due, one.closed_at, one.confidential, one.caller, one.address, one.text,
    )  # fmt: skip
