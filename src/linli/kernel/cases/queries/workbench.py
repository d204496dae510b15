"""What cases give to pages of others: tasks for the workbench, entries for the timeline of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.urls import reverse

from linli.kernel.access.rules import Actor
from linli.kernel.cases.models import Case
from linli.kernel.cases.queries.flows import flow_of
from linli.kernel.cases.queries.tasks import done_by, my_tasks, task_lines
from linli.kernel.registry.rules import Entry
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
            days_left=line.days_left if which == "waiting" else None,
            since=line.task.opened_on if which == "waiting" else line.task.done_on,
        )
        for line in lines
    ]  # fmt: skip


def person_timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """When cases of these people were opened and how they ended, as far as the present range shows them."""
    entries = []
    for case in Case.objects.filter(person__in=people, opened_on__lte=on).order_by("id"):
        flow, href = flow_of(case), reverse("cases:case", args=[case.pk])
        entries.append(Entry(case.opened_on, f"受理{flow.zh}（{case.number}）", "case", case.person_id, href))
        if case.closed_on and case.closed_on <= on:
            ended = f"{flow.zh}办结：{flow.ending(case.outcome).zh}（{case.number}）"
            entries.append(Entry(case.closed_on, ended, "case", case.person_id, href))
    return entries
