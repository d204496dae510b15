"""Calling back, merging repeats, taking a closed order up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.base.days import SHANGHAI, official_calendar
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders.actions.common import KIND, go, need_words
from linli.kernel.orders.models import CallBack, Order, OrderEvent
from linli.kernel.orders.queries import serves, terms_of
from linli.kernel.orders.rules import (
    DISSATISFIED,
    CallOutcome,
    Lane,
    Move,
    Satisfaction,
    Stage,
    after_call,
    apart,
    dues_of,
    limit,
)
from linli.kernel.orders.rules import category as category_of


@action("orders.call_back")
def call_back(
    *, by: Actor, at: datetime, order: Order, outcome: CallOutcome, solved: bool | None = None,
    grade: Satisfaction | None = None, words: str = "",
) -> Order:  # fmt: skip
    """One attempt to ask the caller: reached, refused, no answer, wrong number. Not by whoever handled the order. What callers
    say on the web by themselves has no hand.

    Reached: solved or not, and one of five grades. Dissatisfied: the order is handled again by its desk, as a new round.
    """
    if serves(by, order.desk) or OrderEvent.objects.filter(order=order, move=Move.HANDLED, by=by.staff_id).exists():
        raise Refused("回访须由承办单位以外的人办理。")
    if order.stage != Stage.HANDLED:
        raise Refused("这件工单现在不需要回访，请刷新后再看。")
    if (outcome is CallOutcome.REACHED) != (grade is not None and solved is not None):
        raise Refused("接通的请选择是否解决和评价；没有接通的不填。", field="grade")
    on = at.astimezone(SHANGHAI).date()
    attempt, bad = order.attempts + 1, grade in DISSATISFIED or solved is False
    attempts, rounds = limit("call_attempts", on, order.place), limit("rounds", on, order.place, terms_of(order))
    move = after_call(outcome, attempt, attempts, bad, order.round, rounds)
    values: dict[str, Any] = {"attempts": attempt, "solved": solved, "grade": grade.value if grade else ""}
    facts = {"outcome": outcome.value, "attempt": attempt, "grade": values["grade"]}
    round_, said = order.round, tidy(words)[:500]
    text = f"{outcome.zh}，{grade.zh}" if grade else outcome.zh
    go(order, move, by=by, at=at, text=f"{text}。{said}" if said else text, values=values | _beyond(move, order, at), **facts)
    CallBack.objects.create(
        order=order, round=round_, attempt=attempt, at=at, by_id=by.staff_id, outcome=outcome.value, solved=solved,
        grade=values["grade"], text=said, area=order.area,
    )  # fmt: skip
    return order


def _beyond(move: Move, order: Order, at: datetime) -> dict[str, Any]:
    """What else a call changes: an end, or a new round with new clocks."""
    if move is Move.CLOSED:
        return {"closed_at": at}
    return _again(order, at) if move is Move.REOPENED else {}


def _again(order: Order, at: datetime) -> dict[str, Any]:
    """A new round at the same desk: it is signed for already, the caller is to be called and the matter settled anew."""
    kind = category_of(order.category)
    dues = dues_of(Lane(order.lane), kind.terms if kind else "", at, order.place, official_calendar())
    return {
        "round": order.round + 1, "attempts": 0, "signed_at": order.signed_at or at, "contacted_at": None, "handled_at": None,
        "contact_due": dues.contact, "handle_due": dues.handle, "extensions": 0, "main": None, "closed_at": None,
    }  # fmt: skip


@action("orders.reopen")
def reopen(*, by: Actor, at: datetime, order: Order, why: str) -> Order:
    """The matter has come back: its desk handles it again. Its former grade stays with the call of the former round."""
    said = need_words(why, "why", "重新办理的理由", 5)
    if order.desk is None:
        raise Refused("当场答复的工单没有承办单位，请为来电人新建工单。")
    if order.stage != Stage.CLOSED:
        raise Refused("只有已办结的工单可以重新办理。")
    return go(order, Move.REOPENED, by=by, at=at, text=said, values=_again(order, at) | {"solved": None, "grade": ""})


@action("orders.merge")
def merge(*, by: Actor, at: datetime, order: Order, main: Order, why: str = "") -> Order:
    """This order is the same matter as another: it follows that one to its end, and its caller is called back as well.

    Both rows are locked in the order of their ids, so that two people who merge crosswise cannot lose both.
    """
    if order.pk == main.pk:
        raise Refused("不能并入自己。", field="main")
    both = Order.objects.select_for_update(of=("self",)).filter(pk__in=[order.pk, main.pk]).order_by("pk")
    locked = {one.pk: one for one in both}
    if len(locked) != 2:
        raise Refused("没有要并入的工单，或它不由本岗位办理。", field="main")
    own, goal = locked[order.pk], locked[main.pk]
    if goal.stage not in (Stage.NEW, Stage.SENT, Stage.WORKING) or goal.main_id:
        raise Refused("要并入的工单已办理完毕、正在裁定或已并入其他工单，请另选。", field="main")
    if own.confidential or goal.confidential:
        raise Refused("保密工单不能并单。")
    if own.about and goal.desk and not apart(goal.desk.area, own.about.area):
        raise Refused("要并入的工单由被投诉的单位办理，不能并单。", field="main")
    if Order.objects.filter(main=own, stage=Stage.MERGED).exists():
        raise Refused("已有工单并入这一件，请把另一件并入它。", field="main")
    if own.asks.filter(granted=None).exists():  # type: ignore[attr-defined]
        raise Refused("这件工单还有申请没有裁定，请先裁定。")
    said = tidy(why)[:200] or f"与{goal.number}为同一事项"
    values = {"main": goal, "desk": goal.desk, "area": goal.area}
    if goal.desk_id is None:
        values = {"main": goal}
    go(own, Move.MERGED, by=by, at=at, text=f"并入{goal.number}：{said}", values=values, main=goal.pk)
    OrderEvent.objects.create(
        order=goal, move=Move.MERGED, at=at, by_id=by.staff_id, desk_id=goal.desk_id, text=f"{own.number}并入：{said}",
        facts={"merged": own.pk}, round=goal.round, area=goal.area,
    )  # fmt: skip
    about(KIND, own.pk, area=goal.area, move=Move.MERGED.value, into=goal.pk)
    return own
