"""Aid that was paid and must come back (追回): decided, received in one or several sums, written off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import F

from linli.base.money import show_yuan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.posting import post
from linli.kernel.ledgers.models import BatchLine, Fund, Line, PaymentOrder, Recovery
from linli.kernel.ledgers.queries.books import account_of, cash_of
from linli.kernel.ledgers.queries.debts import owed_by_fund
from linli.kernel.ledgers.rules import (
    PAYABLE,
    RECEIVABLE,
    AccountKind,
    Channel,
    Cost,
    Entry,
    LineResult,
    PostingKind,
    parts_of,
)

Owed = Mapping[tuple[int, int], int]
"""Fen by payment and fund."""


@action("ledgers.recover")
def recover(*, by: Actor, on: date, order: PaymentOrder, reason: str) -> Recovery:
    """Paid aid is cancelled and is to be paid back: 其他应收款 against 支出, fund by fund. Nothing is free before it comes.

    :raises Refused: the order was not paid, or is being recovered already.
    """
    order = _paid(order, reason)
    if Recovery.objects.filter(order=order).exists():
        raise Refused("这笔款已经在追回，无需再次办理。")
    made = Recovery.objects.create(
        order=order, amount=order.amount, owing=order.amount, reason=reason[:200], decided_on=on,
        decided_by_id=by.staff_id or None, area=order.area,
    )  # fmt: skip
    _ask_back(by, on, order, order.amount, f"recover:{order.pk}", reason)
    about("ledgers.recovery", made.pk, area=order.area, order=order.pk, amount=order.amount)
    return made


@action("ledgers.recover")
def recover_part(
    *, by: Actor, on: date, order: PaymentOrder, amount: int, reason: str, head: Recovery | None = None
) -> Recovery:
    """A part of a payment is to be paid back; the rest stands as aid. ``head``: the debt to which it belongs.

    Of a payment of which a part was asked before, more is asked.

    :raises Refused: it was not paid, is taken back as a whole, or the amount is more than the rest of it.
    """
    order = _paid(order, reason)
    made = Recovery.objects.select_for_update().filter(order=order).first()
    if made is not None and not made.partly:
        raise Refused("这笔款已经整笔追回，无需再次办理。")
    before = made.amount if made else 0
    if not 0 < amount <= order.amount - before:
        raise Refused(f"追回金额应大于 0，且不超过这笔款还没有追回的 {show_yuan(order.amount - before)} 元。", field="amount")
    if made is None:
        made = Recovery.objects.create(
            order=order, amount=amount, owing=amount, reason=reason[:200], decided_on=on, decided_by_id=by.staff_id or None,
            area=order.area, head=head, partly=True,
        )  # fmt: skip
    else:
        Recovery.objects.filter(pk=made.pk).update(amount=before + amount, owing=F("owing") + amount)
        made.amount = before + amount
    _ask_back(by, on, order, amount, f"recover:{order.pk}:{before + amount}", reason)
    about("ledgers.recovery", made.pk, area=order.area, order=order.pk, amount=amount)
    return made


@action("ledgers.receive")
def receive_recovered(
    *, by: Actor, on: date, recovery: Recovery, amount: int, reference: str, channel: Channel = Channel.BANK
) -> int:
    """Money that comes back, shared out over the payments and funds as they are owed. What is still owed afterwards, in fen.

    :raises Refused: the amount is not above zero, is more than what is owed, or the reference was used.
    """
    def entries(fund: Fund, due: int, parts: Mapping[int, int]) -> list[Entry]:
        cash = cash_of(fund, channel)
        return [
            Entry(cash.pk, fund.pk, sum(parts.values())),
            *(Entry(due, fund.pk, -fen, order=order) for order, fen in parts.items()),
        ]

    left = _settle(by, on, recovery, amount, PostingKind.RECOVERED, reference, "追回款到账", entries)
    about("ledgers.recovery", recovery.pk, area=recovery.area, amount=amount)
    return left


def write_off_owed(by: Actor, on: date, recovery: Recovery, amount: int, reference: str, memo: str) -> int:
    """What is asked back no more is aid that was spent, as it was before it was asked. What is still owed then, in fen."""
    orders = {one.pk: one for one in PaymentOrder.objects.filter(pk__in={key for key, _ in owed_by_fund(recovery)})}

    def entries(fund: Fund, due: int, parts: Mapping[int, int]) -> list[Entry]:
        rows = []
        for key, fen in parts.items():
            cost = account_of(fund.book, Cost(orders[key].cost).code)
            rows.append(Entry(cost.pk, fund.pk, fen, purpose=orders[key].purpose_id, order=key))
            rows.append(Entry(due, fund.pk, -fen, order=key))
        return rows

    return _settle(by, on, recovery, amount, PostingKind.WRITE_OFF, reference, memo, entries)


def _paid(order: PaymentOrder, reason: str) -> PaymentOrder:
    """The payment, held. :raises Refused: no reason is given, or it was not paid."""
    if not reason.strip():
        raise Refused("请填写追回原因。", field="reason")
    order = PaymentOrder.objects.select_for_update().get(pk=order.pk)
    if not BatchLine.objects.filter(order=order, result=LineResult.PAID.value).exists():
        raise Refused("这笔款尚未发放，请办理取消付款单。")
    return order


def _ask_back(by: Actor, on: date, order: PaymentOrder, amount: int, reference: str, reason: str) -> None:
    """其他应收款 against 支出, shared out over the funds that bear the payment. :raises Refused: one of them is another's."""
    lines = Line.objects.filter(order=order)
    promised = lines.filter(account__code=PAYABLE, posting__kind=PostingKind.RESERVE.value).values_list("amount", flat=True)
    if -sum(promised) != order.amount:
        raise Refused("这笔款有其他单位承担的部分，请由区级办理追回。")
    spent = lines.filter(account__kind=AccountKind.SPEND.value).exclude(posting__kind=PostingKind.WRITE_OFF.value)
    borne: dict[int, int] = {}
    for fund_id, fen in spent.order_by("fund").values_list("fund", "amount"):
        borne[fund_id] = borne.get(fund_id, 0) + fen
    shares = parts_of(amount, borne)
    for fund in Fund.objects.filter(pk__in=shares).order_by("pk"):
        owed, cost = account_of(fund.book, RECEIVABLE), account_of(fund.book, Cost(order.cost).code)
        entries = [
            Entry(owed.pk, fund.pk, shares[fund.pk], order=order.pk),
            Entry(cost.pk, fund.pk, -shares[fund.pk], purpose=order.purpose_id, order=order.pk),
        ]
        post(
            by=by, on=on, at=fund, kind=PostingKind.RECOVER, reference=f"{reference}:{fund.pk}", memo=f"追回：{reason}",
            entries=entries, source=order.source,
        )  # fmt: skip


