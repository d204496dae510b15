"""Entering what was done, and taking an entry back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, When

from linli.base.fields import FieldKind, Value, check_values
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.duties.models import Occurrence
from linli.kernel.duties.queries import duties, occurrence_in_area
from linli.kernel.duties.rules import Duty, TaskState
from linli.kernel.files.actions import store_file

KIND = "duties.occurrence"


@action("duties.do")
def do_duty(
    *, by: Actor, on: date, occurrence_id: int, done_on: date, values: Mapping[str, Value] | None = None,
    files: Mapping[str, Any] | None = None, minutes: int | None = None, note: str = "", evidence: str = "",
) -> Occurrence:  # fmt: skip
    """What was owed was done on a day, with what proves it. Done after the deadline it counts as made up.

    :raises Refused: too early, in the future, or the proof is missing.
    :raises Stale: somebody entered it meanwhile.
    """
    row, duty = occurrence_in_area(by=by, occurrence_id=occurrence_id)
    if not by.may(duty.permission):
        raise Forbidden(f"{by.role.zh}岗位不能办理“{duty.zh}”。")
    if duty.is_rota:
        raise Refused("值班由值班人登记到岗，不在这里办理。")
    if duty.act and not evidence:
        raise Refused(f"“{duty.zh}”请在它自己的页面登记，登记后自动办结。")
    _check_day(row, done_on, on)
    _check_minutes(duty, minutes)
    whole: dict[str, Value] = {key: value for key, value in (values or {}).items() if value not in (None, "")}
    whole |= _files(duty, row, files or {}, by, on)
    if evidence == "" and (faults := check_values(duty.fields, whole)):
        key, reason = faults[0]
        raise Refused(reason, field=key)
    _enter(row, by, on, done_on, proof=whole, minutes=minutes, note=tidy(note)[:200], evidence=evidence[:80])
    return row


def _check_day(row: Occurrence, done_on: date, on: date) -> None:
    if done_on > on:
        raise Refused("办理日期不能晚于今天，请修改。", field="done_on")
    if done_on < row.first:
        raise Refused(f"这一次从{row.first:%Y-%m-%d}起办理，办理日期不能更早。", field="done_on")


def _check_minutes(duty: Duty, minutes: int | None) -> None:
    if duty.least_minutes and (minutes or 0) < duty.least_minutes:
        raise Refused(f"“{duty.zh}”每次不少于{duty.least_minutes}分钟，请核对时长。", field="minutes")


def _files(duty: Duty, row: Occurrence, files: Mapping[str, Any], by: Actor, on: date) -> dict[str, Value]:
    stored: dict[str, Value] = {}
    for field in duty.fields:
        if field.kind is FieldKind.FILE and (sent := files.get(field.key)):
            kept = store_file(
                by=by, on=on, name=sent.name, content=sent.content, need="duties.see", owner_kind=KIND, owner_id=row.pk,
                area=row.area,
            )  # fmt: skip
            stored[field.key] = kept.pk
    return stored


def _enter(row: Occurrence, by: Actor, on: date, done_on: date, **words: Any) -> None:
    found = Occurrence.objects.filter(pk=row.pk, state=TaskState.OWED)
    words |= {"state": TaskState.DONE.value, "done_on": done_on, "done_by_id": by.staff_id, "entered_on": on}
    if not found.update(**words):
        raise Stale
    row.refresh_from_db()
    about(KIND, row.pk, area=row.area, duty=row.duty, in_time=done_on <= row.late_after)


@action("duties.do")
def do_next(
    *, by: Actor, on: date, duty: str, subject: str, done_on: date, minutes: int | None = None, evidence: str = ""
) -> Occurrence | None:
    """Something that a package recorded itself (``evidence``) also does a duty.

    The period of the day goes first, then one that is in its days of grace, then the oldest that was missed: it is made up.
    None when nothing is owed: more was done than asked.
    """
    if duty not in duties():
        raise LookupError(f"no package declares the duty {duty}")
    mine = Occurrence.objects.filter(duty=duty, subject=subject, state=TaskState.OWED)
    after = Case(When(last__gte=done_on, then=0), When(late_after__gte=done_on, then=1), default=2)
    owed = mine.filter(first__lte=done_on).annotate(after=after)
    row = owed.select_for_update().order_by("after", "last", "first", "number").first()
    about(KIND, row.pk if row else "", area=row.area if row else "", duty=duty)
    if row is None:
        return None
    return do_duty(by=by, on=on, occurrence_id=row.pk, done_on=done_on, minutes=minutes, evidence=evidence)


@action("duties.do")
def take_back(*, by: Actor, on: date, why: str, occurrence_id: int | None = None, evidence: str = "") -> int:
    """An entry was wrong: it is owed again. By the row, or by what it rested on; how many entries were taken back."""
    if len(tidy(why)) < 2:
        raise Refused("请填写撤回的原因。", field="why")
    if occurrence_id is not None:
        row, duty = occurrence_in_area(by=by, occurrence_id=occurrence_id)
        if row.evidence and not evidence:
            raise Refused("这一次由已登记的记录办结，请在原记录上作废。")
        if not by.may(duty.permission) or duty.is_rota:
            raise Forbidden(f"{by.role.zh}岗位不能撤回“{duty.zh}”的登记。")
        rows = Occurrence.objects.filter(pk=row.pk, state=TaskState.DONE)
    else:
        rows = Occurrence.objects.filter(evidence=evidence, state=TaskState.DONE).exclude(evidence="")
    empty: dict[str, Any] = {"done_on": None, "done_by": None, "entered_on": None, "proof": {}, "minutes": None}
    empty |= {"note": "", "evidence": ""}
    count = rows.update(state=TaskState.OWED.value, **empty)
    if occurrence_id is not None and not count:
        raise Stale
    about(KIND, occurrence_id or evidence[:40], purpose=tidy(why)[:200], taken_back=count)
    return count
