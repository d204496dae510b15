"""What cases give to the workbench: tasks that wait, tasks that were done."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.urls import reverse

from linli.kernel.access.rules import Actor
from linli.kernel.cases.queries.tasks import done_by, my_tasks, task_lines
from linli.kernel.ui.rules import DaysLeft
from linli.kernel.ui.rules import Task as Shown

MOST = 200
"""How many tasks the workbench shows; the list of tasks has them all."""


def workbench(by: Actor, on: date, which: Literal["waiting", "done"]) -> list[Shown]:
    """The first tasks of this actor; none for posts that work on no cases."""
    if not by.may("cases.work"):
        return []
    tasks = my_tasks(by) if which == "waiting" else done_by(by)
    lines = task_lines(list(tasks[:MOST]), on=on)
    return [
        Shown(
            title=line.task.case.title, kind=f"{line.flow}·{line.step}", href=reverse("cases:case", args=[line.task.case_id]),
            who=line.task.case.number, area=line.task.area, due=line.task.due_on,
            days_left=DaysLeft(line.left, line.task.provisional, "个工作日") if which == "waiting" else None,
            since=line.task.opened_on if which == "waiting" else line.task.done_on,
        )
        for line in lines
    ]  # fmt: skip
