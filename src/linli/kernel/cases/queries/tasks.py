"""Work that waits (待办) and work that was done (已办); the queue and its neighbours; counts of cases by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.module_loading import import_string

from linli.base.areas import Level, level_of, scope_of
from linli.base.days import SHANGHAI, official_calendar
from linli.kernel.access.models import Post, Staff
from linli.kernel.access.queries import rights_of, staff_list
from linli.kernel.access.rules import Actor, Role
from linli.kernel.cases.models import Case, Task
from linli.kernel.cases.queries.flows import flows, panel_of
from linli.kernel.cases.rules import Ground
from linli.kernel.ui.queries import SOON
from linli.kernel.ui.rules import DaysLeft, Watched

ORDER = (F("due_on").asc(nulls_last=True), "id")
BACKWARD = (F("due_on").desc(nulls_first=True), "-id")


def my_tasks(by: Actor, *, flow: str = "", step: str = "", overdue_on: date | None = None) -> QuerySet[Task]:
    """What waits for this actor: own area, level and permission, not own work, not taken by somebody else; oldest due day first.

    ``overdue_on``: only those whose last day lies before this day.
    """
    rights = {step.permission for declared in flows().values() for step in declared.steps} & by.permissions
    found = Task.objects.filter(state="open", level=level_of(by.area), permission__in=sorted(rights))
    found = found.filter(Q(assigned_to=None) | Q(assigned_to=by.staff_id))
    if by.staff_id is not None:
        found = found.exclude(barred__contains=[by.staff_id])
    if flow:
        found = found.filter(flow=flow)
    if step:
        found = found.filter(step=step)
    if overdue_on:
        found = found.filter(due_on__lt=overdue_on)
    return found.prefetch_related("case").order_by(*ORDER)  # a join under row security is far slower than a second query


def done_by(by: Actor) -> QuerySet[Task]:
    """What this person has done, the newest first."""
    return Task.objects.filter(state="done", done_by=by.staff_id).prefetch_related("case").order_by("-done_on", "-id")


def watched(by: Actor, at: datetime, digits: int) -> list[Watched]:
    """Open work in the present range that is past its last day or nearly so, by kind, step and area (督办)."""
    on = at.astimezone(SHANGHAI).date()
    open_ones = Task.objects.filter(state="open", due_on__lt=on + SOON).order_by()
    found = open_ones.annotate(part=Left("area", digits)).values_list("flow", "step", "part").annotate(
        late=Count("id", filter=Q(due_on__lt=on)), count=Count("id"), oldest=Min("due_on")
    )  # fmt: skip
    known = {(flow.key, step.key): f"{flow.zh}·{step.zh}" for _, flow in sorted(flows().items()) for step in flow.steps}
    lines = []
    for flow, step, part, late, count, oldest in found:
        area = part.ljust(12, "0")
        words = urlencode({"flow": flow, "step": step, "area": area, "late": "on"})
        href = f"{reverse('cases:list')}?{words}" if late and by.may("cases.read") else ""
        lines.append(Watched(known[flow, step], area, late, count - late, oldest if late else None, href))
    return lines


def next_task(queue: QuerySet[Task], task: Task) -> Task | None:
    """The task after this one in a queue, with its case's id; this one need not be in it any more."""
    later = Q(due_on=task.due_on, id__gt=task.pk)
    if task.due_on:
        later |= Q(due_on__gt=task.due_on) | Q(due_on=None)
    return queue.filter(later).prefetch_related(None).only("case").order_by(*ORDER).first()


def previous_task(queue: QuerySet[Task], task: Task) -> Task | None:
    """The task before this one in a queue, whether or not this one still is in it."""
    earlier = Q(due_on=task.due_on, id__lt=task.pk)
    earlier |= Q(due_on__lt=task.due_on) if task.due_on else Q(due_on__isnull=False)
    return queue.filter(earlier).prefetch_related(None).only("case").order_by(*BACKWARD).first()


