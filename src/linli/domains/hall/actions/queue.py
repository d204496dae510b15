"""Numbers are drawn and called, appointments are booked; two clerks never call one number."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Now

from linli.base.text import tidy
from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.queries import catalogue, slots_of, waiting, windows_of
from linli.domains.hall.rules import AppointmentState, TicketState, ticket_label
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale

AHEAD = 30
"""Days ahead for which appointments are taken (house rule)."""


def _one_at_a_time(*of: object) -> None:
    """Whoever draws or books the same thing waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", ["hall " + " ".join(map(str, of))])


def _window(by: Actor, key: str, on: date) -> None:
    if key not in dict(windows_of(by.area, on)):
        raise Refused("本大厅没有这个窗口，请重新选择。", field="window")


@action("hall.call")
def draw_ticket(*, by: Actor, on: date, window: str, first: bool = False, appointment: Appointment | None = None) -> Ticket:
    """The next number of a window. Who made an appointment is called like those whom the law puts first."""
    _window(by, window, on)
    letter = catalogue().windows[window].letter
    _one_at_a_time("ticket", by.area, on, letter)
    drawn = Ticket.objects.filter(area=by.area, day=on, label__gte=letter, label__lt=chr(ord(letter) + 1))
    number = (drawn.aggregate(most=Max("number"))["most"] or 0) + 1
    made = Ticket.objects.create(
        area=by.area, day=on, window=window, number=number, label=ticket_label(letter, number),
        first=first or appointment is not None, appointment=appointment,
    )  # fmt: skip
    about("hall.ticket", made.pk, area=by.area, label=made.label)
    return made


@action("hall.call")
def call_next(*, by: Actor, on: date, desk: str, window: str = "") -> Ticket:
    """Call who waits longest at a window (any, when none is named); what this clerk had called before is ended.

    :raises Refused: nobody waits, or the desk has no number.
    """
    if not tidy(desk):
        raise Refused("请填写柜台号，叫号时要告诉居民到哪个柜台。", field="desk")
    mine = Ticket.objects.filter(day=on, area=by.area, called_by=by.own_hand, state=TicketState.CALLED)
    mine.update(state=TicketState.DONE, ended_at=Now())
    queue = waiting(by.area, on)
    row = (queue.filter(window=window) if window else queue).select_for_update(skip_locked=True).first()
    if row is None:
        raise Refused("现在没有人等候。")
    return _call(by, row, desk)


def _call(by: Actor, one: Ticket, desk: str) -> Ticket:
    words = {"state": TicketState.CALLED, "called_at": Now(), "called_by_id": by.own_hand, "desk": tidy(desk)[:8]}
    if not Ticket.objects.filter(pk=one.pk, state=one.state).update(**words):
        raise Stale
    about("hall.ticket", one.pk, area=one.area, label=one.label)
    one.refresh_from_db()
    return one


@action("hall.call")
def recall(*, by: Actor, on: date, ticket: Ticket, desk: str) -> Ticket:
    """Call a number once more: one that was called by the own hand, or that was skipped and whose holder came back."""
    if ticket.state == TicketState.CALLED and ticket.called_by_id != by.own_hand:
        raise Stale("这个号已由其他柜台叫过。")
    if ticket.day != on or ticket.state not in {TicketState.CALLED, TicketState.SKIPPED}:
        raise Refused("只能重呼今天叫过的号。")
    return _call(by, ticket, desk)


@action("hall.call")
def end_ticket(*, by: Actor, on: date, ticket: Ticket, came: bool = True) -> Ticket:
    """The resident was served, or did not come when called."""
    words = {"state": TicketState.DONE if came else TicketState.SKIPPED, "ended_at": Now() if came else None}
    if not Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED, called_by=by.own_hand).update(**words):
        raise Stale
    about("hall.ticket", ticket.pk, area=ticket.area, came=came)
    ticket.refresh_from_db()
    return ticket


@action("hall.call")
def pass_on(*, by: Actor, on: date, ticket: Ticket, window: str) -> Ticket:
    """The resident belongs to another window: waits there under the same number, before others."""
    _window(by, window, on)
    words = {"state": TicketState.WAITING, "window": window, "first": True, "desk": "", "called_by": None, "called_at": None}
    if not Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED, called_by=by.own_hand).update(**words):
        raise Stale
    about("hall.ticket", ticket.pk, area=ticket.area, window=window)
    ticket.refresh_from_db()
    return ticket


@action("hall.call")
def book(*, by: Actor, on: date, window: str, day: date, start: int, name: str, what: str) -> Appointment:
    """Somebody will come in a slot. :raises Refused: the slot is full or is none, or the day is too near or too far."""
    _window(by, window, on)
    if not 0 < (day - on).days <= AHEAD:
        raise Refused(f"可以预约明天起{AHEAD}天以内的日子；今天的请直接取号。", field="day")
    if not tidy(name):
        raise Refused("请填写预约人。", field="name")
    _one_at_a_time("slot", by.area, window, day, start)
    slot = next((one for one in slots_of(by.area, window, day) if one.start == start), None)
    if slot is None or not slot.free:
        open_ = "、".join(one.zh for one in slots_of(by.area, window, day) if one.free) or "没有"
        raise Refused(f"这个时段已约满，当天还可以预约：{open_}。", field="start")
    words = {"area": by.area, "window": window, "day": day, "start": start, "name": tidy(name)[:60], "what": tidy(what)[:60]}
    if Appointment.objects.filter(**words, state=AppointmentState.BOOKED).exists():
        raise Refused("已有同名居民在这个时段预约了同一事项。同名的另一位，请在姓名后面加字区分。", field="name")
    made = Appointment.objects.create(**words, made_by_id=by.own_hand, made_on=on)
    about("hall.appointment", made.pk, area=by.area)
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
    """The appointment is given up beforehand; afterwards it was missed."""
    _change(appointment, AppointmentState.MISSED if appointment.day < on else AppointmentState.CANCELLED)
    about("hall.appointment", appointment.pk, area=appointment.area)
    appointment.refresh_from_db()
    return appointment


def _change(one: Appointment, state: AppointmentState) -> None:
    if not Appointment.objects.filter(pk=one.pk, state=AppointmentState.BOOKED).update(state=state):
        raise Stale("这个预约已经到场、取消或记为未到。")

