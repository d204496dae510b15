"""What of the orders waits for a post: to be signed, handled, ruled on, helped with, sent out, called back."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Case, Count, Min, Q, QuerySet, When
from django.db.models.functions import Least, Left

from linli.base.days import SHANGHAI
from linli.kernel.access.rules import Actor
from linli.kernel.orders.models import Ask, Help, Order, OrderEvent
from linli.kernel.orders.queries.orders import asks, day_begins, helps, overdue
from linli.kernel.orders.rules import OPEN, Move, Stage
from linli.kernel.ui.queries import SOON

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


def late_counts(at: datetime, digits: int) -> list[tuple[Stage, str, int, int, date | None]]:
    """Open orders in the present range by stage and the area of the matter (so many digits of it): how many have a clock that has
    run out, how many one that ends soon, and the day on which the first ran out."""
    untouched = Q(stage=Stage.WORKING, contacted_at=None)
    due = Case(
        When(stage=Stage.NEW, then="dispatch_due"), When(stage=Stage.SENT, then=Least("sign_due", "handle_due")),
        When(untouched, then=Least("contact_due", "handle_due")), default="handle_due",
    )  # fmt: skip
    until = day_begins(at.astimezone(SHANGHAI).date() + SOON)
    late, soon = overdue(at), Q(due__gte=at, due__lt=until) & ~Q(stage=Stage.SUSPENDED)
    found = Order.objects.filter(stage__in=OPEN).annotate(due=due, part=Left("place", digits)).filter(late | soon).order_by()
    counted = found.values_list("stage", "part").annotate(
        late=Count("id", filter=late), count=Count("id"), oldest=Min("due", filter=late)
    )  # fmt: skip
    return [
        (Stage(stage), part.ljust(12, "0"), late, count - late, oldest.astimezone(SHANGHAI).date() if oldest else None)
        for stage, part, late, count, oldest in counted
    ]


def done_by(by: Actor) -> QuerySet[OrderEvent]:
    """What this person did last."""
    return OrderEvent.objects.filter(by=by.staff_id, move__in=OWN_MOVES).select_related("order").order_by("-id")[:MOST]
