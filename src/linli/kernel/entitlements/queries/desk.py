"""What the workbench asks of monthly runs: one that waits to be confirmed, and one that waits to be ordered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.models import Run
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.rules import RunState
from linli.kernel.ui.rules import Task


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
    return found


def _task(run: Run, kind: str) -> Task:
    known = programmes().get(run.programme)
    title = f"{known.zh if known else run.programme} {run.month:%Y-%m}：{run.count} 份 {show_yuan(run.amount)} 元"
    return Task(
        title=title, kind=kind, href=reverse("entitlements:run", args=[run.pk]), area=run.area,
        since=run.confirmed_on or run.made_on,
    )  # fmt: skip
