"""What the workbench asks: runs to be confirmed or ordered, and money paid too much of which nobody has decided yet."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.models import Arrear, Run
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.queries.runs import overpaid_rows
from linli.kernel.entitlements.rules import RunState, month_of
from linli.kernel.ui.rules import Task

MOST = 100


def run_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Runs for the second person to confirm, and confirmed ones for the maker to order."""
    if which == "done":
        return []
    found: list[Task] = []
    if actor.may("entitlements.confirm"):
        ready = Run.objects.filter(state=RunState.READY.value, count__gt=0).exclude(made_by=actor.staff_id)
        found += [_task(run, "月度发放·待核定") for run in ready.order_by("id")]
    if actor.may("entitlements.order"):
        confirmed = Run.objects.filter(state=RunState.CONFIRMED.value).exclude(confirmed_by=actor.staff_id)
        found += [_task(run, "月度发放·待开单") for run in confirmed.order_by("id")]
    if actor.may("ledgers.recover") and actor.may("entitlements.see"):
        found += [_overpaid(row) for row in overpaid_rows(month_of(on))[:MOST]]
    return found


def _overpaid(row: Arrear) -> Task:
    """Paid after the end: to be taken back, payment by payment, from the page of the entitlement."""
    one = row.entitlement
    zh, fen = programmes()[one.programme].zh if one.programme in programmes() else one.programme, row.open  # type: ignore[attr-defined]
    title = f"{one.person.name}：{zh}终止后多发 {show_yuan(fen)} 元"
    href = f"{reverse('entitlements:entitlement', args=[one.pk])}#payments"
    return Task(title=title, kind="多发待追回", href=href, who=one.number, area=row.area, since=one.until)


def _task(run: Run, kind: str) -> Task:
    known = programmes().get(run.programme)
    title = f"{known.zh if known else run.programme} {run.month:%Y-%m}：{run.count} 份 {show_yuan(run.amount)} 元"
    return Task(
        title=title, kind=kind, href=reverse("entitlements:run", args=[run.pk]), area=run.area,
        since=run.confirmed_on or run.made_on,
    )  # fmt: skip