@dataclass(frozen=True)
class TaskLine:
    """A task as a list shows it.

    ``left`` are working days until the due day; None when no due day is known. ``still`` is the ground on which the
    clock stands still on that day, in words; else empty.
    """

    task: Task
    flow: str
    step: str
    left: int | None
    still: str = ""

    @property
    def days_left(self) -> DaysLeft:
        """The days as every list and the workbench show them."""
        return DaysLeft(self.left, self.task.provisional, "个工作日", self.still)


def task_lines(tasks: list[Task], *, on: date) -> list[TaskLine]:
    """The tasks with names and days left; no further query."""
    known, calendar = flows(), official_calendar()
    lines = []
    for task in tasks:
        flow = known[task.case.flow, task.case.flow_version]
        left = calendar.working_days_between(on, task.due_on) if task.due_on else None
        if left == 0 and task.due_on and task.due_on < on:
            left = -1  # only days off lie between: late all the same
        lines.append(TaskLine(task, flow.zh, flow.step(task.step).zh, left, _still(task.case, on)))
    return lines


def _still(case: Case, on: date) -> str:
    """The ground on which the clock of a case stands still on a day; a planned end passes by itself."""
    running = case.stop and (case.stop_until is None or on <= case.stop_until)
    return Ground(case.stop).zh if running else ""


def fits(role: str, at: str, task: Task) -> bool:
    """Whether a post of this role at this area may do this task."""
    return level_of(at) == Level(task.level) and scope_of(at).contains(task.area) and task.permission in rights_of(Role(role))


def assignable(case: Case, *, by: Actor, on: date) -> list[Staff]:
    """The active staff of the actor's area to whom the open task of a case may be given, by user name."""
    task = Task.objects.filter(case=case, state="open").first()
    if task is None:
        return []
    staff = staff_list(by=by, active="yes").prefetch_related("posts")
    out = {*task.barred, *kept_apart(case)}
    free = (one for one in staff if one.pk not in out)
    return [one for one in free if any(_holds(post, on) and fits(post.role, post.at, task) for post in one.posts.all())]


def kept_apart(case: Case) -> dict[int, str]:
    """Who must keep out of a case by what its domain knows (relatives of the family), with the sentence that says so."""
    path = panel_of(case.flow).apart
    return dict(import_string(path)(case=case)) if path else {}


def _holds(post: Post, on: date) -> bool:
    return post.granted_by_id is not None and post.since <= on and (post.until is None or on < post.until)


def cases(
    *, flow: str = "", step: str = "", state: str = "", outcome: str = "", number: str = "", area: str = "",
    opened_from: date | None = None, opened_until: date | None = None, closed_from: date | None = None,
    closed_until: date | None = None, late_on: date | None = None,
) -> QuerySet[Case]:  # fmt: skip
    """Cases in the present range, newest first; days are inclusive. ``late_on``: open with work past its last day."""
    exact = {"flow": flow, "step": step, "state": state, "outcome": outcome, "number": number}
    ranged = {
        "opened_on__gte": opened_from, "opened_on__lte": opened_until,
        "closed_on__gte": closed_from, "closed_on__lte": closed_until,
    }  # fmt: skip
    found = Case.objects.filter(**{name: value for name, value in (exact | ranged).items() if value})
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    if late_on:
        found = found.filter(state="open", id__in=Task.objects.filter(state="open", due_on__lt=late_on).values("case"))
    return found.order_by("-id")


def cases_by_step(flow: str, *, opened_from: date | None = None, opened_until: date | None = None) -> dict[str, int]:
    """How many cases stand at each step of a flow, and how many ended in which way; zero where there are none."""
    found = cases(flow=flow, opened_from=opened_from, opened_until=opened_until).order_by()
    counts = found.values_list("state", "step", "outcome").annotate(n=Count("id"))
    table: dict[str, int] = {}
    for (key, _), declared in flows().items():
        if key == flow:
            table |= dict.fromkeys([step.key for step in declared.steps] + [end.key for end in declared.outcomes], 0)
    for state, step, outcome, n in counts:
        name = step if state == "open" else outcome
        table[name] = table.get(name, 0) + n
    return table
