"""The queue of a hall, its appointments, and what the calling screen shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.queries.catalogue import catalogue, items, law
from linli.domains.hall.rules import OWES_CLOSURE, OWES_END, OWES_MOVE, AppointmentState, TicketState, offered
from linli.kernel.access.rules import Actor
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE

FORGOTTEN = "（已清除）"
"""What stands in the place of a name that is not kept any longer."""


def windows_of(hall: str, on: date) -> list[tuple[str, str]]:
    """The windows that take something at this hall."""
    keys = {item.window.key for item in offered(items(on=on), hall)}
    return [(one.key, one.zh) for one in catalogue().windows.values() if one.key in keys]


def waiting(hall: str, on: date) -> QuerySet[Ticket]:
    """Who waits, in the order in which they are called."""
    return Ticket.objects.filter(area=hall, day=on, state=TicketState.WAITING).order_by("-first", "taken_at", "id")


def waiting_by_window(hall: str, on: date) -> dict[str, int]:
    """How many wait at each window."""
    return dict(waiting(hall, on).order_by().values_list("window").annotate(count=Count("pk")))


def called_by(by: Actor, on: date) -> list[Ticket]:
    """What this clerk has called and not ended."""
    return list(Ticket.objects.filter(day=on, called_by=by.staff_id, state=TicketState.CALLED).order_by("called_at"))


def skipped(hall: str, on: date) -> list[Ticket]:
    """Who did not come when called, and may still come."""
    return list(Ticket.objects.filter(area=hall, day=on, state=TicketState.SKIPPED).order_by("-called_at")[:20])


def ticket(ticket_id: int) -> Ticket:
    """One ticket. :raises Http404: there is none in the present range."""
    found = Ticket.objects.filter(pk=ticket_id).first()
    if found is None:
        raise Http404
    return found


def ahead_of(one: Ticket) -> int:
    """How many will be called before this one at its window."""
    queue = list(waiting(one.area, one.day).filter(window=one.window).values_list("pk", flat=True))
    return queue.index(one.pk) if one.pk in queue else 0


def appointments(*, hall: str, day: date | None = None, window: str = "", state: str = "") -> QuerySet[Appointment]:
    """The appointments of a hall by time."""
    exact: dict[str, Any] = {"day": day, "window": window, "state": state}
    rows = Appointment.objects.filter(area=hall, **{name: value for name, value in exact.items() if value})
    return rows.order_by("-day", "start", "id")


def appointment(appointment_id: int) -> Appointment:
    """One appointment. :raises Http404: there is none in the present range."""
    found = Appointment.objects.filter(pk=appointment_id).first()
    if found is None:
        raise Http404
    return found


def expected(hall: str, on: date) -> QuerySet[Appointment]:
    """Who is booked for a day and has not come yet, by time."""
    return appointments(hall=hall, day=on, state=AppointmentState.BOOKED.value).order_by("start", "id")


def overdue(on: date, evening: bool) -> QuerySet[Appointment]:
    """Booked, and the day is over: of former days, and of this one when it is evening."""
    last = on if evening else on - timedelta(days=1)
    return Appointment.objects.filter(state=AppointmentState.BOOKED, day__lte=last).order_by("id")


def text_due(on: date, at: datetime) -> QuerySet[Appointment]:
    """Whom a short message has to tell the time of their appointment or what the hall did with it, or to remind of tomorrow's.

    Those who agreed and still do.
    """
    agreed = Appointment.objects.filter(day__gte=on, texts_on__isnull=False, texts_until=None, phone_sealed__isnull=False)
    tomorrow = Q(day=on + timedelta(days=1), reminded_on=None)
    booked = Q(state=AppointmentState.BOOKED) & (Q(told__in=("", OWES_MOVE, OWES_CLOSURE)) | tomorrow)
    waiting = Q(text_next=None) | Q(text_next__lte=at)
    return agreed.filter(waiting, booked | Q(state=AppointmentState.CANCELLED, told=OWES_END)).order_by("id")


def remembered(on: date, days: int) -> QuerySet[Appointment]:
    """Appointments whose name and telephone nobody needs any more."""
    return Appointment.objects.filter(day__lt=on - timedelta(days=days)).exclude(name=FORGOTTEN).order_by("id")


def missed_by(one: Appointment, on: date) -> int:
    """How often whoever has this telephone did not come within the days that count; 0 without a telephone."""
    if one.phone_digest is None:
        return 0
    since = on - timedelta(days=law().on("hall.missed_days", on, one.area).count)
    digests = phone_digests(phone_of_appointment(one))
    return Appointment.objects.filter(phone_digest__in=digests, state=AppointmentState.MISSED, day__gte=since).count()


def phone_of_appointment(one: Appointment) -> str:
    """The number that was left, in clear; empty where none was."""
    return keyring().open(bytes(one.phone_sealed), PHONE) if one.phone_sealed is not None else ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the calling screen shows: the hall's name, the numbers called last with their desks, how many wait."""

    hall: str
    called: tuple[tuple[str, str], ...]
    waiting: int


def screen(hall: str, on: date) -> Screen | None:
    """Through the public's connection: numbers and desks, no names. None where there is no such hall."""
    told = ask_public("hall_screen", hall, on)
    if told is None:
        return None
    told = json.loads(told) if isinstance(told, str) else told
    return Screen(told["hall"], tuple((one["label"], one["desk"]) for one in told["called"]), told["waiting"])
