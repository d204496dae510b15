"""What the leading desk does: sign, call the caller, ask for time, settle the matter and say how."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders.actions.common import KIND, event, go, need_desk, need_words
from linli.kernel.orders.actions.dispatching import settle
from linli.kernel.orders.models import Ask, Help, Order
from linli.kernel.orders.queries import ends_in_writing, helpers_owing, is_late, is_reader, longest_more, orders, serves, term_of
from linli.kernel.orders.rules import (
    OPEN,
    AskKind,
    Move,
    Stage,
    StopGround,
    late,
    later,
    limit,
    moved,
)

NOT_NEEDED = "主办单位撤回了协办请求，不用再答复。"


@action("orders.handle")
def sign(*, by: Actor, at: datetime, order: Order) -> Order:
    """The desk takes the order in. The first that signs stays in the lead whatever else is found out (首接负责)."""
    desk = need_desk(by, order)
    if not is_reader(by, order):
        raise Refused("这是保密工单，由指定的知情人签收。")
    return go(order, Move.SIGNED, by=by, at=at, values={"signed_at": at, "first_desk": order.first_desk or desk})


@action("orders.handle")
def contact(*, by: Actor, at: datetime, order: Order, note: str, begin: bool = False) -> Order:
    """Somebody of the desk spoke to the caller; the first time stops the clock of the first contact.

    ``begin``: the term of handling begins with it, as that of a petition does when it is accepted.
    """
    need_desk(by, order)
    said = need_words(note, "note", "联系情况")
    values: dict[str, Any] = {"contacted_at": order.contacted_at or at}
    if begin:
        values["handle_due"] = term_of(order).due(at, official_calendar())
    return go(order, Move.CONTACTED, by=by, at=at, text=said, values=values)


@action("orders.handle")
def ask_time(*, by: Actor, at: datetime, order: Order, days: int, why: str) -> Ask:
    """Ask for more time, before the time is over, once, and for no longer than the term itself."""
    desk, on = need_desk(by, order), at.astimezone(SHANGHAI).date()
    if order.extensions >= limit("extensions", on, order.place):
        raise Refused("这件工单已经延期过，不能再延。")
    if late(order.handle_due, None, at):
        raise Refused("办结时限已过，不能再申请延期，请尽快办结。")
    if not 1 <= days <= (most := longest_more(order)):
        raise Refused(f"延期应在1至{most}{term_of(order).pace.zh}之间。", field="days")
    return _ask(order, AskKind.EXTEND, by=by, at=at, desk_id=desk.pk, text=need_words(why, "why", "延期理由", 5), days=days)


@action("orders.handle")
def ask_stop(*, by: Actor, at: datetime, order: Order, ground: StopGround, why: str) -> Ask:
    """Ask that the clocks stand still for a reason that is not the desk's own."""
    desk = need_desk(by, order)
    said = need_words(why, "why", "挂起理由", 5)
    return _ask(order, AskKind.SUSPEND, by=by, at=at, desk_id=desk.pk, text=said, ground=ground.value)


def _ask(order: Order, kind: AskKind, *, by: Actor, at: datetime, text: str, **words: Any) -> Ask:
    if Ask.objects.filter(order=order, granted=None).exists():
        raise Refused("上一项申请还没有裁定，请等裁定后再申请。")
    go(order, Move.ASKED, by=by, at=at, text=text, kind=kind.value, days=words.get("days", 0))
    return Ask.objects.create(
        order=order, kind=kind.value, category=order.category, text=text[:500], asked_at=at, asked_by_id=by.own_hand,
        area=order.area, **words,
    )  # fmt: skip


@action("orders.rule")
def rule_time(*, by: Actor, at: datetime, ask: Ask, granted: bool, opinion: str) -> Order:
    """Rule on more time, or on a standstill."""
    order, said = ask.order, need_words(opinion, "opinion", "裁定意见")
    if ask.kind == AskKind.RETURN:
        raise Refused("退单请在退单裁定中办理。")
    settle(ask, by, at, granted, said)
    if not granted:
        move = Move.EXTENDED if ask.kind == AskKind.EXTEND else Move.SUPERVISED
        event(order, move, by=by, at=at, text=said, granted=False, kind=ask.kind)
        about(KIND, order.pk, area=order.area, move=move.value, granted=False)
        return order
    if ask.kind == AskKind.SUSPEND:
        return go(order, Move.SUSPENDED, by=by, at=at, text=said, values={"stopped_at": at}, granted=True, ground=ask.ground)
    due = later(order.handle_due, ask.days, term_of(order).pace, official_calendar())  # type: ignore[arg-type]
    values = {"handle_due": due, "extensions": order.extensions + 1}
    return go(order, Move.EXTENDED, by=by, at=at, text=said, values=values, granted=True, days=ask.days)


