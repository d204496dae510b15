"""Payment orders: the money is reserved as the order is made, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import connection

from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.ledgers.actions.cards import end_card_of, release_rest
from linli.kernel.ledgers.actions.posting import post, refusing
from linli.kernel.ledgers.models import BatchLine, Fund, PaymentOrder, Posting
from linli.kernel.ledgers.queries.batches import accounts_of_payee
from linli.kernel.ledgers.queries.books import account_of
from linli.kernel.ledgers.queries.orders import shares_of
from linli.kernel.ledgers.rules import PAYABLE, AccountKind, Cost, Entry, LineResult, OrderRow, PostingKind

CHUNK = 5_000
"""Orders in one transaction of a long list: what a crash can lose, and a resume makes again."""

FEW = 500

TABLES = """
    create temporary table if not exists new_order (
        source text, amount bigint, purpose text, payee text, area text, person bigint, household bigint,
        organisation bigint, account bigint, memo text, shares integer,
        id bigint default nextval('ledgers_paymentorder_id_seq')) on commit delete rows;
    create temporary table if not exists new_share (shares integer, fund bigint, amount bigint) on commit delete rows;
    truncate new_order, new_share
"""
CHANGED = """
    select n.source from new_order n join ledgers_paymentorder o on o.source = n.source
     where (o.amount, o.purpose_id, o.person_id, o.organisation_id)
           is distinct from (n.amount, n.purpose, n.person, n.organisation) order by 1 limit 5
"""
ORDERS = """
    insert into ledgers_paymentorder (id, source, amount, purpose_id, payee, area, person_id, household_id, organisation_id,
                                      account_id, memo, cost, made_on, made_by_id, cancel_reason)
    select id, source, amount, purpose, payee, coalesce((select p.area from registry_person p where p.id = n.person), n.area),
           person, household, organisation, account, memo, %s, %s, %s, ''
      from new_order n order by source
        on conflict (source) do nothing
"""
KNOWN = "delete from new_order n where not exists (select from ledgers_paymentorder o where o.id = n.id)"
BOOKS = """
    select f.book, f.area, min(o.first), max(o.last), sum(o.count)
      from (select shares, min(id) as first, max(id) as last, count(*) from new_order group by shares) o
      join (select distinct s.shares, f.book, f.area from new_share s join ledgers_fund f on f.id = s.fund) f using (shares)
     group by f.book, f.area order by f.book
"""
PROMISES = """
    insert into ledgers_line (posting_id, account_id, fund_id, unit, amount, purpose, order_id, party, area)
    select p.posting, side.account, s.fund, 'fen', side.sign * s.amount, side.purpose, o.id, '', f.area
      from new_order o join new_share s using (shares) join ledgers_fund f on f.id = s.fund
      join unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[]) as p(book, posting, spend, payable) on p.book = f.book
     cross join lateral (values (p.spend, 1, o.purpose), (p.payable, -1, '')) as side(account, sign, purpose)
