"""Aid that was paid and must come back (追回): decided, and received in one or several sums."""

from __future__ import annotations

from datetime import date

from linli.base.money import show_yuan
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.posting import post
from linli.kernel.ledgers.models import BatchLine, Fund, Line, PaymentOrder, Recovery
from linli.kernel.ledgers.queries.books import account_of, cash_of
from linli.kernel.ledgers.queries.orders import shares_of
from linli.kernel.ledgers.rules import RECEIVABLE, AccountKind, Channel, Cost, Entry, LineResult, PostingKind, parts_of


@action("ledgers.recover")
def recover(*, by: Actor, on: date, order: PaymentOrder, reason: str) -> Recovery:
    """Paid aid is cancelled and is to be paid back: 其他应收款 against 支出, fund by fund. Nothing is free before it comes.

    :raises Refused: the order was not paid, or is being recovered already.
    """
    if not reason.strip():
        raise Refused("请填写追回原因。", field="reason")
    order = PaymentOrder.objects.select_for_update().get(pk=order.pk)
    if not BatchLine.objects.filter(order=order, result=LineResult.PAID.value).exists():
        raise Refused("这笔款尚未发放，请办理取消付款单。")
    if Recovery.objects.filter(order=order).exists():
        raise Refused("这笔款已经在追回，无需再次办理。")
    made = Recovery.objects.create(
        order=order, amount=order.amount, reason=reason[:200], decided_on=on, decided_by_id=by.staff_id or None, area=order.area
    )
    spent = Line.objects.filter(order=order, account__kind=AccountKind.SPEND.value)
    shares: dict[int, int] = {}
    for fund_id, amount in spent.values_list("fund", "amount"):
        shares[fund_id] = shares.get(fund_id, 0) + amount
    if sum(shares.values()) != order.amount:
        raise Refused("这笔款有其他单位承担的部分，请由区级办理追回。")
    for fund in Fund.objects.filter(pk__in=shares).order_by("pk"):
        owed, cost = account_of(fund.book, RECEIVABLE), account_of(fund.book, Cost(order.cost).code)
        entries = [
            Entry(owed.pk, fund.pk, shares[fund.pk], order=order.pk),
            Entry(cost.pk, fund.pk, -shares[fund.pk], purpose=order.purpose_id, order=order.pk),
        ]
        post(
            by=by, on=on, at=fund, kind=PostingKind.RECOVER, reference=f"recover:{order.pk}:{fund.pk}",
            memo=f"追回：{reason}", entries=entries, source=order.source,
        )  # fmt: skip
    about("ledgers.recovery", made.pk, area=order.area, order=order.pk, amount=order.amount)
    return made


@action("ledgers.receive")
def receive_recovered(
    *, by: Actor, on: date, recovery: Recovery, amount: int, reference: str, channel: Channel = Channel.BANK
) -> int:
    """Money that comes back, shared out over the funds as they are owed. What is still owed afterwards, in fen.

    :raises Refused: the amount is not above zero, is more than what is owed, or the reference was used.
    """
    order = PaymentOrder.objects.select_for_update().get(pk=recovery.order_id)
    owed = shares_of(order, AccountKind.RECEIVABLE)
    left = sum(owed.values())
    if amount <= 0 or amount > left:
        raise Refused(f"金额应大于0且不超过尚欠的 {show_yuan(left)} 元，请修改。", field="amount")
    parts = parts_of(amount, owed)
    for fund in Fund.objects.filter(pk__in=parts).order_by("pk"):
        cash, due = cash_of(fund, channel), account_of(fund.book, RECEIVABLE)
        entries = [Entry(cash.pk, fund.pk, parts[fund.pk]), Entry(due.pk, fund.pk, -parts[fund.pk], order=order.pk)]
        post(
            by=by, on=on, at=fund, kind=PostingKind.RECOVERED, reference=f"{reference}:{fund.pk}", memo="追回款到账",
            entries=entries, source=order.source,
        )  # fmt: skip
    about("ledgers.recovery", recovery.pk, area=order.area, amount=amount)
    return left - amount
