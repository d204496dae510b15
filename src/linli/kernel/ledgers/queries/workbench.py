"""What the books give to pages of others: work that waits, payments in a person's timeline, what a person receives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum
from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.models import Adjustment, Batch, BatchLine, Benefit, Purpose, Slip
from linli.kernel.ledgers.queries.changes import waiting_changes
from linli.kernel.ledgers.queries.debts import late_plans, recoveries, write_offs_asked
from linli.kernel.ledgers.queries.months import months_to_close, reopenings_asked
from linli.kernel.ledgers.queries.orders import mend_list, mended_orders, unbatched_orders
from linli.kernel.ledgers.rules import (
    AdjustState,
    Agreed,
    BatchState,
    Channel,
    LineResult,
    OrderState,
    SlipKind,
    difference_words,
    last_day,
)
from linli.kernel.registry.rules import BenefitLine, Entry
from linli.kernel.ui.queries import declared_functions
from linli.kernel.ui.rules import DaysLeft, Task

MOST = 100
NEXT = {BatchState.MADE: "待复核", BatchState.CHECKED: "待锁定", BatchState.LOCKED: "待送银行", BatchState.RECONCILED: "待归档"}


def waiting_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Batches that wait for this person's step, failed payments to be put right, and money that is to come back."""
    if which != "waiting":
        return []
    batches = list(_batches(actor).order_by("id")[:MOST])
    days = _days("batch_days", [batch.pk for batch in batches])
    tasks = [_of_batch(batch, days.get(batch.pk), on) for batch in batches]
    if actor.may("ledgers.mend"):
        tasks += _to_mend(on)
    if actor.may("ledgers.batch"):
        tasks += [*_to_reissue(on), *_to_batch(on)]
    if actor.may("ledgers.receive"):
        tasks += [_owed(one) for one in recoveries(open_only=True).order_by("id")[:MOST]]
    tasks += _debts(actor, on)
    if actor.may("ledgers.check_goods"):
        waiting = Adjustment.objects.filter(state=AdjustState.WAITING.value).exclude(made_by=actor.staff_id)
        tasks += [
            Task(f"{one.goods.name}{difference_words(one.difference, one.goods.measure)}", f"{one.get_kind_display()}·待复核",
                 reverse("ledgers:adjustment", args=[one.pk]), one.reason, one.area, since=one.made_on)
            for one in waiting.select_related("goods").order_by("id")[:MOST]
        ]  # fmt: skip
    if actor.may("ledgers.change"):
        asked = waiting_changes().exclude(asked_by=actor.staff_id)[:MOST]
        tasks += [
            Task(
                f"{change.fund.name} {change.get_kind_display()}", "资金变更·待复核",
                reverse("ledgers:decide", args=[change.pk]), change.basis, change.area, since=change.asked_on,
            )
            for change in asked
        ]  # fmt: skip
    return tasks + _months(actor, on)


def _to_mend(on: date) -> list[Task]:
    """Payments that the bank sent back; a month's money keeps its last day."""
    lines = list(mend_list()[:MOST])
    days = _days("order_days", {line.order_id: line.order.source for line in lines})
    return [
        Task(
            f"更正{line.order.payee}的收款账户", "退票更正", reverse("ledgers:mend", args=[line.pk]), line.reason, line.area,
            **_until(days.get(line.order_id), on), since=line.settled_on,
        )
        for line in lines
    ]  # fmt: skip


def _to_reissue(on: date) -> list[Task]:
    """Payments whose account was put right: nobody is paid before they stand in another batch."""
    found = mended_orders().aggregate(count=Count("pk"), amount=Sum("amount"), since=Min("made_on"))
    if not found["count"]:
        return []
    title = f"{found['count']} 笔退票已更正，共 {show_yuan(found['amount'])} 元，等待编入批次补发"
    days = _days("order_days", dict(mended_orders().values_list("pk", "source")))
    return [Task(title, "退票·待补发", _ready("yes"), **_until(min(days.values(), default=None), on), since=found["since"])]


def _to_batch(on: date) -> list[Task]:
    """Payments that were ordered one by one: help is decided, and nobody gets it before they stand in a batch."""
    found = unbatched_orders().aggregate(count=Count("pk"), amount=Sum("amount"), since=Min("made_on"))
    if not found["count"]:
        return []
    title = f"{found['count']} 笔付款单还没有编入发放批次，共 {show_yuan(found['amount'])} 元，最早的开于 {found['since']}"
    days = _days("order_days", dict(unbatched_orders().values_list("pk", "source")))
    return [Task(title, "付款单·待发放", _ready("no"), **_until(min(days.values(), default=None), on), since=found["since"])]


def _ready(sent_back: str) -> str:
    """The list of orders that are ready for a batch."""
    return f"{reverse('ledgers:orders')}?state={OrderState.READY.value}&sent_back={sent_back}"


def _owed(one: Any) -> Task:
    """Money that was decided to come back, until the last fen of it came."""
    title = f"{one.order.payee}：追回款尚欠 {show_yuan(one.owed)} 元"
    return Task(title, "追回款待到账", reverse("ledgers:pay_back", args=[one.pk]), one.reason, one.area, since=one.decided_on)


def _debts(actor: Actor, on: date) -> list[Task]:
    """Agreed sums that did not come, for who is near the family; what was proposed to be asked no more, for the second person."""
    tasks = []
    if actor.near and actor.may("ledgers.debts"):
        tasks += [_late(row, one, on) for row, one in late_plans(on)[:MOST]]
    if actor.may("ledgers.write_off"):
        asked = write_offs_asked().exclude(asked_by=actor.staff_id)[:MOST]
        tasks += [
            Task(
                f"{one.recovery.order.payee}：申请核销 {show_yuan(one.amount)} 元", "核销·待审批",
                reverse("ledgers:decide_write_off", args=[one.pk]), one.get_ground_display(), one.area, since=one.asked_on,
            )
            for one in asked
        ]  # fmt: skip
    return tasks


