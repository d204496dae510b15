"""Closed orders are drawn by lot and their callers asked, besides those who have to be called back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.days import SHANGHAI
from linli.base.lots import digest_of_list
from linli.base.text import tidy
from linli.kernel.access.actions import about, action, scoped
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders.actions.calling import reopen
from linli.kernel.orders.actions.common import KIND, keep_apart
from linli.kernel.orders.models import CallDraw, Check
from linli.kernel.orders.queries import draws, may_check, to_draw
from linli.kernel.orders.queries.orders import day_begins
from linli.kernel.orders.rules import (
    DISSATISFIED,
    CallOutcome,
    Satisfaction,
    Stage,
    draw_checks,
    last_week,
    limit,
    week_of,
)


@action("orders.draw_checks")
def draw_calls(*, by: Actor, at: datetime, week: date) -> CallDraw:
    """Draw a share of the orders closed in the week of this day, by kind of matter and desk. A week is drawn once, an order
    once a round; a week of which nothing can be drawn is settled with an empty draw.

    :raises Refused: the week is not over or was drawn, or the place draws nothing.
    """
    first, last = week_of(week)
    if day_begins(last + timedelta(days=1)) > at:
        raise Refused("这一周还没有结束，请在结束以后抽样。", field="week")
    share = limit("check_share", last, by.area)
    if not share:
        raise Refused("抽样比例定为0，现在不抽样回访。", field="week")
    if draws().filter(first__lte=last, last__gte=first).exists():
        raise Refused("这一周已经抽过样，不能重抽。", field="week")
    rows = list(to_draw(first, last).values_list("pk", "category", "desk", "round"))
    seed = secrets.token_hex(16)
    lot = draw_checks(seed, (row[:3] for row in rows), share)
    try:
        with transaction.atomic():
            made = _kept(by, at, (first, last), rows, lot, share=share, seed=seed)
    except IntegrityError as fault:  # two drew at once
        raise Refused("这一周（或其中的工单）刚才已经抽过样，不能重抽。", field="week") from fault
    about("orders.draw", made.pk, area=by.area, first=first.isoformat(), last=last.isoformat(), size=len(lot))
    return made


def _kept(
    by: Actor, at: datetime, week: tuple[date, date], rows: Sequence[Any], lot: list[int], **words: Any
) -> CallDraw:
    """The draw with all that could be drawn, and what was."""
    made = CallDraw.objects.create(
        first=week[0], last=week[1], size=len(lot), framed=len(rows), digest=digest_of_list(row[0] for row in rows),
        frame=[list(row[:3]) for row in rows], drawn_at=at, drawn_by_id=by.staff_id, area=by.area, **words,
    )  # fmt: skip
    rounds = {row[0]: row[3] for row in rows}
    Check.objects.bulk_create([Check(draw=made, order_id=pk, round=rounds[pk], area=by.area) for pk in lot])
    return made


def draw_last_week(*, by: Actor, at: datetime) -> CallDraw | None:
    """What the weekly job does: draw the week that is over, from the day of the week on which this place draws; once."""
    on = at.astimezone(SHANGHAI).date()
    if on.isoweekday() < limit("check_weekday", on, by.area) or not limit("check_share", last_week(on)[1], by.area):
        return None
    with scoped(by):
        first, last = last_week(on)
        if draws().filter(first__lte=last, last__gte=first).exists():
            return None
    with suppress(Refused):  # somebody pressed a moment ago
        return draw_calls(by=by, at=at, week=first)
    return None


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
    if not may_check(by, order):
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
