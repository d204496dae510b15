"""Proving the books: every promise that they make, asked of the database again from the bare lines.

Needs the widest scope. No answer means that all is well; each answer is one sentence about one thing that differs.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Check:
    """A promise, and the query that finds whatever breaks it: one column, a sentence."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What one check found: the first sentences, none if the promise holds."""

    name: str
    faults: tuple[str, ...]


CHECKS = (
    Check("每张凭证借贷相等", """
        select format('凭证 %s 的分录相差 %s', posting_id, sum(amount)) from ledgers_line
         group by posting_id, fund_id, unit having sum(amount) <> 0
        union all
        select format('凭证 %s 没有分录', p.id) from ledgers_posting p
         where not exists (select from ledgers_line l where l.posting_id = p.id)"""),
    Check("每笔分录都有凭证、科目和资金", """
        select format('分录 %s 缺少凭证、科目或资金，或与凭证不属同一账簿', l.id) from ledgers_line l
          left join ledgers_posting p on p.id = l.posting_id left join ledgers_account a on a.id = l.account_id
          left join ledgers_fund f on f.id = l.fund_id
         where p.id is null or a.id is null or f.id is null or a.book <> p.book or f.book <> p.book"""),
    Check("科目余额等于分录之和", """
        select format('科目 %s 资金 %s 的余额 %s 与分录之和 %s 不一致', account_id, fund_id, b.amount, l.amount)
          from ledgers_balance b full join (
               select account_id, fund_id, unit, sum(amount) as amount from ledgers_line group by 1, 2, 3) l
         using (account_id, fund_id, unit) where coalesce(b.amount, 0) <> coalesce(l.amount, 0)"""),
    Check("资金余额等于分录之和，可用不小于零", """
        select format('资金 %s 的余额与分录之和不一致，或可用小于零', b.fund_id)
          from ledgers_fundbalance b left join (
               select l.fund_id,
                      coalesce(-sum(l.amount) filter (where a.kind = 'source'), 0) as received,
                      coalesce(sum(l.amount) filter (where a.kind = 'spend'), 0) as spent,
                      coalesce(-sum(l.amount) filter (where a.kind = 'payable'), 0) as payable,
                      coalesce(sum(l.amount) filter (where a.kind = 'receivable'), 0) as receivable,
                      coalesce(sum(l.amount) filter (where a.kind = 'cash'), 0) as cash
                 from ledgers_line l join ledgers_account a on a.id = l.account_id where l.unit = 'fen' group by 1) s
         using (fund_id)
         where (b.received, b.spent, b.payable, b.receivable, b.cash)
               is distinct from (coalesce(s.received, 0), coalesce(s.spent, 0), coalesce(s.payable, 0),
                                 coalesce(s.receivable, 0), coalesce(s.cash, 0))
            or b.cash < b.payable"""),
    Check("试算平衡", """
        select format('账簿 %s 的 %s 合计相差 %s', a.book, b.unit, sum(b.amount))
          from ledgers_balance b join ledgers_account a on a.id = b.account_id
         group by a.book, b.unit having sum(b.amount) <> 0"""),
    Check("限定用途的资金只用于限定用途", """
        select format('资金 %s 用于未经许可的用途 %s', l.fund_id, l.purpose)
          from ledgers_line l join ledgers_account a on a.id = l.account_id and a.kind = 'spend'
          join ledgers_fund f on f.id = l.fund_id and f.restricted
         where not exists (
               select from ledgers_fundpurpose u where u.fund_id = f.id and u.purpose_id = l.purpose)
         group by l.fund_id, l.purpose"""),
    Check("冲正凭证与原凭证逐笔相反", """
        select format('凭证 %s 与所冲正的凭证 %s 不相反', r.id, r.reverses_id) from ledgers_posting r
         where r.reverses_id is not null and exists (
               select account_id, fund_id, unit, sum(amount) from ledgers_line
                where posting_id in (r.id, r.reverses_id) group by 1, 2, 3 having sum(amount) <> 0)"""),
    Check("付款单与账一致", """
        with booked as (
            select l.order_id,
                   -sum(l.amount) filter (where a.kind = 'payable' and p.kind = 'reserve') as promised,
                   coalesce(-sum(l.amount) filter (where a.kind = 'payable'), 0) as payable,
                   coalesce(sum(l.amount) filter (where a.kind = 'spend'), 0) as spent,
                   coalesce(sum(l.amount) filter (where a.kind = 'spend' and p.kind = 'write_off'), 0) as written,
                   coalesce(sum(l.amount) filter (where a.kind = 'receivable'), 0) as receivable
              from ledgers_line l join ledgers_account a on a.id = l.account_id join ledgers_posting p on p.id = l.posting_id
             where l.order_id is not null group by l.order_id),
        wanted as (
            select o.id, o.amount, o.cancelled_on is not null as cancelled,
                   exists (select from ledgers_batchline b where b.order_id = o.id and b.result = 'paid') as paid,
                   r.id is not null as recovered, coalesce(r.amount, 0) as back
              from ledgers_paymentorder o left join ledgers_recovery r on r.order_id = o.id)
        select format('付款单 %s 的状态与账不一致', w.id) from wanted w left join booked b on b.order_id = w.id
         where not exists (select from ledgers_card c where c.order_id = w.id) and (b.promised is distinct from w.amount
            or b.payable is distinct from case when w.paid or w.cancelled then 0 else w.amount end
            or b.spent is distinct from case when w.cancelled then 0 else w.amount - w.back + b.written end
            or b.written > w.back
            or not w.recovered and b.receivable <> 0
            or w.cancelled and w.paid or w.recovered and not w.paid)"""),
    Check("追缴、核销与账一致", """
        with lines as (
            select l.order_id, a.kind as kind, p.kind as what, sum(l.amount) as fen
              from ledgers_line l join ledgers_account a on a.id = l.account_id join ledgers_posting p on p.id = l.posting_id
             where l.order_id in (select order_id from ledgers_recovery) group by 1, 2, 3),
        booked as (
            select order_id, sum(fen) filter (where kind = 'receivable') as owed,
                   coalesce(sum(fen) filter (where kind = 'spend' and what = 'write_off'), 0) as written,
                   coalesce(-sum(fen) filter (where kind = 'receivable' and what = 'recovered'), 0) as back
              from lines group by 1),
        debts as (
            select coalesce(r.head_id, r.id) as id, sum(r.amount) as amount, sum(r.owing) as owing, sum(b.owed) as owed,
                   sum(b.written) as written, sum(b.back) as back
              from ledgers_recovery r join booked b on b.order_id = r.order_id group by 1)
        select format('追缴 %s：应追回 %s，到账 %s，核销 %s，账上尚欠 %s，登记尚欠 %s，互相不符',
                      id, amount, back, written, owed, owing)
          from debts d
         where amount <> back + written + owed or owed <> owing or written <> coalesce((
               select sum(w.amount) from ledgers_writeoff w where w.recovery_id = d.id and w.state = 'done'), 0)
        union all
        select format('分期退还 %s 的各期之和不是约定的金额', p.id) from ledgers_plan p
         where p.amount is distinct from (select sum(i.amount) from ledgers_agreedsum i where i.plan_id = p.id)"""),
    Check("救助卡与账一致", """
        with booked as (
            select l.order_id, -sum(l.amount) filter (where a.kind = 'payable' and p.kind = 'reserve') as promised,
                   coalesce(-sum(l.amount) filter (where a.kind = 'payable'), 0) as payable,
                   coalesce(sum(l.amount) filter (where a.kind = 'spend'), 0) as spent
              from ledgers_line l join ledgers_account a on a.id = l.account_id join ledgers_posting p on p.id = l.posting_id
             where l.order_id is not null group by l.order_id),
        used as (
            select c.order_id, coalesce(sum(u.amount) filter (where r.id is null), 0) as used,
                   bool_or(c.ended_on is null) as open
              from ledgers_card c left join ledgers_carduse u on u.card_id = c.id
              left join ledgers_posting r on r.reverses_id = u.posting_id group by c.order_id)
        select format('付款单 %s 的救助卡与账不一致', o.id) from ledgers_paymentorder o
          join used u on u.order_id = o.id join booked b on b.order_id = o.id
         where b.promised <> o.amount or b.spent <> b.payable + u.used
            or u.open and b.payable <> o.amount - u.used or o.cancelled_on is not null and b.payable <> 0"""),
    Check("物资单与账一致", """
        select format('物资单 %s 与凭证 %s 的数量不一致', s.id, s.posting_id) from ledgers_slip s
          left join (select posting_id, account_id, fund_id, unit, sum(amount) as moved from ledgers_line group by 1, 2, 3, 4) l
               on (l.posting_id, l.account_id, l.fund_id, l.unit) = (s.posting_id, s.store_id, s.fund_id, s.goods_id)
         where l.moved is distinct from s.pieces * case when s.kind in ('gift', 'purchase', 'back', 'found') then 1 else -1 end
        union all
        select format('房间 %s 的物资 %s 超过上限', s.room_id, s.goods_id)
          from ledgers_slip s join ledgers_goods g on g.key = s.goods_id and g.per_room is not null
         where s.room_id is not null and s.kind in ('issue', 'back')
         group by s.room_id, s.goods_id, g.per_room
        having sum(s.pieces * case s.kind when 'issue' then 1 else -1 end) > g.per_room"""),
    Check("付款单、批次、银行文件、回盘的笔数和金额一致", """
        select format('批次 %s 的控制总数不一致', b.number)
          from ledgers_batch b left join (
               select l.batch_id, count(*) as count, sum(l.amount) as amount, sum(o.amount) as ordered
                 from ledgers_batchline l join ledgers_paymentorder o on o.id = l.order_id group by 1) s on s.batch_id = b.id
         where (b.count, b.amount, b.amount) is distinct from (s.count::int, s.amount::bigint, s.ordered::bigint)
            or b.file_digest <> '' and (b.file_count, b.file_amount) is distinct from (b.count, b.amount)
            or b.state in ('reconciled', 'archived') and exists (
                   select from ledgers_batchline l where l.batch_id = b.id and l.result = '')"""),
    Check("批次已付等于账上付款", """
        select format('批次 %s 已付 %s 分，账上付款 %s 分', b.number, coalesce(s.paid, 0), coalesce(p.paid, 0))
          from ledgers_batch b
          left join (select batch_id, sum(amount) as paid from ledgers_batchline where result = 'paid' group by 1) s
               on s.batch_id = b.id
          left join (select p.source, -sum(l.amount) as paid from ledgers_posting p
                       join ledgers_line l on l.posting_id = p.id join ledgers_account a on a.id = l.account_id
                      where p.kind = 'pay' and a.kind = 'cash' group by 1) p on p.source = 'ledgers.batch:' || b.id
         where coalesce(s.paid, 0) <> coalesce(p.paid, 0)"""),
    Check("已结账的月份没有变动", """
        select format('账簿 %s 结账至 %s 后又有变动', m.book, to_char(m.month, 'YYYY-MM'))
          from ledgers_monthend m, lateral ledgers_month_sums(m.book, m.since, m.month) s
         where m.reopened_on is null
           and (m.postings, m.amount, m.digest) is distinct from (s.postings, s.amount, s.digest)"""),
    Check("资金支出不超限额，已关闭的资金为零", """
        select format('资金 %s 超过限额，或关闭时没有结清', f.id)
          from ledgers_fund f join ledgers_fundbalance b on b.fund_id = f.id
         where b.spent > f.ceiling or b.ceiling is distinct from f.ceiling
            or f.closed_on is not null and (b.cash, b.payable, b.receivable) is distinct from (0, 0, 0)"""),
    Check("没有重复救助", """
        select format('人员 %s 在 %s 重复享受 %s', person_id, period, "group") from ledgers_benefit
         where cancelled_on is null group by person_id, "group", period having count(*) > 1
        union all
        select format('人员 %s 同时享受互斥的 %s 与 %s', b.person_id, b."group", c."group")
          from ledgers_exclusion e
          join ledgers_benefit b on b."group" = e.first and b.cancelled_on is null
          join ledgers_benefit c on c."group" = e.second and c.cancelled_on is null and c.person_id = b.person_id
         where ledgers_periods_meet(b.period, c.period) and greatest(b.given_on, c.given_on) >= e.since"""),
)  # fmt: skip


def check_books() -> list[Proof]:
    """Ask every check, from one snapshot of the books."""
    proofs = []
    with connection.cursor() as cursor:
        for check in CHECKS:
            cursor.execute(f"select * from ({check.sql}) faults(fault) limit {SHOWN + 1}")
            faults = [fault for (fault,) in cursor.fetchall()]
            if len(faults) > SHOWN:
                faults[SHOWN:] = ["……还有更多"]
            proofs.append(Proof(check.name, tuple(faults)))
    return proofs