def _late(row: Any, one: Agreed, on: date) -> Task:
    """A sum that did not come; of who died nothing is asked: the plan is to be stopped, and the estate looked at."""
    href, person = reverse("ledgers:recovery", args=[row.pk]), row.order.person
    if person is not None and person.died_on is not None:
        title = f"{row.order.payee}已登记死亡，分期退还应停止，请核实有无遗产，尚欠 {show_yuan(row.owed)} 元"
        return Task(title, "分期退还·应停止", href, row.reason, row.area, since=person.died_on)
    title = f"{row.order.payee}：分期退还第 {one.rank} 期（{one.due}）尚欠 {show_yuan(one.left)} 元，请上门了解原因"
    return Task(
        title, "分期退还·逾期", href, row.reason, row.area, due=one.due, days_left=DaysLeft(-one.late_on(on)), since=one.due
    )


def _months(actor: Actor, on: date) -> list[Task]:
    """Months that are over and not closed, for those who close them; asked reopenings, for the second person."""
    tasks = []
    if actor.may("ledgers.close"):
        own = [row for row in months_to_close(on) if row.book == actor.area][:1]  # one after the other
        tasks += [_of_month("", "结账·待办理", row.book, row.month) for row in own]
    if actor.may("ledgers.reopen"):
        asked = reopenings_asked().exclude(asked_by=actor.staff_id)
        tasks += [_of_month("重开 ", "结账·待批准", end.book, end.month) for end in asked]
    return tasks


def _of_month(what: str, kind: str, book: str, month: date) -> Task:
    title, href = f"{what}{month.year} 年 {month.month} 月账簿", reverse("ledgers:month", args=[book, month.year, month.month])
    return Task(title, kind, href, "", book, since=last_day(month))


def _batches(actor: Actor) -> QuerySet[Batch]:
    wanted = Q(pk__in=[])
    if actor.may("ledgers.check_batch"):
        wanted |= Q(state=BatchState.MADE.value) & ~Q(made_by=actor.staff_id) | Q(state=BatchState.CHECKED.value)
    if actor.may("ledgers.batch"):
        wanted |= Q(state__in=[BatchState.LOCKED.value, BatchState.RECONCILED.value]) & ~Q(checked_by=actor.staff_id)
    if actor.may("ledgers.settle"):
        wanted |= Q(state=BatchState.SENT.value)
    unanswered = BatchLine.objects.filter(batch=OuterRef("pk"), result=LineResult.OPEN.value)
    return Batch.objects.filter(wanted).annotate(unanswered=Exists(unanswered))


def _days(name: str, asked: Any) -> dict[int, date]:
    """The last days of the money by whoever pays (manifest ``batch_days``: a function of ids; ``order_days``: of id → source)."""
    found: dict[int, date] = {}
    for tell in declared_functions(name) if asked else ():
        found |= tell(asked)
    return found


def _until(due: date | None, on: date) -> dict[str, Any]:
    return {"due": due, "days_left": DaysLeft((due - on).days)} if due else {}


def _of_batch(batch: Any, due: date | None, on: date) -> Task:
    """``due``: the last day of the money, which counts until the bank has answered."""
    state = BatchState(batch.state)
    if state is BatchState.RECONCILED or not batch.unanswered:
        due = None
    if state is BatchState.SENT:
        step = "待回盘" if batch.unanswered else "待对账"
    else:
        step = "待登记签领" if state is BatchState.LOCKED and Channel(batch.channel).by_hand else NEXT[state]
    title = batch.item
    if state is not BatchState.MADE:  # who checks it comes to the totals by the list
        title += f" {batch.count} 笔 {show_yuan(batch.amount)} 元"
    since = batch.reconciled_on or batch.sent_on or batch.locked_on or batch.checked_on or batch.made_on
    left = DaysLeft((due - on).days) if due else None
    href = reverse("ledgers:batch", args=[batch.pk])
    return Task(title, f"发放批次·{step}", href, batch.number, batch.area, due, left, since)


def payments_in_timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """What these people were paid, and what came back from the bank."""
    lines = BatchLine.objects.filter(order__person__in=people, result__in=["paid", "failed"], settled_on__lte=on)
    return [
        Entry(line.settled_on, _said(line), "money", line.order.person_id)
        for line in lines.select_related("order__purpose").order_by("id")
        if line.settled_on is not None
    ]


def goods_in_timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """Goods that these people, or their household through them, received or gave back."""
    slips = Slip.objects.filter(person__in=people, day__lte=on).select_related("goods").order_by("id")
    return [
        Entry(slip.day, f"{SlipKind(slip.kind).zh}{slip.goods.name}{slip.pieces:,}{slip.goods.measure}", "money", slip.person_id)
        for slip in slips
    ]


def _said(line: Any) -> str:
    what = f"{line.order.purpose.name} {show_yuan(line.amount)} 元"
    return f"发放{what}" if line.result == "paid" else f"{what}被银行退回：{line.reason}"


def benefits_received(people: Sequence[int], *, on: date) -> list[BenefitLine]:
    """What these people were helped by: one line for each piece of work, whoever of the household it was entered for."""
    rows = Benefit.objects.filter(person__in=people, cancelled_on=None, given_on__lte=on).order_by("source", "person_id")
    names = dict(Purpose.objects.values_list("key", "name"))
    first = {(row.source, row.group, row.period): row for row in reversed(list(rows))}
    return [
        BenefitLine(row.person_id, f"{names.get(row.group, row.group)}（{row.period}）", row.amount, row.given_on)
        for row in first.values()
    ]
