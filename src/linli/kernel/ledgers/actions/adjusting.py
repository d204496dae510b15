"""Counting the store and reporting losses: one person says what is there, a second one has the difference posted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions.books import complete_chart
from linli.kernel.ledgers.actions.goods import post_slip
from linli.kernel.ledgers.models import Adjustment, Balance
from linli.kernel.ledgers.queries import account_of
from linli.kernel.ledgers.rules import (
    FOUND,
    LOST,
    AccountKind,
    AdjustKind,
    AdjustState,
    Entry,
    PostingKind,
    SlipKind,
)


@action("ledgers.goods")
def count_goods(*, by: Actor, on: date, stock: Balance, found: int, reason: str = "") -> Adjustment:
    """So many pieces were found (盘点). No difference: that is noted. A difference waits for a second person.

    :raises Refused: below zero, a difference without a reason, or an earlier count of these goods still waits.
    """
    if found < 0:
        raise Refused("实有数量不能小于0，请修改。", field="found")
    return _report(by, on, stock, AdjustKind.COUNT, found, reason)


@action("ledgers.goods")
def report_loss(*, by: Actor, on: date, stock: Balance, pieces: int, reason: str) -> Adjustment:
    """So many pieces are broken, spoilt or lost (报损); a second person has them written off.

    :raises Refused: no number above zero, more than are in store, no reason, or another report still waits.
    """
    if pieces <= 0:
        raise Refused("数量应大于0，请修改。", field="pieces")
    booked = _booked(stock)
    if pieces > booked:
        raise Refused(f"报损数量超过库存：现存 {booked:,}，报损 {pieces:,}。请核对。", field="pieces")
    return _report(by, on, stock, AdjustKind.LOSS, booked - pieces, reason)


@action("ledgers.check_goods")
def approve_adjustment(*, by: Actor, on: date, adjustment: Adjustment, answer: str = "") -> Adjustment:
    """The second person agrees: the difference is posted, and the slip says so.

    :raises Refused: it is one's own report, or the store has too few by now.
    """
    _waits(by, adjustment)
    fund, store, pieces = adjustment.fund, adjustment.store, abs(adjustment.difference)
    complete_chart(fund.book, fund.area)
    gone = adjustment.difference < 0
    other = account_of(fund.book, LOST if gone else FOUND)
    sign = -1 if gone else 1
    accounts = ((store, sign), (other, -sign))
    entries = [Entry(account.pk, fund.pk, side * pieces, adjustment.goods_id) for account, side in accounts]
    slip = post_slip(
        by=by, on=on, fund=fund, store=store, goods=adjustment.goods_id, pieces=pieces, entries=entries,
        kind=SlipKind.LOSS if gone else SlipKind.FOUND,
        posting=PostingKind.GOODS_LOST if gone else PostingKind.GOODS_FOUND, reference=f"adjustment:{adjustment.pk}",
        memo=f"{AdjustKind(adjustment.kind).zh}：{adjustment.goods.name}{adjustment.difference:+d}，{adjustment.reason}",
        note=adjustment.reason,
    )  # fmt: skip
    return _decide(by, on, adjustment, AdjustState.APPROVED, answer, slip.pk)


@action("ledgers.check_goods")
def refuse_adjustment(*, by: Actor, on: date, adjustment: Adjustment, answer: str) -> Adjustment:
    """The second person does not agree: the books stay, and the store is looked at again."""
    _waits(by, adjustment)
    if not answer.strip():
        raise Refused("请填写不同意的理由。", field="answer")
    return _decide(by, on, adjustment, AdjustState.REFUSED, answer, None)


def _report(by: Actor, on: date, stock: Balance, kind: AdjustKind, found: int, reason: str) -> Adjustment:
    booked = _booked(stock)
    even = found == booked
    if not even and not reason.strip():
        raise Refused("账实不符，请填写原因。", field="reason")
    try:
        with transaction.atomic():
            made = Adjustment.objects.create(
                kind=kind.value, store=stock.account, fund=stock.fund, goods_id=stock.unit, booked=booked, found=found,
                difference=found - booked, reason=reason.strip()[:200], made_on=on, made_by_id=by.own_hand, area=stock.area,
                state=(AdjustState.EVEN if even else AdjustState.WAITING).value,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这种物资还有一张盘点报损单待复核，请先办结再登记。") from fault
    about("ledgers.adjustment", made.pk, area=made.area, difference=made.difference)
    return made


def _booked(stock: Balance) -> int:
    held = Balance.objects.filter(pk=stock.pk, account__kind=AccountKind.STORE.value).values_list("amount", flat=True).first()
    if held is None:
        raise Refused("没有这种库存物资，请刷新后再看。")
    return held


def _waits(by: Actor, adjustment: Adjustment) -> None:
    by.apart_from(adjustment.made_by_id, said="盘点报损须由另一人复核，不能复核本人登记的。")
    if not Adjustment.objects.filter(pk=adjustment.pk, state=AdjustState.WAITING.value).exists():
        raise Stale()


def _decide(by: Actor, on: date, one: Adjustment, state: AdjustState, answer: str, slip: int | None) -> Adjustment:
    changed = Adjustment.objects.filter(pk=one.pk, state=AdjustState.WAITING.value).update(
        state=state.value, decided_on=on, decided_by_id=by.own_hand, answer=answer.strip()[:200], slip_id=slip
    )
    if not changed:
        raise Stale()
    about("ledgers.adjustment", one.pk, area=one.area, state=state.value)
    one.refresh_from_db()
    return one
