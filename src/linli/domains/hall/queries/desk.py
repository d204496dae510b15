"""What the workbench asks of the hall: errands of agents, people to be told, results that lie ready."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.urls import reverse

from linli.base.areas import Level, level_of
from linli.base.days import official_calendar
from linli.domains.hall.models import Errand
from linli.domains.hall.queries.handlings import errands_for, results_waiting, to_be_told
from linli.domains.hall.queries.queue import expected
from linli.domains.hall.queries.ratings import answer_due, late_since, to_be_answered
from linli.domains.hall.queries.slots import stranded
from linli.kernel.access.rules import Actor
from linli.kernel.ui.rules import DaysLeft, Task

MOST = 100


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Each errand by itself with its last day; one line for each kind of the rest."""
    if which == "done":
        return []
    if actor.may("hall.supervise"):
        return [*_poor(actor, on), *(_errand(one, on) for one in errands_for(actor.staff_id, on)[:MOST])]
    if not actor.may("hall.act"):
        return []
    found = [_errand(one, on) for one in errands_for(actor.staff_id, on)[:MOST]]
    if not actor.may("hall.take"):
        return found
    if count := expected(actor.area, on).count():
        found.append(Task(f"今天还有{count}人预约来办", "预约", reverse("hall:appointments"), area=actor.area, due=on))
    if rows := stranded(actor.area, on):
        said = f"{len(rows)}个预约赶上窗口停办或改时间，请打电话改期"
        found.append(Task(said, "预约", reverse("hall:appointments"), area=actor.area, due=rows[0].day))
    told, ready = to_be_told(actor), results_waiting(actor)
    if count := told.count():
        found.append(Task(f"{count}件须告知申请人", "告知", _list("tell"), since=told[0].since))
    if count := ready.count():
        found.append(Task(f"{count}件结果等待领取", "送达", _list("waiting"), since=ready[0].case.closed_on))
    return found


def _list(state: str) -> str:
    """The list that shows just what a line of the own hall counts."""
    return f"{reverse('hall:handlings')}?{urlencode({'state': state, 'mine': 'on'})}"


def _poor(actor: Actor, on: date) -> list[Task]:
    """Poor judgements that wait for an answer, with the last day of the oldest: those of the own halls, a town's with all of its
    communities; the district has those of its towns only when they are late.
    """
    if level_of(actor.area) is not Level.DISTRICT:
        return _judged(actor, on, "条不满意的评价等待回访", hall="below")
    own = _judged(actor, on, "条不满意的评价等待回访", hall="district")
    return own + _judged(actor, on, "条不满意的评价逾期没有回访", hall="below", last=late_since(actor.area, on))


def _judged(actor: Actor, on: date, said: str, **words: Any) -> list[Task]:
    rows = to_be_answered(**words)
    first = rows.first()
    if first is None:
        return []
    due = answer_due(first.since, actor.area)
    left = DaysLeft(official_calendar().working_days_between(on, due), False, "个工作日")
    href = f"{reverse('hall:ratings')}?{urlencode({'answered': 'open', **words})}"
    return [Task(f"{rows.count()}{said}", "好差评", href, area=actor.area, due=due, days_left=left, since=first.since)]


def _errand(one: Errand, on: date) -> Task:
    handling = one.mandate.handling
    left = DaysLeft(official_calendar().working_days_between(on, one.due_on), False, "个工作日")
    return Task(
        f"代办：{handling.name}的{handling.zh}", one.words, reverse("hall:errand", args=[one.pk]), who=handling.number,
        area=one.area, due=one.due_on, days_left=left, since=one.since,
    )  # fmt: skip
