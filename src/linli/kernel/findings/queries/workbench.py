"""What discovery puts on the desks: each visit for the community worker, how many wait for whoever stands above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.urls import reverse

from linli.base.areas import Level, level_of
from linli.kernel.access.rules import Actor
from linli.kernel.findings.models import Finding
from linli.kernel.findings.queries.declared import searches, searches_for
from linli.kernel.findings.queries.found import findings
from linli.kernel.ui.rules import Task

MOST = 100


def waiting_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> Sequence[Task]:
    """Findings that wait for a visit near the actor; or those that this person answered last."""
    keys = [key for key in searches_for(actor, to_answer=True) if searches()[key].on_desk]
    if not keys or not actor.may("findings.answer"):
        return []
    if which == "done":
        mine = findings(keys, state="answered").filter(answered_by=actor.staff_id).order_by("-answered_on", "-id")
        return [_task(one) for one in mine[:MOST]]
    rows = findings(keys, state="open").order_by("found_on", "id")
    if level_of(actor.area) is Level.COMMUNITY:
        return [_task(one) for one in rows[:MOST]]
    if not (count := rows.count()):
        return []
    title = f"{count}条主动发现线索待村（社区）走访"
    return [Task(title, "主动发现", f"{reverse('findings:list')}?state=open", area=actor.area)]


def _task(one: Finding) -> Task:
    search = searches()[one.search]
    return Task(
        search.zh, search.side.zh, reverse("findings:finding", args=[one.pk]), one.person.name, one.area, since=one.found_on
    )
