"""What the actions share: a move of an order is a conditional update and an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from linli.base.text import tidy
from linli.kernel.access.actions import about
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.orders.models import Desk, Order, OrderEvent
from linli.kernel.orders.queries import enters_for, serves
from linli.kernel.orders.rules import Move, Stage, after, refusal

KIND = "orders.order"
LONGEST = 2000


def event(
    order: Order, move: Move, *, by: Actor, at: datetime, text: str = "", desk: Desk | None = None, **facts: Any
) -> OrderEvent:
    """Write down what happened."""
    return OrderEvent.objects.create(
        order=order, move=move.value, at=at, by_id=by.staff_id, desk_id=(desk.pk if desk else order.desk_id),
        text=text[:LONGEST], facts=facts, round=order.round, area=order.area,
    )  # fmt: skip


def go(
    order: Order, move: Move, *, by: Actor, at: datetime, text: str = "", desk: Desk | None = None,
    values: dict[str, Any] | None = None, **facts: Any,
) -> Order:  # fmt: skip
    """One allowed move: the order changes only if it still stands as it was read, and the event is written.

    :raises Refused: the move is not allowed where the order stands.
    :raises Stale: somebody else was quicker.
    """
    keep_apart(by, order)
    stage = Stage(order.stage)
    goal = after(stage, move)
    if goal is None:
        raise Refused(refusal(stage, move))
    _change(order, {"stage": goal.value, **(values or {})})
    event(order, move, by=by, at=at, text=text, desk=desk, **facts)
    about(KIND, order.pk, area=order.area, move=move.value)
    return order


def keep_apart(by: Actor, order: Order) -> None:
    """Who is complained of neither handles the complaint nor opens it (回避)."""
    if by.staff_id is not None and order.about_staff_id == by.staff_id:
        raise Forbidden("投诉对象是本人，应当回避，不能查看和办理。")


def _change(order: Order, values: dict[str, Any]) -> None:
    same = Order.objects.filter(pk=order.pk, stage=order.stage, version=order.version)
    if not same.update(**values, version=F("version") + 1):
        raise Stale
    for name, value in values.items():
        setattr(order, name, value)
    order.version += 1


def need_desk(by: Actor, order: Order) -> Desk:
    """The leading desk, when this post belongs to it or enters for it. :raises Forbidden: it does not."""
    if order.desk is None or not (serves(by, order.desk) or enters_for(by, order.desk)):
        raise Forbidden("这件工单由主办单位办理，本岗位可以查看，不能代办。")
    return order.desk


def need_words(text: str, field: str, label: str, least: int = 2) -> str:
    """What was typed, tidied; refused when it says nothing."""
    said = tidy(text)
    if len(said) < least:
        raise Refused(f"{label}写得太短，请写清楚，至少{least}个字。" if said else f"请填写{label}。", field=field)
    return said[:LONGEST]


def centre_of(area: str) -> str:
    """The code of the district, where an order lies while no desk has it."""
    return f"{area[:6]}000000"
