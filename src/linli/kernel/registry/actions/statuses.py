"""What people are recognised as."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.actions.common import past_day, person_here
from linli.kernel.registry.models import Status
from linli.kernel.registry.queries import identities
from linli.kernel.registry.rules import STATUS_KINDS


@action("registry.recognise_status")
def recognise_status(
    *, by: Actor, on: date, person_id: int, kind: str, source: str, grade: str = "", since: date | None = None,
    until: date | None = None, evidence: str = "",
) -> Status:  # fmt: skip
    """Recognise a person as this (e.g. dibao) from a day; the same kind cannot run twice at a time.

    :raises Refused: an unknown kind or grade, a dead person, or the kind runs already.
    """
    person = person_here(person_id)
    known = STATUS_KINDS.get(kind)
    if known is None:
        raise Refused("请选择类别。", field="kind")
    if known.grades and grade not in dict(known.grades):
        raise Refused(f"请选择“{known.zh}”的等级。", field="grade")
    if person.died_on:
        raise Refused("此人已登记死亡，不能认定。")
    since = since or on
    if until and until <= since:
        raise Refused("结束日期应晚于开始日期，请修改。", field="until")
    overlap = Status.objects.filter(person__in=identities(person), kind=kind).exclude(until__lte=since)
    if (overlap.filter(since__lt=until) if until else overlap).exists():
        raise Refused(f"此人这段时间已认定为“{known.zh}”；等级有变的，请先终止原认定。", field="kind")
    try:
        with transaction.atomic():
            status = Status.objects.create(
                person=person, kind=kind, grade=grade if known.grades else "", since=since, until=until,
                source=tidy(source)[:60], evidence=tidy(evidence)[:200], recognised_by_id=by.staff_id, area=person.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"此人这段时间已认定为“{known.zh}”。", field="kind") from fault
    about("registry.person", person.pk, area=person.area, status=kind)
    return status


@action("registry.recognise_status")
def end_status(*, by: Actor, on: date, status_id: int, reason: str, day: date | None = None) -> Status:
    """The recognition ends with this day (exclusive); one that began today, when no day is named, stands for today alone."""
    status = Status.objects.select_for_update().filter(pk=status_id).first()
    if status is None:
        raise Forbidden("没有这项认定，或它不在本辖区内。")
    day = on + timedelta(days=1) if day is None and status.since == on else past_day(day or on, on, "day")
    if status.until and status.until <= day:
        raise Refused("这项认定已经终止。")
    if day <= status.since:
        raise Refused("终止日期应晚于认定日期，请修改。", field="day")
    if not tidy(reason):
        raise Refused("请填写终止原因。", field="reason")
    Status.objects.filter(pk=status.pk).update(until=day, end_reason=tidy(reason)[:200])
    about("registry.person", status.person_id, area=status.area, status=status.kind)
    status.refresh_from_db()
    return status


@action("registry.recognise_status")
def go_on_with_status(*, by: Actor, on: date, status_id: int) -> Status:
    """A recognition that began and was ended today goes on: the same thing was decided again before the day was over."""
    status = Status.objects.select_for_update().filter(pk=status_id).first()
    if status is None:
        raise Forbidden("没有这项认定，或它不在本辖区内。")
    if status.until != on + timedelta(days=1):
        raise Refused("这项认定不是今天终止的，请重新认定。")
    Status.objects.filter(pk=status.pk).update(until=None, end_reason="")
    about("registry.person", status.person_id, area=status.area, status=status.kind)
    status.refresh_from_db()
    return status
