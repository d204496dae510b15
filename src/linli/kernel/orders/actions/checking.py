"""Closed orders are drawn by lot and their callers asked, besides those who have to be called back."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from linli.base.days import SHANGHAI
from linli.base.lots import digest_of_list
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders.actions.calling import reopen
from linli.kernel.orders.actions.common import KIND, keep_apart
from linli.kernel.orders.models import CallDraw, Check, OrderEvent
from linli.kernel.orders.queries import serves, to_draw
from linli.kernel.orders.queries.orders import day_begins
from linli.kernel.orders.rules import DISSATISFIED, CallOutcome, Move, Satisfaction, Stage, draw_checks, limit


@action("orders.draw_checks")
def draw_calls(*, by: Actor, at: datetime, first: date, last: date) -> CallDraw:
    """Draw a share of the orders closed in these days, by kind of matter and desk. A period is drawn once, an order once a round.

    :raises Refused: the period is not over or was drawn, or nothing can be drawn from it.
    """
    if last < first:
        raise Refused("截止日期应不早于开始日期。", field="last")
    if day_begins(last + timedelta(days=1)) > at:
        raise Refused("这个时期还没有结束，请在结束以后抽样。", field="last")
    share = limit("check_share", last, by.area)
    rows = list(to_draw(first, last).values_list("pk", "category", "desk"))
    if not rows or not share:
        raise Refused("这个时期没有可以抽样的办结工单：需要回访的已经逐件回访，保密的和没有留电话的不抽。", field="first")
    seed = secrets.token_hex(16)
    lot = draw_checks(seed, rows, share)
    words = {"share": share, "seed": seed, "framed": len(rows), "digest": digest_of_list(pk for pk, *_ in rows)}
    try:
        with transaction.atomic():
            made = CallDraw.objects.create(
                first=first, last=last, size=len(lot), drawn_at=at, drawn_by_id=by.own_hand, area=by.area, **words
            )
            rounds = dict(to_draw(first, last).filter(pk__in=lot).values_list("pk", "round"))
            Check.objects.bulk_create([Check(draw=made, order_id=pk, round=rounds[pk], area=by.area) for pk in lot])
    except IntegrityError as fault:
        raise Refused("这个时期（或其中的工单）已经抽过样，不能重抽。", field="first") from fault
    about("orders.draw", made.pk, area=by.area, first=first.isoformat(), last=last.isoformat(), size=len(lot))
    return made


@action("orders.call_back")
def check_call(
    *, by: Actor, at: datetime, check: Check, outcome: CallOutcome, solved: bool | None = None,
    grade: Satisfaction | None = None, words: str = "",
) -> Check:  # fmt: skip
    """One call about an order that was drawn. Not by whoever answered or handled it. Dissatisfied: its desk handles it again.

    :raises Refused: by the wrong hand, incomplete, or it is over.
    """
    order = check.order
    keep_apart(by, order)
    own = OrderEvent.objects.filter(order=order, move__in=[Move.HANDLED, Move.ANSWERED], by=by.staff_id)
    if serves(by, order.desk) or own.exists():
        raise Refused("抽样回访须由答复和承办以外的人办理。")
    if (outcome is CallOutcome.REACHED) != (grade is not None and solved is not None):
        raise Refused("接通的请选择是否解决和评价；没有接通的不填。", field="grade")
    if order.stage != Stage.CLOSED or order.round != check.round:
        raise Refused("这件工单已重新办理，不再抽样回访。")
    attempt = check.attempts + 1
    over = outcome is not CallOutcome.SILENT or attempt >= limit("call_attempts", at.astimezone(SHANGHAI).date(), order.place)
    same = Check.objects.filter(pk=check.pk, attempts=check.attempts, called_at=None)
    said = tidy(words)[:500]
    values = {"outcome": outcome.value, "solved": solved, "grade": grade.value if grade else "", "text": said}
    if not same.update(attempts=attempt, called_at=at if over else None, called_by_id=by.own_hand, **values):
        raise Stale
    check.refresh_from_db()
    if (grade in DISSATISFIED or solved is False) and order.desk is not None:
        reopen(by=by, at=at, order=order, why=f"抽样回访：{said or '来电人表示没有解决'}")
    about(KIND, order.pk, area=order.area, check=check.pk, outcome=outcome.value)
    return check
