"""Money that comes, goes at once, moves between funds; and the mending of what was posted wrongly."""

from __future__ import annotations

from datetime import date

from linli.base.areas import scope_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.actions.posting import post
from linli.kernel.ledgers.models import Card, Fund, Line, Posting, Slip
from linli.kernel.ledgers.queries import account_of, cash_of, is_closed
from linli.kernel.ledgers.rules import CardEnd, Cost, Entry, FundKind, PostingKind, SlipKind, source_code


@action("ledgers.receive")
def receive(
    *, by: Actor, on: date, fund: Fund, amount: int, reference: str, memo: str, source: str = "", account: str = "",
    party: str = "",
) -> Posting:  # fmt: skip
    """Money has arrived: ``amount`` fen on the account with the code ``account``, or on the fund's own.

    :raises Refused: the amount is not above zero, or the reference was used.
    """
    _check_amount(amount)
    into = account_of(fund.book, account) if account else cash_of(fund)
    origin = account_of(fund.book, source_code(FundKind(fund.kind)))
    entries = [Entry(into.pk, fund.pk, amount), Entry(origin.pk, fund.pk, -amount, party=party)]
    posting = post(
        by=by, on=on, at=fund, kind=PostingKind.RECEIVE, reference=reference, memo=memo, entries=entries, source=source
    )
    about("ledgers.posting", posting.pk, area=fund.area, fund=fund.pk, amount=amount)
    return posting


@action("ledgers.spend")
def spend(
    *, by: Actor, on: date, fund: Fund, amount: int, purpose: str, reference: str, memo: str, cost: Cost = Cost.ACTIVITY,
    source: str = "", account: str = "", party: str = "",
) -> Posting:  # fmt: skip
    """Money that is spent at once, without a payment order: management costs, bank fees.

    :raises Refused: the fund has too little, or may not be spent on this purpose.
    """
    _check_amount(amount)
    spent, paid_from = account_of(fund.book, cost.code), account_of(fund.book, account) if account else cash_of(fund)
    entries = [Entry(spent.pk, fund.pk, amount, purpose=purpose, party=party), Entry(paid_from.pk, fund.pk, -amount)]
    posting = post(by=by, on=on, at=fund, kind=PostingKind.SPEND, reference=reference, memo=memo, entries=entries, source=source)
    about("ledgers.posting", posting.pk, area=fund.area, fund=fund.pk, amount=amount)
    return posting


@action("ledgers.spend")
def transfer(
    *, by: Actor, on: date, fund: Fund, to: Fund, amount: int, purpose: str, reference: str, memo: str
) -> tuple[Posting, Posting]:
    """Money handed from one fund to another, in the same books or in those of a town: what leaves here arrives there.

    :raises Refused: the fund has too little or may not be spent on this purpose.
    """
    if fund.pk == to.pk:
        raise Refused("拨出与拨入是同一项资金，请重新选择。", field="to")
    _check_amount(amount)
    spent, bank = account_of(fund.book, Cost.ACTIVITY.code), cash_of(fund)
    there, origin = cash_of(to), account_of(to.book, source_code(FundKind(to.kind)))
    words = {"by": by, "on": on, "kind": PostingKind.TRANSFER, "memo": memo, "source": f"ledgers.transfer:{reference}"}
    out = [Entry(spent.pk, fund.pk, amount, purpose=purpose, party=f"ledgers.Fund:{to.pk}"), Entry(bank.pk, fund.pk, -amount)]
    into = [Entry(there.pk, to.pk, amount), Entry(origin.pk, to.pk, -amount, party=f"ledgers.Fund:{fund.pk}")]
    halves = [(fund, f"{reference}:out", out), (to, f"{reference}:in", into)]
    left, arrived = (
        post(at=half, reference=name, entries=entries, **words)  # type: ignore[arg-type]
        for half, name, entries in halves
    )
    about("ledgers.posting", left.pk, area=fund.area, amount=amount, to=to.pk)
    return left, arrived


@action("ledgers.spend")
def move_money(*, by: Actor, on: date, fund: Fund, amount: int, account: str, to: str, reference: str, memo: str) -> Posting:
    """Money of a fund moves between two accounts of its books: cash fetched from the bank, or brought there.

    :raises Refused: the first account holds too little of the fund.
    """
    _check_amount(amount)
    left, arrived = account_of(fund.book, account), account_of(fund.book, to)
    if left.pk == arrived.pk:
        raise Refused("转出与转入是同一科目，请重新选择。", field="to")
    entries = [Entry(arrived.pk, fund.pk, amount), Entry(left.pk, fund.pk, -amount)]
    posting = post(by=by, on=on, at=fund, kind=PostingKind.TRANSFER, reference=reference, memo=memo, entries=entries)
    about("ledgers.posting", posting.pk, area=fund.area, fund=fund.pk, amount=amount)
    return posting


@action("ledgers.reverse")
def reverse(*, by: Actor, on: date, posting: Posting, reason: str) -> Posting:
    """A wrong posting is answered by its mirror image; both stay. A second person does it.

    :raises Refused: it was reversed already, it is itself a reversal, the money has been used since, or it belongs to
        a payment order (which is cancelled or recovered instead).
    """
    if posting.staff_id is not None and posting.staff_id == by.staff_id:
        raise Refused("凭证须由另一人冲正，不能冲正本人所记的凭证。")
    if posting.kind == PostingKind.REVERSE.value:
        raise Refused("冲正凭证不能再冲正，请另记一张正确的凭证。")
    if Posting.objects.filter(reverses=posting).exists():
        raise Refused("这张凭证已经冲正，无需再次办理。")
    if not reason.strip():
        raise Refused("请填写冲正原因。", field="reason")
    lines = list(Line.objects.filter(posting=posting).order_by("id"))
    if not lines or not scope_of(by.area).contains(posting.area):
        raise Refused("没有这张凭证，或它不在本辖区的账簿内。")
    if Slip.objects.filter(posting=posting).exclude(kind=SlipKind.GIFT.value).exists():
        raise Refused("这张凭证由物资单产生：发放的请办理退回，短少的请办理报损。")
    if posting.kind == PostingKind.CARD_USE.value:
        _check_card(lines)
    elif any(line.order_id for line in lines):
        raise Refused("这张凭证由付款单产生，请在付款单上办理取消或追回。")
    entries = [
        Entry(line.account_id, line.fund_id, -line.amount, line.unit, line.purpose, line.order_id, line.party) for line in lines
    ]
    mirror = post(
        by=by, on=on, at=posting, kind=PostingKind.REVERSE, reference=f"reverse:{posting.pk}",
        memo=f"冲正 {posting.memo}：{reason}", entries=entries, source=posting.source, reverses=posting,
        belongs_on=posting.day if is_closed(posting.book, posting.day) else None,
    )  # fmt: skip
    about("ledgers.posting", mirror.pk, area=posting.area, reverses=posting.pk)
    return mirror


def _check_card(lines: list[Line]) -> None:
    orders = [line.order_id for line in lines if line.order_id]
    if Card.objects.filter(order__in=orders).exclude(ended_why__in=["", CardEnd.LOST.value]).exists():
        raise Refused("这张救助卡已经收回或取消，余额已释放，不能再冲正它的消费。")


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise Refused("金额应大于0，请修改。", field="amount")
