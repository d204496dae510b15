"""Sending an order to a desk, giving it back, ruling on that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders.actions.common import KIND, event, go, need_desk, need_words
from linli.kernel.orders.actions.taking import desk_here, name_staff
from linli.kernel.orders.models import Ask, Desk, Help, Order
from linli.kernel.orders.queries import help_by_id, proposal, serves, terms_of
from linli.kernel.orders.rules import (
    OUTSIDE,
    AskKind,
    DeskKind,
    Lane,
    Move,
    Ranked,
    ReturnGround,
    Stage,
    apart,
    category,
    dues_of,
    explained,
    limit,
    objection_until,
    refusal,
)


def proposed(order: Order, at: datetime) -> list[Ranked]:
    """Who should take this order now, with reasons."""
    kind = category(order.category)
    if kind is None:
        raise Refused("这件工单的分类已停用，请先更正分类。", field="desk")
    return proposal(place=order.place, category=kind, lane=Lane(order.lane), at=at, about=order.about.area if order.about else "")


@action("orders.dispatch")
def dispatch(*, by: Actor, at: datetime, order: Order, desk_id: int | None = None, why: str = "") -> Order:
    """Send a waiting order out: to the desk that is proposed first, or to another one with a reason."""
    if order.stage not in (Stage.NEW, Stage.SENT):
        raise Refused(refusal(Stage(order.stage), Move.DISPATCHED))
    ranked = proposed(order, at)
    desk = desk_here(desk_id if desk_id is not None else ranked[0].desk) if ranked or desk_id is not None else None
    if desk is None:
        raise Refused("本区还没有设承办单位，请先设立区级兜底单位。", field="desk")
    if order.stage == Stage.SENT and desk.pk == order.desk_id:
        raise Refused("工单已在这个单位，请选择其他单位。", field="desk")
    first = bool(ranked) and desk.pk == ranked[0].desk
    said = need_words(why, "why", "改派的理由") if not first else next(iter(_why(ranked, desk.pk)), "")
    return send(order, desk, by=by, at=at, said=said, facts={"proposal": explained(ranked, desk.pk), "by_hand": not first})


def may_handle(order: Order, desk: Desk) -> bool:
    """Whether the desk is another body than the one that is complained of."""
    return order.about is None or apart(desk.area, order.about.area)


def unnamed(order: Order) -> bool:
    """Whether some office is complained of, and nobody has entered which."""
    kind = category(order.category)
    return kind is not None and kind.accuses and order.about is None


def need_named(order: Order, desk: Desk) -> None:
    """Nobody but the district is sure to be another body while nobody has entered which one is complained of.

    :raises Refused: it would go to a desk that may be the one.
    """
    if unnamed(order) and not desk.fallback and desk.pk != order.desk_id:
        raise Refused("还没有登记被投诉的单位，只能由区级中心承办。请先在“投诉和信访手续”中登记被投诉对象。", field="desk")


@action("orders.dispatch")
def withdraw(*, by: Actor, at: datetime, order: Order, desk_id: int, why: str) -> Order:
    """Take an order back from a firm or volunteer that signed for it and does not come, and send it to another desk."""
    if order.stage != Stage.WORKING or order.desk is None or DeskKind(order.desk.kind) not in OUTSIDE:
        raise Refused("只能收回企业或志愿者已签收、还没有办完的工单。")
    desk, said = desk_here(desk_id), need_words(why, "why", "收回改派的理由")
    if desk.pk == order.desk_id:
        raise Refused("工单已在这个单位，请选择其他单位。", field="desk")
    if Ask.objects.filter(order=order, granted=None).exists():
        raise Refused("还有申请没有裁定，请等裁定后再收回。")
    return send(order, desk, by=by, at=at, said=said, facts={"from": order.desk_id}, move=Move.WITHDRAWN)


def _why(ranked: list[Ranked], desk: int) -> list[str]:
    return ["；".join(one.reasons) for one in ranked if one.desk == desk]


def send(
    order: Order, desk: Desk, *, by: Actor, at: datetime, said: str, facts: dict[str, Any], move: Move = Move.DISPATCHED,
    final: bool = False, also: dict[str, Any] | None = None,
) -> Order:  # fmt: skip
    """Let an order go to a desk, with new clocks; ``also``: what else changes with it."""
    if not may_handle(order, desk):
        raise Refused("不能派给被投诉的单位或它的下级，请选择其他单位。", field="desk")
    need_named(order, desk)
    kind = category(order.category)
    dues = dues_of(Lane(order.lane), kind.terms if kind else "", at, order.place, official_calendar())
    values = {
        "desk": desk, "area": desk.area, "final": final or (desk.fallback and not unnamed(order)) or order.final,
        "dispatched_at": order.dispatched_at or at, "dispatched_by_id": by.staff_id, "sign_due": dues.sign, "signed_at": None,
        "contact_due": dues.contact, "contacted_at": None, "handle_due": dues.handle,
    }  # fmt: skip
    go(order, move, by=by, at=at, text=said, desk=desk, values=values | (also or {}), **facts)
    _take_along(order, desk)
    if order.confidential:
        name_staff(order, by, at, desk.area)
    return order


def _take_along(order: Order, desk: Desk) -> None:
    """What was merged into an order goes where it goes."""
    Order.objects.filter(main=order, stage=Stage.MERGED).update(desk=desk, area=desk.area, version=F("version") + 1)


@action("orders.handle")
def give_back(*, by: Actor, at: datetime, order: Order, ground: ReturnGround, why: str) -> Ask:
    """A desk says that an order is not its own; another person rules. As often as the bounces allow, then not any more."""
    desk = need_desk(by, order)
    most = limit("bounces", at.astimezone(SHANGHAI).date(), order.place)
    if order.final or order.bounces >= most:
        raise Refused(f"这件工单已由区级确定承办单位（退单至多{most}次），不能再退，请办理或申请协办。")
    _in_time(order, at)
    said = need_words(why, "why", "退单理由和建议的承办单位", 5)
    words: dict[str, Any] = {
        "kind": AskKind.RETURN.value, "desk": desk, "category": order.category, "ground": ground.value, "text": said[:500],
        "asked_at": at, "asked_by_id": by.own_hand, "area": order.area,
    }  # fmt: skip
    go(order, Move.RETURNED, by=by, at=at, text=said, ground=ground.value)
    return Ask.objects.create(order=order, **words)


def _in_time(order: Order, at: datetime) -> None:
    """Of a petition only in the first days: whoever keeps it longer has it."""
    sent = order.dispatched_at or at
    known = objection_until(terms_of(order), sent, order.place, official_calendar())
    if known and at > known[0]:
        last, source = known
        raise Refused(f"信访件的异议应在{last:%Y-%m-%d}以前提出（{source}），现已超过，请办理；确需协助的可以请求协办。")


@action("orders.rule")
def rule_return(
    *, by: Actor, at: datetime, ask: Ask, granted: bool, opinion: str, desk_id: int | None = None
) -> Order:
    """Rule on a return. Right: it goes to another desk, and counts as a bounce. Wrong: it stays, must be signed, and is final.

    With the last bounce that is allowed the district decides: wherever it goes now, it cannot be given back.
    """
    order, former = ask.order, ask.desk
    said = need_words(opinion, "opinion", "裁定意见")
    settle(ask, by, at, granted, said)
    if not granted:
        return send(order, former, by=by, at=at, said=said, facts={"granted": False}, move=Move.RULED, final=True)
    most = limit("bounces", at.astimezone(SHANGHAI).date(), order.place)
    last = order.bounces + 1 >= most
    ranked = [one for one in proposed(order, at) if one.desk != former.pk]
    chosen = desk_id if desk_id is not None else ranked[0].desk if ranked else None
    if chosen is None:
        raise Refused("没有其他单位可派，请先设立区级兜底单位。", field="desk")
    if chosen == former.pk:
        raise Refused("同意退单的，请派给其他单位。", field="desk")
    facts = {"granted": True, "proposal": explained(ranked, chosen)}
    send(order, desk_here(chosen), by=by, at=at, said=said, facts=facts, move=Move.RULED, final=last)
    Order.objects.filter(pk=order.pk).update(bounces=F("bounces") + 1)
    order.bounces += 1
    return order


def settle(ask: Ask, by: Actor, at: datetime, granted: bool, opinion: str) -> None:
    """The ruling of another person on what was asked. :raises Stale: somebody else was quicker."""
    by.apart_from(ask.asked_by_id, said="不能裁定自己提出的申请，请由其他人办理。")
    words = {"granted": granted, "opinion": opinion[:500], "ruled_at": at, "ruled_by_id": by.own_hand}
    if not Ask.objects.filter(pk=ask.pk, granted=None).update(**words):
        raise Stale("这项申请刚才已有人裁定，请刷新后再看。")
    ask.refresh_from_db()


@action("orders.handle")
def ask_help(*, by: Actor, at: datetime, order: Order, desk_id: int, what: str) -> None:
    """The leading desk asks another to help; it stays in the lead (首接负责)."""
    desk, other = need_desk(by, order), desk_here(desk_id)
    said = need_words(what, "what", "请对方协办的事项", 5)
    if other.pk == desk.pk:
        raise Refused("请选择本单位以外的单位。", field="desk")
    if order.confidential:
        raise Refused("保密工单不能请其他单位协办，请联系区级中心。")
    if not may_handle(order, other):
        raise Refused("不能请被投诉的单位或它的下级协办。", field="desk")
    need_named(order, other)
    go(order, Move.HELPED, by=by, at=at, text=said, helper=other.name)
    with reach_district(by, "orders.handle"), transaction.atomic():
        if Help.objects.filter(order=order, desk=other, answered_at=None).exists():
            raise Refused("已请这个单位协办，还没有答复。", field="desk")
        Help.objects.create(
            order=order, desk=other, number=order.number, category=order.category, address=order.address, what=said[:500],
            asked_at=at, asked_by_id=by.own_hand, asked_from=desk, area=other.area,
        )  # fmt: skip


@action("orders.handle")
def give_help(*, by: Actor, at: datetime, help_id: int, answer: str) -> None:
    """The helping desk says what it did; the leading desk reads it on the order."""
    asked = help_by_id(help_id)
    if not serves(by, asked.desk):
        raise Refused("协办由被请求的单位答复。")
    said = need_words(answer, "answer", "协办情况", 2)
    same = Help.objects.filter(pk=asked.pk, answered_at=None)
    if not same.update(answer=said[:1000], answered_at=at, answered_by_id=by.own_hand):
        raise Stale("这项协办刚才已有人答复，请刷新后再看。")
    with reach_district(by, "orders.handle"):
        order = Order.objects.get(pk=asked.order_id)
        event(order, Move.HELP_GIVEN, by=by, at=at, text=said, desk=asked.desk)
    about(KIND, asked.order_id, area=by.area, move=Move.HELP_GIVEN.value)