"""


@dataclass(frozen=True, slots=True)
class Ordered:
    """How many orders were made now, and how many had been made before."""

    made: int
    known: int


@action("ledgers.order")
def order_payments(*, by: Actor, on: date, rows: Sequence[OrderRow], cost: Cost = Cost.ACTIVITY) -> Ordered:
    """Make payment orders and reserve their money, all or none. An order whose source is known already is left as it is.

    :raises Refused: a row is faulty, a source is known with another amount or payee, a fund has too little or may not be
        spent on the purpose.
    """
    _check_rows(rows)
    ways: dict[tuple[tuple[int, int], ...], int] = {}  # many orders are paid in few ways
    with refusing(_entries(rows)), connection.cursor() as cursor:
        cursor.execute(TABLES)
        with cursor.copy(
            "copy new_order (source, amount, purpose, payee, area, person, household, organisation, account, memo, shares) "
            "from stdin"
        ) as into:
            for row in rows:
                into.write_row(
                    (row.source, row.amount, row.purpose, row.payee, row.area, row.person, row.household, row.organisation,
                     row.account, row.memo, ways.setdefault(row.shares, len(ways)))
                )  # fmt: skip
        with cursor.copy("copy new_share (shares, fund, amount) from stdin") as into:
            for shares, number in ways.items():
                for fund, part in shares:
                    into.write_row((number, fund, part))
        if len(rows) > FEW:  # the planner would take the new rows for none, and join them one by one
            cursor.execute("analyze new_order, new_share")
        cursor.execute(CHANGED)
        if changed := [source for (source,) in cursor.fetchall()]:
            raise Refused(f"这些业务已开过付款单，而金额、用途或收款人与本次不同：{'、'.join(changed)}。请先取消原付款单。")
        cursor.execute(ORDERS, [cost.value, on, by.staff_id or None])
        made = int(cursor.rowcount)
        if made < len(rows):
            cursor.execute(KNOWN)
        if made:
            _promise(cursor, by, on, cost)
    one = {"source": rows[0].source} if len(rows) == 1 else {}  # longer than the line's own word for what it is about
    about("ledgers.order", rows[0].source[:40] if one else f"{len(rows)} rows", made=made, **one)
    return Ordered(made, len(rows) - made)


def order_in_chunks(
    *, by: Actor, on: date, rows: Iterable[OrderRow], cost: Cost = Cost.ACTIVITY, size: int = CHUNK
) -> Iterable[Ordered]:
    """A long list, one transaction for every ``size`` rows. After a crash the same call makes the missing ones only."""
    rest = iter(rows)
    while part := list(islice(rest, size)):
        yield order_payments(by=by, on=on, rows=part, cost=cost)


@action("ledgers.order")
def order_payment(
    *, by: Actor, on: date, source: str, amount: int, purpose: str, shares: Mapping[int, int], payee: str, area: str,
    person: int | None = None, household: int | None = None, organisation: int | None = None, account: int | None = None,
    memo: str = "", cost: Cost = Cost.ACTIVITY,
) -> PaymentOrder:  # fmt: skip
    """One payment order with its money reserved. ``shares``: fund id → fen (区 300 + 镇 200). No account: paid by hand.

    :raises Refused: as :func:`order_payments`, and when the source has an order already.
    """
    row = OrderRow(
        source, amount, purpose, tuple(sorted(shares.items())), payee, area, person, household, organisation, account, memo
    )
    ordered = order_payments(by=by, on=on, rows=[row], cost=cost)
    if not ordered.made:
        raise Refused("这笔业务已经开过付款单，无需再次办理。")
    order = PaymentOrder.objects.get(source=source)
    about("ledgers.order", order.pk, area=area, amount=amount)
    return order


@action("ledgers.order")
def cancel_order(*, by: Actor, on: date, order: PaymentOrder, reason: str) -> PaymentOrder:
    """Give up an order that was not paid; its money is free again. A card ends with it; what was bought stays bought.

    :raises Refused: it is paid (then it is recovered), it stands in a batch, or it was cancelled.
    """
    if not reason.strip():
        raise Refused("请填写取消原因。", field="reason")
    order = PaymentOrder.objects.select_for_update().get(pk=order.pk)
    living = BatchLine.objects.filter(order=order, result__in=["", "paid"]).first()
    if living is not None:
        paid = living.result == LineResult.PAID.value
        raise Refused("这笔款已经发放，请办理追回。" if paid else "这张付款单在发放批次中，请先作废批次或等银行回盘。")
    if order.cancelled_on is not None:
        raise Stale("这张付款单已经取消，无需再次办理。")
    PaymentOrder.objects.filter(pk=order.pk).update(cancelled_on=on, cancel_reason=reason[:200])
    if end_card_of(by=by, on=on, order=order, reason=reason):
        release_rest(by=by, on=on, order=order, reason=f"取消救助卡：{reason}")
    else:
        mirror(by=by, on=on, order=order, kind=PostingKind.RELEASE, key=f"release:{order.pk}", memo=f"取消付款：{reason}")
    about("ledgers.order", order.pk, area=order.area, cancelled=True)
    order.refresh_from_db()
    return order


@action("ledgers.mend")
def mend_order(*, by: Actor, on: date, order: PaymentOrder, account: int | None) -> PaymentOrder:
    """Put the account of an order right (None: it will be paid by hand), so that it can be paid again (补发).

    :raises Refused: it stands in a batch, is paid or cancelled, or the account is not registered for the payee.
    """
    order = PaymentOrder.objects.select_for_update().get(pk=order.pk)
    if order.cancelled_on is not None or BatchLine.objects.filter(order=order, result__in=["", "paid"]).exists():
        raise Refused("这张付款单正在发放、已发放或已取消，不能更正账户。")
    if account is not None and account not in {held.pk for held, _ in accounts_of_payee(order, on)}:
        raise Refused("这个账户不是收款人名下登记的在用账户，请先在人员页面登记。", field="account")
    PaymentOrder.objects.filter(pk=order.pk).update(account=account)
    BatchLine.objects.filter(order=order, result=LineResult.FAILED.value, mended_on=None).update(mended_on=on)
    about("ledgers.order", order.pk, area=order.area, account=account)
    order.refresh_from_db()
    return order


def mirror(*, by: Actor, on: date, order: PaymentOrder, kind: PostingKind, key: str, memo: str) -> None:
    """Take back, fund by fund, what the order still promises: 应付 against 支出."""
    shares = shares_of(order, AccountKind.PAYABLE)
    if sum(shares.values()) != order.amount:
        raise Forbidden("这张付款单有其他单位承担的部分，请由区级办理。")
    for fund in Fund.objects.filter(pk__in=shares).order_by("pk"):
        payable, spent = account_of(fund.book, PAYABLE), account_of(fund.book, Cost(order.cost).code)
        part = shares[fund.pk]
        entries = [
            Entry(payable.pk, fund.pk, part, order=order.pk),
            Entry(spent.pk, fund.pk, -part, purpose=order.purpose_id, order=order.pk),
        ]
        post(by=by, on=on, at=fund, kind=kind, reference=f"{key}:{fund.pk}", memo=memo, entries=entries, source=order.source)


def _promise(cursor, by: Actor, on: date, cost: Cost) -> None:  # type: ignore[no-untyped-def]
    """One posting for every book that shares in the new orders, and all their lines in one statement."""
    cursor.execute(BOOKS)
    books = cursor.fetchall()
    postings, spends, payables = [], [], []
    for book, area, first, last, count in books:
        posting = Posting.objects.create(
            reference=f"reserve:{first}-{last}:{book}", book=book, area=area, kind=PostingKind.RESERVE.value, day=on,
            memo=f"预留付款 {count} 笔", staff_id=by.staff_id or None,
        )  # fmt: skip
        postings.append(posting.pk)
        spends.append(account_of(book, cost.code).pk)
        payables.append(account_of(book, PAYABLE).pk)
    cursor.execute(PROMISES, [[book for book, *_ in books], postings, spends, payables])


def _check_rows(rows: Sequence[OrderRow]) -> None:
    if not rows:
        raise Refused("没有可开的付款单。")
    faults = [f"第 {number} 笔：{fault}" for number, row in enumerate(rows, 1) if (fault := row.fault())]
    if len({row.source for row in rows}) != len(rows):
        faults.append("同一业务在名单中出现了两次")
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > 5 else ""
        raise Refused(f"付款名单有误：{'；'.join(faults[:5])}{more}。请改正后重新提交。")
    unknown = {fund for row in rows for fund, _ in row.shares}
    unknown -= set(Fund.objects.filter(pk__in=unknown).values_list("pk", flat=True))
    if unknown:
        raise Forbidden("付款名单用到了不在本辖区账簿内的资金，请改用其他资金或由区级办理。")


def _entries(rows: Sequence[OrderRow]) -> list[Entry]:
    """What the rows ask of each fund, for the words of a refusal."""
    wanted: dict[int, int] = {}
    for row in rows:
        for fund, part in row.shares:
            wanted[fund] = wanted.get(fund, 0) + part
    return [Entry(0, fund, amount) for fund, amount in wanted.items()]
