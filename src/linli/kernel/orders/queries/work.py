"""What of the orders waits for a post: to be signed, handled, ruled on, helped with, sent out, called back."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.kernel.access.rules import Actor
from linli.kernel.orders.models import Ask, Help, Order, OrderEvent
from linli.kernel.orders.queries.orders import asks, helps
from linli.kernel.orders.rules import Move, Stage

MOST = 100
OWN_MOVES = (Move.SIGNED, Move.HANDLED, Move.DISPATCHED, Move.CALLED_BACK, Move.CLOSED, Move.ANSWERED)


def own_orders(by: Actor) -> QuerySet[Order]:
    """Orders that lie at this very seat and that its staff must sign, handle or take up again, the most pressing first."""
    if not by.may("orders.handle"):
        return Order.objects.none()
    stages = [Stage.SENT, Stage.WORKING, Stage.SUSPENDED]
    mine = Order.objects.filter(area=by.area, desk__area=by.area, stage__in=stages)
    return mine.select_related("desk").order_by("handle_due", "id")


def own_helps(by: Actor) -> QuerySet[Help]:
    """What other desks ask this seat to help with."""
    return helps().filter(area=by.area) if by.may("orders.handle") else Help.objects.none()


def centre_orders(by: Actor) -> QuerySet[Order]:
    """Orders that wait at the centre: to be sent out, and to be called back about."""
    wanted = Q(pk=None)
    if by.may("orders.dispatch"):
        wanted |= Q(stage=Stage.NEW)
    if by.may("orders.call_back"):
        wanted |= Q(stage=Stage.HANDLED)
    return Order.objects.filter(wanted).select_related("desk").order_by("received_at", "id")


def own_asks(by: Actor) -> QuerySet[Ask]:
    """What this person may rule on: whatever somebody else asked."""
    return asks().exclude(asked_by=by.staff_id) if by.may("orders.rule") else Ask.objects.none()


def done_by(by: Actor) -> QuerySet[OrderEvent]:
    """What this person did last."""
    return OrderEvent.objects.filter(by=by.staff_id, move__in=OWN_MOVES).select_related("order").order_by("-id")[:MOST]
