"""Orders that may be drawn for a check, draws, and checks that are to be called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from linli.base.lots import digest_of_list
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.orders.models import CallBack, CallDraw, Check, Order, OrderEvent
from linli.kernel.orders.queries.confidence import serves
from linli.kernel.orders.queries.orders import day_begins
from linli.kernel.orders.rules import CallOutcome, Move, Stage, draw_checks, missed_weeks


def to_draw(first: date, last: date) -> QuerySet[Order]:
    """Orders closed in these days whose caller nobody of the centre has reached in the last round: answered at once, graded by
    the caller on the web, or not reached. Without a number nobody can be called; confidential ones are left to those named.
    """
    same = {"order": OuterRef("pk"), "round": OuterRef("round")}
    reached = CallBack.objects.filter(outcome=CallOutcome.REACHED, by__isnull=False, **same)
    drawn = Check.objects.filter(**same)
    days = {"closed_at__gte": day_begins(first), "closed_at__lt": day_begins(last + timedelta(days=1))}
    found = Order.objects.filter(stage=Stage.CLOSED, confidential=False, phone_sealed__isnull=False, **days)
    return found.exclude(Exists(reached)).exclude(Exists(drawn)).order_by("pk")


def draws() -> QuerySet[CallDraw]:
    """All draws without their frames, the newest first."""
    return CallDraw.objects.defer("frame").select_related("drawn_by").order_by("-last", "-pk")


def draws_told() -> Any:
    """Draws with how many are still to be called and how many said how it was, for a list."""
    left = Q(checks__called_at=None, checks__order__stage=Stage.CLOSED, checks__order__round=F("checks__round"))
    reached = Q(checks__outcome=CallOutcome.REACHED)
    return draws().annotate(left=Count("checks", filter=left), reached=Count("checks", filter=reached))


def undrawn(on: date, most: int) -> list[tuple[date, date]]:
    """Which of the last weeks nobody has drawn."""
    return missed_weeks(on, draws().values_list("first", "last"), most)


def draw_by_id(draw_id: int) -> CallDraw:
    """The draw with its frame. :raises Forbidden: there is none in the own area."""
    found = CallDraw.objects.select_related("drawn_by").filter(pk=draw_id).first()
    if found is None:
        raise Forbidden("没有这次抽样，或不在本辖区内。")
    return found


def drawn_again(draw: CallDraw) -> bool | None:
    """Whether seed, share and frame give the same orders again; None: the frame was not kept (drawn before it was)."""
    if draw.frame is None:
        return None
    rows = [(pk, category, desk) for pk, category, desk in draw.frame]
    same = set(draw_checks(draw.seed, rows, draw.share)) == set(draw.checks.values_list("order", flat=True))
    return same and digest_of_list(pk for pk, *_ in rows) == draw.digest


def checks(*, open_only: bool = False, draw: CallDraw | None = None) -> QuerySet[Check]:
    """Checks with their orders; those that are to be called, by the day of closing."""
    found = Check.objects.select_related("order__desk", "draw", "called_by").order_by(F("order__closed_at").asc(), "pk")
    found = found.filter(draw=draw) if draw else found
    return found.filter(called_at=None, order__stage=Stage.CLOSED, order__round=F("round")) if open_only else found


def check_by_id(check_id: int) -> Check:
    """The check. :raises Forbidden: there is none in the own area."""
    found = checks().filter(pk=check_id).first()
    if found is None:
        raise Forbidden("没有这件抽样回访，或不在本辖区内。")
    return found


def may_check(by: Actor, order: Order) -> bool:
    """Whether this person neither answered nor handled the order."""
    own = OrderEvent.objects.filter(order=order, move__in=[Move.HANDLED, Move.ANSWERED], by=by.staff_id)
    return not serves(by, order.desk) and not own.exists()


def checked_between(first: date, last: date) -> Any:
    """Checks in which somebody was reached and judged, by the day of the call."""
    days = {"called_at__gte": day_begins(first), "called_at__lt": day_begins(last + timedelta(days=1))}
    return Check.objects.filter(outcome=CallOutcome.REACHED, **days).select_related("order")