@action("orders.resume")
def resume(*, by: Actor, at: datetime, order: Order, why: str) -> Order:
    """The reason is gone: every clock that had not run out runs on, as much later as it stood still."""
    said = need_words(why, "why", "恢复办理的说明")
    if order.stopped_at is None:
        raise Refused("这件工单没有挂起。")
    if not by.may("orders.rule"):
        need_desk(by, order)
    dues: dict[str, Any] = {
        name: moved(due, order.stopped_at, at, term_of(order).pace, official_calendar())
        for name in ("contact_due", "handle_due") if (due := getattr(order, name)) is not None
    }  # fmt: skip
    return go(order, Move.RESUMED, by=by, at=at, text=said, values=dues | {"stopped_at": None})


@action("orders.supervise")
def supervise(*, by: Actor, at: datetime, order: Order, why: str) -> Order:
    """A notice that an order is late, or that somebody watches it (督办)."""
    said = need_words(why, "why", "督办要求")
    values = {"supervised": order.supervised + 1}
    return go(order, Move.SUPERVISED, by=by, at=at, text=said, values=values, late=is_late(order, at))


@action("orders.supervise")
def supervise_late(*, by: Actor, at: datetime, most: int = 500) -> int:
    """A notice for every order that has become late and was not supervised yet. Running it again does nothing more."""
    found = list(orders(at=at, late="yes").filter(supervised=0, stage__in=OPEN).order_by("received_at")[:most])
    for order in found:
        words = "系统督办：工单已超期，请立即办理并说明原因。"
        go(order, Move.SUPERVISED, by=by, at=at, text=words, values={"supervised": 1}, late=True)
    about(KIND, f"late {len(found)}", area=by.area, supervised=len(found))
    return len(found)


@action("orders.handle")
def handle(
    *, by: Actor, at: datetime, order: Order, result: str, withdraw: bool = False, in_writing: bool = False
) -> Order:  # fmt: skip
    """The matter is settled, or it is said why it cannot be. Whoever asked the same is called back, too.

    ``withdraw``: what other desks were asked to help with and have not answered is no longer wanted (decision 0041).
    ``in_writing``: a paper of its own answered the caller. A petition that ended without one could never be reviewed.

    :raises Refused: a helper still owes its answer, a request is not ruled on, nobody spoke to the caller, or a paper is due.
    """
    need_desk(by, order)
    if ends_in_writing(order) and not in_writing:
        raise Refused("信访事项要书面答复：请在“投诉和信访手续”中告知是否受理、作出处理意见，工单随之办结。")
    said = need_words(result, "result", "办理结果", 5)
    if Ask.objects.filter(order=order, granted=None).exists():
        raise Refused("还有申请没有裁定，请等裁定后再答复。")
    if order.contacted_at is None:
        raise Refused("请先联系来电人并登记联系情况，再填写办理结果。", field="result")
    _helpers_done(order, by, at, withdraw)
    values = {"handled_at": at, "result": said, "attempts": 0, "solved": None, "grade": ""}
    go(order, Move.HANDLED, by=by, at=at, text=said, values=values)
    for one in Order.objects.filter(main=order, stage=Stage.MERGED):
        go(one, Move.HANDLED, by=by, at=at, text=f"随{order.number}办理：{said}", values=values | _met_by(order, one))
    return order


def _met_by(order: Order, one: Order) -> dict[str, datetime | None]:
    """Signing and contact of an order that went along: those of the one it was merged into, but not before it came itself."""
    met = {"signed_at": order.signed_at, "contacted_at": order.contacted_at}
    return {name: getattr(one, name) or (when and max(when, one.received_at)) for name, when in met.items()}


def _helpers_done(order: Order, by: Actor, at: datetime, withdraw: bool) -> None:
    """Nobody is left to answer a question that nobody waits for; helpers sit at other seats."""
    with reach_district(by, "orders.handle"):
        owing = list(Help.objects.select_for_update(of=("self",)).filter(order=order, answered_at=None).select_related("desk"))
        if owing and not withdraw:
            names = "、".join(one.desk.name for one in owing)
            raise Refused(f"{names}还没有答复协办。请等答复；不再需要的，勾选“撤回协办请求”。", field="withdraw")
        for one in owing:
            Help.objects.filter(pk=one.pk).update(answer=NOT_NEEDED, answered_at=at, answered_by_id=by.own_hand)
            event(order, Move.HELP_GIVEN, by=by, at=at, text=NOT_NEEDED, desk=one.desk)


@action("orders.read")
def settle_with(*, by: Actor, at: datetime, order: Order, result: str) -> bool:
    """What this post settled elsewhere (an alarm that it answered) settles its desk's order, too: nobody enters it twice.

    :returns: whether it did; an order of another desk, one that is further on, or one with an open request stays as it is.
    """
    if not serves(by, order.desk) or not is_reader(by, order) or order.stage not in (Stage.SENT, Stage.WORKING):
        return False
    if Ask.objects.filter(order=order, granted=None).exists() or helpers_owing(order):
        return False
    if order.stage == Stage.SENT:
        order = sign(by=by, at=at, order=order)
    if order.contacted_at is None:
        order = contact(by=by, at=at, order=order, note=result)
    handle(by=by, at=at, order=order, result=result)
    return True
