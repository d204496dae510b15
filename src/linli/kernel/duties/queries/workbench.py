"""The tasks of the workbench: what is due and late, swaps that wait for consent, days without enough people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.db.models.functions import Left
from django.urls import reverse

from linli.base.areas import level_of
from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import LEVELS, Actor
from linli.kernel.duties.models import Occurrence, Shift
from linli.kernel.duties.queries.declared import duties, duties_for, duty_on, line_of
from linli.kernel.duties.queries.due import in_state
from linli.kernel.duties.queries.rotas import open_swaps
from linli.kernel.duties.rules import DoneState, Everywhere, Rota
from linli.kernel.ui.queries import SOON
from linli.kernel.ui.rules import DaysLeft, Task, Watched

MOST = 200
AHEAD = 14
BACKLOG = 100
"""What was missed longer ago than so many days stands in the list only (house rule): it would bury what can still be done."""


def waiting_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """What this post owes or was told is late, oldest deadline first; or what this person did last."""
    if not actor.may("duties.see"):
        return []
    if which == "done":
        rows = Occurrence.objects.filter(done_by=actor.staff_id, duty__in=list(duties())).order_by("-done_on", "-id")[:MOST]
        return [_task(row, on, done=True) for row in rows]
    return [*_owed(actor, on), *_swaps(actor), *_shifts(actor, on)]


def _owed(actor: Actor, on: date) -> list[Task]:
    """Due ones for whoever does them; for those who are only told, or could do it for a level below, what is late."""
    keys = [key for key in duties_for(actor) if not duty_on(key, on).is_rota]
    does = [key for key in keys if actor.may(duty_on(key, on).permission)]
    told = [key for key in keys if key not in does]
    late = in_state(DoneState.MISSED, on) & Q(late_after__gte=on - timedelta(days=BACKLOG))
    own = Q(area=actor.area) | Q(duty__in=[key for key in does if not _done_below(key, actor, on)])
    due = Occurrence.objects.filter((in_state(DoneState.DUE, on) & own) | late, duty__in=does)
    missed = Occurrence.objects.filter(late, duty__in=told)
    rows = [*due.order_by("late_after", "id")[:MOST], *missed.order_by("late_after", "id")[:MOST]]
    return [_task(row, on) for row in rows]


def _done_below(key: str, actor: Actor, on: date) -> bool:
    """Whether a level nearer to the people does this duty, too."""
    doers = permissions()[duty_on(key, on).permission].roles
    return any(level > level_of(actor.area) for role in doers for level in LEVELS[role])


def _task(row: Occurrence, on: date, done: bool = False) -> Task:
    duty = line_of(row.duty, row.line)
    left = DaysLeft(official_calendar().working_days_between(on, row.late_after), row.provisional, "个工作日")
    return Task(
        f"{duty.zh}：{row.subject_zh}", duty.zh, reverse("duties:occurrence", args=[row.pk]), area=row.area, due=row.late_after,
        days_left=None if done else left, since=row.done_on if done else row.first,
    )  # fmt: skip


def _swaps(actor: Actor) -> list[Task]:
    return [
        Task(f"{swap.asked_by.name}请求接替{swap.shift.day.month}月{swap.shift.day.day}日的值班", "换班待同意",
             reverse("duties:swap", args=[swap.pk]), due=swap.shift.day, since=swap.asked_on)
        for swap in open_swaps(actor)[:MOST]
    ]  # fmt: skip


def _shifts(actor: Actor, on: date) -> list[Task]:
    """The own shift of today, and for whoever sets the roster the next days on which people are lacking."""
    rotas = [key for key in duties_for(actor) if duty_on(key, on).is_rota]
    own = Shift.objects.filter(duty__in=rotas, staff=actor.staff_id, day=on, active=True, attended_on=None)
    tasks = [
        Task(f"今天值班：{duty_on(shift.duty, on).zh}", "值班", reverse("duties:shift", args=[shift.pk]), area=shift.area, due=on)
        for shift in own
    ]
    for key in rotas:
        if actor.may("duties.roster"):
            tasks += _lacking(actor, key, on)
        tasks += _bare(actor, key, on)
    return tasks


def _bare(actor: Actor, key: str, on: date) -> list[Task]:
    """One line for whoever is told: how many days of the last weeks were kept with too few people."""
    duty = duty_on(key, on)
    if not actor.may(duty.told) or actor.may(duty.permission):
        return []
    since = on - timedelta(days=AHEAD)
    rows = Occurrence.objects.filter(in_state(DoneState.MISSED, on), duty=key, late_after__gte=since)
    if not (count := rows.count()):
        return []
    href = f"{reverse('duties:list')}?{urlencode({'duty': key, 'state': 'missed', 'first': since})}"
    return [Task(f"{duty.zh}：近{AHEAD}天有{count}次在岗人数不足", duty.zh, href, area=actor.area, since=since)]


def _lacking(actor: Actor, key: str, on: date) -> list[Task]:
    duty = duty_on(key, on)
    assert isinstance(duty.rhythm, Rota)
    if not isinstance(duty.who, Everywhere) or level_of(actor.area) is not duty.who.level:
        return []
    until = on + timedelta(days=AHEAD)
    words = {"duty": key, "area": actor.area, "day__gte": on, "day__lte": until, "active": True}
    there = dict(Shift.objects.filter(**words).order_by().values_list("day").annotate(count=Count("pk")))
    owed = Occurrence.objects.filter(duty=key, area=actor.area, first__gte=on, first__lte=until).exclude(state="dropped")
    days = [row.first for row in owed.order_by("first") if there.get(row.first, 0) < duty.rhythm.least]
    if not days:
        return []
    href = f"{reverse('duties:roster', args=[key])}?month={days[0]:%Y-%m}"
    said = f"{duty.zh}：{len(days)}天人数不足，最早{days[0].month}月{days[0].day}日"
    return [Task(said, "排班", href, area=actor.area, due=days[0])]


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """What of the duties was missed in the last months, or ends soon, by duty and area."""
    on = at.astimezone(SHANGHAI).date()
    since = on - timedelta(days=BACKLOG)
    late = in_state(DoneState.MISSED, on) & Q(late_after__gte=since)
    soon = in_state(DoneState.DUE, on) & Q(late_after__lt=on + SOON)
    found = Occurrence.objects.filter(late | soon, duty__in=list(duties())).annotate(part=Left("area", digits)).order_by()
    counted = found.values_list("duty", "part").annotate(
        late=Count("pk", filter=late), count=Count("pk"), oldest=Min("late_after", filter=late)
    )  # fmt: skip
    mine, lines = duties_for(actor), []
    for key, part, over, count, oldest in counted:
        area = part.ljust(12, "0")
        words = urlencode({"duty": key, "state": "missed", "area": area, "first": since})
        href = f"{reverse('duties:list')}?{words}" if over and key in mine and actor.may("duties.see") else ""
        lines.append(Watched(f"例行工作·{duty_on(key, on).zh}", area, over, count - over, oldest, href))
    return lines
