"""Whose work it is: take, give back, assign, transfer to another area."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Q

from linli.base.areas import check_code, level_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.queries import posts_of, staff_member
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions.record import Entry, check_actor, check_fresh, check_senior, record, tell
from linli.kernel.cases.models import Case, Event, Task
from linli.kernel.cases.models.cases import OPEN
from linli.kernel.cases.queries.tasks import fits, kept_apart
from linli.kernel.cases.rules import Happening, Kind
from linli.kernel.registry.queries import area_on_day


@action("cases.work")
def take_task(*, by: Actor, on: date, case: Case) -> None:
    """Take the open task of a case, so that nobody else works on it. Taking one's own again changes nothing."""
    check_fresh(case, None)
    check_actor(case, by)
    if by.staff_id and (said := kept_apart(case).get(by.staff_id)):
        raise Refused(said)
    free = Q(assigned_to=None) | Q(assigned_to=by.staff_id)
    if not Task.objects.filter(free, case=case, state=OPEN, step=case.step).update(assigned_to=by.staff_id):
        raise Stale()
    about("cases.case", case.pk, area=case.area, taken=True)


@action("cases.work")
def give_back_task(*, by: Actor, on: date, case: Case) -> None:
    """Give one's own task back to everybody of the level."""
    if not Task.objects.filter(case=case, state=OPEN, assigned_to=by.staff_id).update(assigned_to=None):
        raise Stale()
    about("cases.case", case.pk, area=case.area, taken=False)


@action("cases.assign")
def assign_task(*, by: Actor, on: date, case: Case, to: int, opinion: str = "", seen: int | None = None) -> Event:
    """Give the open task to a member of staff who holds a fitting post and is not barred from the step."""
    check_fresh(case, seen)
    check_senior(case, by)
    task = Task.objects.filter(case=case, state=OPEN, step=case.step).first()
    staff = staff_member(to)
    if task is None:
        raise Stale()
    if staff is None or not staff.is_active or not any(fits(post.role, post.at, task) for post in posts_of(staff, on=on)):
        raise Refused("所选人员没有办理这一环节的岗位，请另选一人。", field="to")
    if staff.pk in task.barred:
        raise Refused("所选人员已参与此件的前序办理，应当回避，请另选一人。", field="to")
    if said := kept_apart(case).get(staff.pk):
        raise Refused(said, field="to")
    what = Happening(Kind.ASSIGNED, on, case.step, staff=by.staff_id)
    events = record(case, by=by, on=on, entries=[Entry(what, opinion, facts={"to": staff.pk})])
    Task.objects.filter(pk=task.pk).update(assigned_to=staff.pk)
    tell(case, by=by, on=on, events=events)
    return events[0]


@action("cases.transfer")
def transfer(*, by: Actor, on: date, case: Case, to: str, opinion: str, seen: int | None = None) -> None:
    """Hand the case to another area of the district (the subject has moved, or it was opened in the wrong place).

    It keeps its step, its clock and its number; all its rows go with it. Outside the actor's own area it can no longer be seen.
    """
    check_fresh(case, seen)
    try:
        code = check_code(to)
    except ValueError as fault:
        raise Refused(str(fault), field="to") from fault
    if code == case.area or level_of(code) != level_of(case.area):
        raise Refused(f"请选择另一个{level_of(case.area).zh}。", field="to")
    if code[:6] != case.area[:6]:
        raise Refused("只能在本区范围内转办。外区的请告知当事人向当地申请。", field="to")
    if area_on_day(code, on) is None:
        raise Refused(f"没有代码为“{code}”的区划，请核对。", field="to")
    if not opinion.strip():
        raise Refused("请写明转办的原因。", field="opinion")
    former = case.area
    what = Happening(Kind.TRANSFERRED, on, case.step, staff=by.staff_id)
    Task.objects.filter(case=case, state=OPEN).update(assigned_to=None)
    events = record(case, by=by, on=on, entries=[Entry(what, opinion, facts={"from": former, "to": code})])
    tell(case, by=by, on=on, events=events)
    rehome(case, code, on)
    about("cases.case", case.pk, area=former, moved_to=code)


def rehome(case: Case, code: str, on: date) -> None:
    """Only the database's guard moves rows out of the application's sight; the children follow."""
    with connection.cursor() as cursor:
        cursor.execute("select cases_rehome(%s, %s, %s)", [case.pk, code, on])
    case.area = code
