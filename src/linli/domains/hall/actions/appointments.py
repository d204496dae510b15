"""Appointments at the counter and by telephone: booked, turned into a ticket, given up, marked when nobody came, forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from linli.base.text import tidy
from linli.domains.hall.actions.queue import check_window, draw_ticket
from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.queries import FORGOTTEN, catalogue, overdue, remembered, slots_of, stranded
from linli.domains.hall.queries.catalogue import law
from linli.domains.hall.rules import (
    OWES_CLOSURE,
    OWES_END,
    OWES_MOVE,
    TOLD_CLOSURE,
    AppointmentState,
    Slot,
    appointment_number,
)
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import seal_phone

KIND = "hall.appointment"
AHEAD = 30
"""Days ahead for which the counter takes appointments (house rule)."""
AT_ONCE = 500
SOON: dict[str, Any] = {"text_tries": 0, "text_next": None, "text_fault": ""}
"""A message that is owed anew is tried at once."""


def slot_or_refused(offered: tuple[Slot, ...], start: int, day: date) -> Slot:
    """The slot that begins then. :raises Refused: there is none, or it is full; with those that are free."""
    if not offered:
        raise Refused(f"{day:%Y-%m-%d}这个窗口不办理（休息、停办，或放假安排还没有公布），请另选日子。", field="day")
    slot = next((one for one in offered if one.start == start), None)
    if slot is None or not slot.free:
        free = "、".join(one.zh for one in offered if one.free) or "没有"
        why = "这个时段已约满" if slot else "这个时段不办理或不开放预约"
        raise Refused(f"{why}，当天还可以预约：{free}。", field="start")
    return slot


def free_place(hall: str, window: str, day: date, slot: Slot) -> int | None:
    """The place to take in a slot, none when somebody was quicker; others wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select hall_free_place(%s, %s, %s, %s, %s)", [hall, window, day, slot.start, slot.places])
        found: int | None = cursor.fetchone()[0]
    return found


@action("hall.call")
def book(
    *, by: Actor, on: date, window: str, day: date, start: int, name: str, what: str, phone: str = ""
) -> Appointment:  # fmt: skip
    """Somebody will come in a slot. :raises Refused: the slot is full or is none, or the day is too near or too far."""
    check_window(by, window, on)
    if not 0 < (day - on).days <= AHEAD:
        raise Refused(f"可以预约明天起{AHEAD}天以内的日子；今天的请直接取号。", field="day")
    if not tidy(name):
        raise Refused("请填写预约人。", field="name")
    slot = slot_or_refused(slots_of(by.area, window, day), start, day)
    words = {"area": by.area, "window": window, "day": day, "start": start, "name": tidy(name)[:60], "what": tidy(what)[:60]}
    place = free_place(by.area, window, day, slot)
    if place is None:
        raise Refused("这个时段刚刚约满，请换一个时段。", field="start")
    if Appointment.objects.filter(**words, state=AppointmentState.BOOKED).exists():
        raise Refused("已有同名居民在这个时段预约了同一事项。同名的另一位，请在姓名后面加字区分。", field="name")
    sealed = seal_phone(keyring(), phone)
    made = Appointment.objects.create(
        **words, place=place, phone_sealed=sealed.sealed, phone_digest=sealed.digest, made_by_id=by.own_hand, made_on=on
    )
    about(KIND, made.pk, area=by.area)
    return made


@action("hall.call")
def arrive(*, by: Actor, on: date, appointment: Appointment) -> Ticket:
    """Who made an appointment came: they get a number that is called before others."""
    if appointment.day != on:
        raise Refused(f"预约的是{appointment.day}，今天来的请另外取号。")
    _change(appointment, AppointmentState.ARRIVED)
    return draw_ticket(by=by, on=on, window=appointment.window, appointment=appointment)