def _settle(
    by: Actor, on: date, recovery: Recovery, amount: int, kind: PostingKind, reference: str, memo: str,
    entries: Callable[[Fund, int, Mapping[int, int]], list[Entry]],
) -> int:  # fmt: skip
    """So much of a debt is settled, over its payments and funds as they are owed: one posting in each fund."""
    debt = Recovery.objects.select_for_update().get(pk=recovery.head_id or recovery.pk)
    owed: Owed = owed_by_fund(debt)
    left = sum(owed.values())
    if amount <= 0 or amount > left:
        raise Refused(f"金额应大于0且不超过尚欠的 {show_yuan(left)} 元，请修改。", field="amount")
    keys = list(owed)
    shares: dict[int, dict[int, int]] = {}
    for place, fen in parts_of(amount, dict(enumerate(owed.values()))).items():
        order, fund_id = keys[place]
        shares.setdefault(fund_id, {})[order] = fen
        Recovery.objects.filter(order=order).update(owing=F("owing") - fen)
    source = debt.order.source
    for fund in Fund.objects.filter(pk__in=shares).order_by("pk"):
        rows = entries(fund, account_of(fund.book, RECEIVABLE).pk, shares[fund.pk])
        post(by=by, on=on, at=fund, kind=kind, reference=f"{reference}:{fund.pk}", memo=memo, entries=rows, source=source)
    return left - amount
