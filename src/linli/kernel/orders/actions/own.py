"""What somebody took down and what has gone to another seat since: the taker reads the own words, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor
from linli.kernel.orders.actions.common import KIND
from linli.kernel.orders.models import Order

RECENT, MOST = timedelta(days=365), 200


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
def own_taken(*, by: Actor, at: datetime, order_id: int | None = None) -> list[OwnTaken]:
    """The orders that this person took down in the last year, the newest first; or one of all times."""
    with reach_district(by, "orders.take"):
        found = Order.objects.filter(received_by=by.staff_id).select_related("desk").order_by("-received_at", "id")
        found = found.filter(pk=order_id) if order_id else found.filter(received_at__gte=at - RECENT)
        mine = [_own(one) for one in found[:MOST] if one.about_staff_id != by.staff_id] if by.staff_id else []
    about(KIND, order_id or "own", area=by.area, own=len(mine))
    return mine


def _own(one: Order) -> OwnTaken:
    return OwnTaken(
        one.pk, one.number, one.category, one.place, one.received_at, one.stage, one.desk.name if one.desk else "",
        one.handle_due, one.closed_at, one.confidential, one.caller, one.address, one.text,
    )  # fmt: skip
