"""The roster is set, people come on duty, and shifts change hands with consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.duties.models import Occurrence, Shift, Swap
from linli.kernel.duties.queries import duties, duties_for, duty_on, may_serve, shift_in_area, swap_in_area
from linli.kernel.duties.rules import Duty, Rota, SwapState, TaskState

KIND = "duties.shift"


def _rota(by: Actor, key: str, on: date) -> Duty:
    if key not in duties_for(by) or not duties()[key][-1].is_rota:
        raise Forbidden("没有这个值班安排，或本岗位不能办理。")
    return duty_on(key, on)


@action("duties.roster")
def set_roster(*, by: Actor, on: date, duty: str, area: str, day: date, staff: Iterable[int]) -> list[Shift]:
    """Who is on duty in an area on a day: exactly these people. A day that is over is not set any more."""
    _rota(by, duty, day)
    wanted = set(staff)
    if day < on:
        raise Refused("过去的日子不能再排班。", field="day")
    if not by.covers(area):
        raise Refused("这个区域不在本辖区内，请重新选择。", field="area")
    known = set(may_serve(area, on, duty).values_list("pk", flat=True))
    if not wanted <= known:
        raise Refused("只能安排在本区域任职、岗位能办这项值班的工作人员。", field="staff")
    present = {shift.staff_id: shift for shift in Shift.objects.filter(duty=duty, area=area, day=day, active=True)}
    kept = {staff_id for staff_id, shift in present.items() if shift.attended_on}
    gone = [shift.pk for staff_id, shift in present.items() if staff_id not in wanted | kept]
    Shift.objects.filter(pk__in=gone).update(active=False)
    Swap.objects.filter(shift__in=gone, state=SwapState.ASKED).update(state=SwapState.DECLINED, answered_on=on)
    words = {"duty": duty, "area": area, "day": day, "set_by_id": by.staff_id, "set_on": on}
    made = Shift.objects.bulk_create([Shift(staff_id=one, **words) for one in sorted(wanted - present.keys())])
    about(KIND, f"{duty} {day}"[:40], area=area, people=len(wanted), removed=len(gone))
    return made


@action("duties.do")
def attend(*, by: Actor, on: date, shift_id: int, minutes: int | None = None, note: str = "") -> Shift:
    """The person on duty came: entered by the own hand, on the day. With enough people the day's duty is done."""
    shift = shift_in_area(by=by, shift_id=shift_id)
    duty = duty_on(shift.duty, shift.day)
    if shift.staff_id != by.own_hand:
        raise Forbidden("到岗须由值班人本人登记。")
    if shift.day != on:
        raise Refused("到岗只能在值班当天登记。")
    if duty.least_minutes and minutes is not None and minutes < duty.least_minutes:
        raise Refused(f"“{duty.zh}”每次不少于{duty.least_minutes}分钟，请核对时长。", field="minutes")
    words = {"attended_on": on, "minutes": minutes, "note": tidy(note)[:500]}
    if not Shift.objects.filter(pk=shift.pk, attended_on=None, active=True).update(**words):
        raise Stale
    _close_day(shift, duty, by, on)
    about(KIND, shift.pk, area=shift.area, duty=shift.duty)
    shift.refresh_from_db()
    return shift


def _close_day(shift: Shift, duty: Duty, by: Actor, on: date) -> None:
    """The day is done when so many came as are needed at least."""
    assert isinstance(duty.rhythm, Rota)
    there = Shift.objects.filter(duty=shift.duty, area=shift.area, day=shift.day, active=True).exclude(attended_on=None).count()
    if there >= duty.rhythm.least:
        owed = Occurrence.objects.filter(duty=shift.duty, subject=shift.area, first=shift.day, state=TaskState.OWED)
        owed.update(state=TaskState.DONE.value, done_on=shift.day, done_by_id=by.staff_id, entered_on=on, note=f"{there}人到岗")


@action("duties.do")
def ask_swap(*, by: Actor, on: date, shift_id: int, to: int, why: str) -> Swap:
    """Ask another to take the own shift. Nothing changes until the other agrees."""
    shift = shift_in_area(by=by, shift_id=shift_id)
    if shift.staff_id != by.own_hand:
        raise Forbidden("只能为本人的值班申请换班。")
    if shift.day < on or shift.attended_on:
        raise Refused("这个值班已经过去或已到岗，不能再换班。")
    if len(tidy(why)) < 2:
        raise Refused("请填写换班的原因。", field="why")
    if to == shift.staff_id or not may_serve(shift.area, on, shift.duty).filter(pk=to).exists():
        raise Refused("请选择在本区域任职的另一位工作人员。", field="to")
    if Shift.objects.filter(duty=shift.duty, area=shift.area, day=shift.day, staff=to, active=True).exists():
        raise Refused("对方当天也值班，请选择其他人。", field="to")
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                shift=shift, to_id=to, asked_by_id=by.own_hand, asked_on=on, why=tidy(why)[:200], area=shift.area
            )
    except IntegrityError as fault:
        raise Refused("这个值班已有一个换班申请在等对方答复。") from fault
    about("duties.swap", swap.pk, area=shift.area, shift=shift.pk)
    return swap


@action("duties.do")
def answer_swap(*, by: Actor, on: date, swap_id: int, agree: bool) -> Swap:
    """The one who was asked agrees, and has the shift from now on; or does not, and all stays as it was."""
    swap = swap_in_area(by=by, swap_id=swap_id)
    if swap.to_id != by.own_hand:
        raise Forbidden("换班须由对方本人答复。")
    shift = Shift.objects.select_for_update().get(pk=swap.shift_id)
    if agree and (shift.day < on or shift.attended_on or not shift.active):
        raise Refused("这个值班已经过去或已另行安排，不能再换班。")
    state = SwapState.AGREED if agree else SwapState.DECLINED
    if not Swap.objects.filter(pk=swap.pk, state=SwapState.ASKED).update(state=state, answered_on=on):
        raise Stale
    if agree:
        Shift.objects.filter(pk=shift.pk).update(active=False)
        words = {"duty": shift.duty, "area": shift.area, "day": shift.day, "set_by_id": shift.set_by_id, "set_on": on}
        try:
            with transaction.atomic():
                Shift.objects.create(staff_id=swap.to_id, **words)
        except IntegrityError as fault:
            raise Refused("本人当天已有值班，不能再接替。") from fault
    about("duties.swap", swap.pk, area=shift.area, agreed=agree)
    swap.refresh_from_db()
    return swap
