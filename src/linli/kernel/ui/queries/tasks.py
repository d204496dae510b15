"""The workbench's tasks: what the installed packages say is waiting or has been done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from linli.kernel.ui.queries.manifests import declared_functions
from linli.kernel.ui.rules import HOURS, DaysLeft, Task

A_DAY = timedelta(days=1)
TaskSource = Callable[[Any, date, Literal["waiting", "done"]], list[Task]]
"""``task_sources`` of a manifest: functions of (actor, business day, which) that answer tasks, or dotted paths of such."""


def task_lines(
    actor: Any, on: date, which: Literal["waiting", "done"] = "waiting", at: datetime | None = None
) -> list[Task]:
    """Every task of this actor from all packages: oldest deadline first, or what was done last first.

    Clocks of hours are told in hours where the moment is known (``at``).
    """
    found: list[Task] = []
    for ask in declared_functions("task_sources"):
        found += ask(actor, on, which)
    if which == "done":
        return sorted(found, key=lambda task: task.since or date.min, reverse=True)
    return sorted((_timed(task, on, at) for task in found), key=lambda task: task.urgency)


def _timed(task: Task, on: date, at: datetime | None) -> Task:
    """A task with a last day says how many days are left; its package may have said it better, in working days.

    Whatever has to be done within hours says so from its last day on: an hour missed in the morning is not "today". A call for
    help says how long it has waited.
    """
    if at is not None and task.called_at is not None:
        return replace(task, days_left=DaysLeft(0, waits=_waited(at - task.called_at)))
    if at is not None and task.due_at is not None and task.due_at - at < A_DAY:
        hours = int((task.due_at - at).total_seconds() / 3600)
        return replace(task, days_left=DaysLeft(hours if task.due_at >= at else min(hours, -1), unit=HOURS))
    if task.due is None or task.days_left is not None:
        return task
    return replace(task, days_left=DaysLeft((task.due - on).days))


def _waited(time: timedelta) -> str:
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}分钟" if minutes else "不到1分钟"
    return f"{minutes // 60}小时" if time < A_DAY else f"{time.days}天"
