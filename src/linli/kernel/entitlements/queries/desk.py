"""What the workbench asks: runs to be confirmed or ordered, money paid too much, families that get nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.models import Arrear, Entitlement, Run
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.queries.panels import programme_zh, run_zh
from linli.kernel.entitlements.queries.payday import UNDER_WAY, Unpaid, pay_by, unpaid_months
from linli.kernel.entitlements.queries.runs import overpaid_rows
from linli.kernel.entitlements.queries.standing import unpayable
from linli.kernel.entitlements.rules import Fault, RunState, State, month_of
from linli.kernel.ledgers.rules import last_day
from linli.kernel.ui.rules import DaysLeft, Task

MOST, FEW = 100, 20


def run_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Runs for the second person to confirm, and confirmed ones for the maker to order."""
    if which == "done":
        return []
    found: list[Task] = []
    if actor.may("entitlements.draft"):
        under_way = Run.objects.filter(state__in=UNDER_WAY, component="")
        came_to_nothing = Q(state=RunState.READY.value, count=0, held=0)  # a new run takes its place
        waited_for = set(under_way.exclude(came_to_nothing).values_list("programme", flat=True))
        months = unpaid_months(on, actor.area)  # none can be begun while the one before is not done, which is a task elsewhere
        found += [_to_begin(one, on) for one in months if one.programme.key not in waited_for]
        all_held = under_way.filter(state=RunState.READY.value, count=0, held__gt=0).order_by("id")
        found += [_task(run, "月度发放·全部暂缓", on) for run in all_held]
    if actor.may("entitlements.confirm"):
        ready = Run.objects.filter(state=RunState.READY.value, count__gt=0).exclude(made_by=actor.staff_id)
        found += [_task(run, "月度发放·待核定", on) for run in ready.order_by("id")]
    if actor.may("entitlements.order"):
        confirmed = Run.objects.filter(state=RunState.CONFIRMED.value).exclude(confirmed_by=actor.staff_id)
        found += [_task(run, "月度发放·待开单", on) for run in confirmed.order_by("id")]
    if actor.may("ledgers.recover") and actor.may("entitlements.see"):
        found += [_overpaid(row) for row in overpaid_rows(month_of(on))[:MOST]]
    return found


def family_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Families that get nothing though it was granted, for those near to them: one by one or, where there are many, as one.

    The account is registered by the community, and the town hears of it when a month has passed; the town decides on the rest.
    """
    if which == "done" or not actor.near or not actor.may("entitlements.see"):
        return []
    stuck = unpayable(Entitlement.objects.order_by("since", "id"), on)
    bare = stuck.filter(why=Fault.NO_ACCOUNT.value)
    if not actor.may("entitlements.suspend"):
        return _stuck_for(bare, Fault.NO_ACCOUNT, on)
    held = Entitlement.objects.filter(suspended__isnull=False).filter(Q(until=None) | Q(until__gt=month_of(on)))
    found = _each(held.order_by("suspended", "id"), on, "暂停发放待核实", _held, f"state={State.SUSPENDED.value}")
    found += _stuck_for(bare.filter(since__lt=month_of(on)), Fault.NO_ACCOUNT, on)
    return found + _stuck_for(stuck.filter(why=Fault.DEAD_PAYEE.value), Fault.DEAD_PAYEE, on)


def _stuck_for(found: QuerySet[Entitlement], fault: Fault, on: date) -> list[Task]:
    return _each(found, on, "待遇发不出去", _stuck, f"trouble={fault.value}", fault.zh)


def _each(
    found: QuerySet[Entitlement], on: date, kind: str, told: Callable[[Any], tuple[str, date]], filtered: str,
    why: str = "已暂停发放",
) -> list[Task]:  # fmt: skip
    rows = list(found.select_related("person")[: FEW + 1])
    if len(rows) > FEW:
        title = f"{found.count()} 份待遇{why}，请逐份核实"
        first = told(rows[0])[1]
        return [Task(title, kind, f"{reverse('entitlements:entitlements')}?{filtered}", **_within(first, on), since=first)]
    return [_of_family(row, kind, *told(row), on) for row in rows]


def _of_family(row: Entitlement, kind: str, title: str, since: date, on: date) -> Task:
    href = reverse("entitlements:entitlement", args=[row.pk])
    return Task(title, kind, href, row.number, row.area, **_within(since, on), since=since)


def _within(month: date, on: date) -> dict[str, Any]:
    """A family is paid month by month: the first month in which it gets nothing should not pass before somebody has looked."""
    return _until(last_day(month), on)


def _held(row: Any) -> tuple[str, date]:
    return f"{row.person.name}：{programme_zh(row.programme)}自 {row.suspended:%Y-%m} 起暂停发放，核实后恢复或终止", row.suspended


def _stuck(row: Any) -> tuple[str, date]:
    return f"{row.person.name}：{programme_zh(row.programme)}发不出去，{Fault(row.why).zh}", row.since


def _overpaid(row: Arrear) -> Task:
    """Paid after the end: to be taken back, payment by payment, from the page of the entitlement."""
    one = row.entitlement
    zh, fen = programmes()[one.programme].zh if one.programme in programmes() else one.programme, row.open  # type: ignore[attr-defined]
    title = f"{one.person.name}：{zh}终止后多发 {show_yuan(fen)} 元"
    href = f"{reverse('entitlements:entitlement', args=[one.pk])}#payments"
    return Task(title=title, kind="多发待追回", href=href, who=one.number, area=row.area, since=one.until)


def _to_begin(one: Unpaid, on: date) -> Task:
    """A month's money is not even computed: the page of a new run with the programme chosen."""
    href = f"{reverse('entitlements:new_run')}?programme={one.programme.key}"
    title = f"{one.programme.zh} {one.month:%Y-%m} 还没有试算"
    return Task(title, "月度发放·待试算", href, **_until(one.due, on), since=one.month)


def _task(run: Run, kind: str, on: date) -> Task:
    title = f"{run_zh(run)} {run.month:%Y-%m}"
    if not run.count:
        title += f"：{run.held} 份全部暂缓，解决问题后重新试算"
    elif run.state != RunState.READY:  # who confirms it comes to the totals by the list
        title += f"：{run.count} 份 {show_yuan(run.amount)} 元"
    due = {} if run.component else _until(pay_by(run.programme, run.month, run.area), on)
    return Task(
        title=title, kind=kind, href=reverse("entitlements:run", args=[run.pk]), area=run.area,
        since=run.confirmed_on or run.made_on, **due,
    )  # fmt: skip


def _until(due: date, on: date) -> dict[str, Any]:
    return {"due": due, "days_left": DaysLeft((due - on).days)}