@action("hall.call")
def end_appointment(*, by: Actor, on: date, appointment: Appointment) -> Appointment:
    """The appointment is given up beforehand, and a message about it is owed; afterwards it was missed."""
    if appointment.day < on:
        _change(appointment, AppointmentState.MISSED)
    else:
        _change(appointment, AppointmentState.CANCELLED, told=OWES_END, **SOON)
    about(KIND, appointment.pk, area=appointment.area)
    appointment.refresh_from_db()
    return appointment


@action("hall.call")
def put_off(*, by: Actor, on: date, appointment: Appointment, day: date, start: int) -> Appointment:
    """The hall moves somebody to another slot, in one step: they lose no place, and it does not count as a move of their own.

    :raises Refused: the slot is full or is none, or the day is too near or too far; the appointment stays as it was.
    """
    if not 0 < (day - on).days <= AHEAD:
        raise Refused(f"可以改到明天起{AHEAD}天以内的日子。", field="slot")
    if (day, start) == (appointment.day, appointment.start):
        raise Refused("这就是现在约的时间，请另选一个时段。", field="slot")
    slot = slot_or_refused(slots_of(appointment.area, appointment.window, day), start, day)
    place = free_place(appointment.area, appointment.window, day, slot)
    if place is None:
        raise Refused("这个时段刚刚约满，请换一个时段。原来的预约没有变。", field="slot")
    _change(appointment, AppointmentState.BOOKED, day=day, start=start, place=place, told=OWES_MOVE, reminded_on=None, **SOON)
    about(KIND, appointment.pk, area=appointment.area, day=day.isoformat(), start=start)
    appointment.refresh_from_db()
    return appointment


def owe_closures(hall: str, on: date) -> None:
    """Who stands before a window that was closed since, and agreed to messages, is owed one; each once."""
    rows = [row.pk for row in stranded(hall, on) if row.texts_on and row.told not in (OWES_CLOSURE, TOLD_CLOSURE)]
    Appointment.objects.filter(pk__in=rows, state=AppointmentState.BOOKED).update(told=OWES_CLOSURE, **SOON)


@action("hall.call")
def excuse(*, by: Actor, on: date, appointment: Appointment) -> Appointment:
    """Somebody did not come for a good reason, or was marked by mistake: it counts no more. The trail says who said so."""
    _change(appointment, AppointmentState.CANCELLED, former=AppointmentState.MISSED)
    about(KIND, appointment.pk, area=appointment.area, excused=True)
    appointment.refresh_from_db()
    return appointment


def _change(
    one: Appointment, state: AppointmentState, *, former: AppointmentState = AppointmentState.BOOKED, **words: Any
) -> None:
    if not Appointment.objects.filter(pk=one.pk, state=former).update(state=state, **words):
        raise Stale("这个预约的状态已经变了，请刷新后再看。")


@action("hall.close")
def mark_missed(*, by: Actor, on: date, evening: bool) -> int:
    """Who was booked and did not come until the evening was missed. Run twice, it marks nobody twice."""
    rows = [row.pk for row in overdue(on, evening)[:AT_ONCE]]
    marked = Appointment.objects.filter(pk__in=rows, state=AppointmentState.BOOKED).update(state=AppointmentState.MISSED)
    about(KIND, "missed", area=by.area, marked=marked)
    return marked


@action("hall.close")
def forget(*, by: Actor, on: date) -> int:
    """Name and telephone of appointments that are long over go; that somebody came, for what and when, stays to be counted."""
    days = law().on("hall.forget_days", on, by.area).count
    rows = [row.pk for row in remembered(on, days)[:AT_ONCE]]
    words = {"name": FORGOTTEN, "phone_sealed": None, "phone_digest": None}
    gone = Appointment.objects.filter(pk__in=rows).update(**words)
    about(KIND, "forgotten", area=by.area, gone=gone)
    return gone


def told_of(one: Appointment) -> str:
    """What the caller writes down: number, day, slot, window."""
    window = catalogue().windows[one.window].zh
    return f"{appointment_number(one.pk)}，{one.day:%Y-%m-%d} {Slot(one.start, 1).zh}，{window}窗口"


