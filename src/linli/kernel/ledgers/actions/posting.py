"""Landing postings in the books, and the database's refusals in the office's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction

from linli.base.money import show_yuan
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.ledgers.models import Fund, FundBalance, Posting, Purpose
from linli.kernel.ledgers.rules import FEN, Entry, PostingKind, is_balanced

LINES = """
    insert into ledgers_line (posting_id, account_id, fund_id, unit, amount, purpose, order_id, party, area)
    select %s, l.account, l.fund, l.unit, l.amount, l.purpose, l.order_id, l.party, %s
      from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::text[])
           as l(account, fund, unit, amount, purpose, order_id, party)
"""


def post(
    *, by: Actor, on: date, at: Fund | Posting, kind: PostingKind, reference: str, memo: str, entries: Sequence[Entry],
    source: str = "", reverses: Posting | None = None, belongs_on: date | None = None,
) -> Posting:  # fmt: skip
    """Land one posting with its lines in the books in which ``at`` stands, or refuse and change nothing.

    ``belongs_on``: the day in a closed month to which this correction belongs.

    :raises Refused: the reference was used, a fund has too little, or may not be spent on this.
    """
    if not is_balanced(entries):
        raise ValueError("the lines do not balance")
    with refusing(entries):
        posting = Posting.objects.create(
            reference=reference, book=at.book, area=at.area, kind=kind.value, day=on, source=source, memo=memo[:200],
            reverses=reverses, belongs_on=belongs_on, staff_id=by.staff_id or None,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(LINES, [posting.pk, at.area, *_columns(entries)])
    return posting


def _columns(entries: Sequence[Entry]) -> list[list[Any]]:
    names = ("account", "fund", "unit", "amount", "purpose", "order", "party")
    return [[getattr(entry, name) for entry in entries] for name in names]


@contextmanager
def refusing(entries: Sequence[Entry] = ()) -> Iterator[None]:
    """Whatever the database refuses inside is undone, and said in the office's words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as fault:
        refusal = _refusal(fault, entries)
        if refusal is None:
            raise
        raise refusal from fault


def _refusal(fault: DatabaseError, entries: Sequence[Entry]) -> Refused | None:
    told = getattr(fault.__cause__, "diag", None)
    if told is None:
        return None
    say = REFUSALS.get(told.constraint_name or "") or REFUSALS.get(told.sqlstate or "")
    return say(told.message_detail or "", entries) if say else None


def _too_little_money(detail: str, entries: Sequence[Entry]) -> Refused:
    wanted: dict[int, int] = {}
    for entry in entries:
        if entry.unit == FEN and entry.amount > 0:
            wanted[entry.fund] = wanted.get(entry.fund, 0) + entry.amount
    balances = FundBalance.objects.filter(fund__in=wanted).select_related("fund").order_by("fund_id")
    short = [balance for balance in balances if balance.free < wanted[balance.fund_id]]
    if not short:  # somebody else spent it and gave it back meanwhile
        return Refused("资金可用余额不足，请核对后再办理。", field="amount")
    lacking = "；".join(
        f"“{balance.fund.name}”可用 {show_yuan(balance.free)} 元，本次需要 {show_yuan(wanted[balance.fund_id])} 元"
        for balance in short
    )
    return Refused(f"资金不足，不能超出余额支出：{lacking}。请减少金额或改用其他资金。", field="amount")


def _wrong_purpose(detail: str, entries: Sequence[Entry]) -> Refused:
    told = json.loads(detail)
    fund, purpose = Fund.objects.filter(pk=told["fund"]).first(), Purpose.objects.filter(pk=told["purpose"]).first()
    if purpose is None:
        return Refused("支出没有写明用途，或用途尚未设立。请先选择用途。", field="purpose")
    name = fund.name if fund else "该资金"
    return Refused(f"“{name}”限定了用途，不能用于“{purpose.name}”。请改用其他资金，或先办理变更用途。", field="fund")


def _saying(message: str, field: str | None = None) -> Callable[[str, Sequence[Entry]], Refused]:
    return lambda detail, entries: Refused(message, field=field)


def _elsewhere(detail: str, entries: Sequence[Entry]) -> Refused:
    return Forbidden("这项资金属于其他单位的账簿，不能由本岗位记账。")


def _not_their_account(detail: str, entries: Sequence[Entry]) -> Refused:
    return Refused(f"这些业务的收款账户不是收款人本人名下登记的账户：{detail}。请先在人员页面登记账户。")


def _other_year(detail: str, entries: Sequence[Entry]) -> Refused:
    fund = Fund.objects.get(pk=int(detail))
    return Refused(f"“{fund.name}”限 {fund.year} 年度使用，不能在其他年度支出。请改用其他资金。", field="fund")


def _month_closed(detail: str, entries: Sequence[Entry]) -> Refused:
    month = date.fromisoformat(detail)
    return Refused(f"账簿已结账至 {month.year} 年 {month.month} 月，不能再记这以前的账。请记入未结账的月份，或先申请重开。")


REFUSALS: dict[str, Callable[[str, Sequence[Entry]], Refused]] = {
    "fund_free": _too_little_money,
    "balance_side": _saying("余额不足：库存数量或科目余额不够本次减少，请核对后再办理。", "amount"),
    "fund_sums": _saying("余额不足：本次减少的金额超过原来登记的金额，请核对后再办理。", "amount"),
    "fund_ceiling": _saying("超过这项资金的支出限额。请减少金额，或先调整限额。", "amount"),
    "LB003": _wrong_purpose,
    "LB005": _saying("余额不足：救助卡内余额或待付金额已被其他业务使用，请刷新后核对。", "amount"),
    "LB021": _saying("退回的数量超过这张单发放的数量，请核对以前的退回。", "pieces"),
    "LB022": _saying("这个房间已经有这种物资，达到每间房的上限，不能再发。请刷新后重新选择。", "rooms"),
    "card_use_receipt_once": _saying("这张小票已经登记，请核对小票号。", "receipt"),
    "slip_source_once": _saying("这件业务的物资已经发放过，不能再发一次。"),
    "LB006": _saying("这项资金已关闭，不能再办理业务。请改用其他资金。", "fund"),
    "LB007": _other_year,
    "LB008": _month_closed,
    "LB009": _saying("资金没有结清：银行存款、已预留、应追回和库存物资都为零后才能关闭。"),
    "LB012": _saying("这个月现在不能结账或重开：月份未过完，或以后的月份已结账。请刷新后再看。"),
    "LB013": _not_their_account,
    "LB014": _saying("这项资金只按居民议事通过的决议支出，一项决议付一次，金额与决议一致。请从通过的申请开付款单。", "fund"),
    "ledgers_posting_reference_key": _saying("这笔业务已经记账，无需再次办理。"),
    "ledgers_posting_reverses_id_key": _saying("这张凭证已经冲正，无需再次办理。"),
    "ledgers_fund_code_key": _saying("资金编号已被使用，请换一个。", "code"),
    "account_code": _saying("科目编号刚才已被使用，请重新提交。"),
    "batch_work_one_at_a_time": _saying("这个批次的同一步骤正在后台办理，请稍后查看。"),
    "fund_change_one_at_a_time": _saying("这项资金已有同样的变更等待复核，请先办完。"),
    "ledgers_batch_number_key": _saying("批次号已被使用，请换一个。", "number"),
    "42501": _elsewhere,
}
