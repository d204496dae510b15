"""The workbench's tasks: what the installed packages say is waiting or has been done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from django.apps import apps
from django.utils.module_loading import import_string

from linli.kernel.ui.rules import DaysLeft, Task

TaskSource = Callable[[Any, date, Literal["waiting", "done"]], list[Task]]
"""``task_sources`` of a manifest: functions of (actor, business day, which) that answer tasks, or dotted paths of such."""


def task_lines(actor: Any, on: date, which: Literal["waiting", "done"] = "waiting") -> list[Task]:
    """Every task of this actor from all packages: oldest deadline first, or what was done last first."""
    found: list[Task] = []
    for config in apps.get_app_configs():
        for source in getattr(config, "task_sources", ()):
            ask: TaskSource = import_string(source) if isinstance(source, str) else source
            found += ask(actor, on, which)
    if which == "done":
        return sorted(found, key=lambda task: task.since or date.min, reverse=True)
    return sorted((_timed(task, on) for task in found), key=lambda task: task.urgency)


def _timed(task: Task, on: date) -> Task:
    """A task with a last day says how many days are left; its package may have said it better, in working days."""
    if task.due is None or task.days_left is not None:
        return task
    return replace(task, days_left=DaysLeft((task.due - on).days))
