"""The queue of a hall, its appointments, and what the calling screen shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Count, QuerySet
from django.http import Http404

from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.queries.catalogue import catalogue, items, law
from linli.domains.hall.rules import Slot, TicketState, offered, slots
from linli.kernel.access.rules import Actor

PUBLIC = "public"
TAKING = ("booked", "arrived")


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


def slots_of(hall: str, window: str, day: date) -> tuple[Slot, ...]:
    """The slots of a window on a day with what is booked in them."""
    keys = ("first", "last", "minutes", "places")
    first, last, length, places = (law().on(f"hall.slot_{key}", day, hall).count for key in keys)
    rows = Appointment.objects.filter(area=hall, window=window, day=day, state__in=TAKING).order_by()
    return slots(first, last, length, places, dict(rows.values_list("start").annotate(count=Count("pk"))))


@dataclass(frozen=True, slots=True)
class Screen:
    """What the calling screen shows: the hall's name, the numbers called last with their desks, how many wait."""

    hall: str
    called: tuple[tuple[str, str], ...]
    waiting: int


def screen(hall: str, on: date) -> Screen | None:
    """Through the public's connection: numbers and desks, no names. None where there is no such hall."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select bulletin.hall_screen(%s, %s)", [hall, on])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    told = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return Screen(told["hall"], tuple((one["label"], one["desk"]) for one in told["called"]), told["waiting"])
