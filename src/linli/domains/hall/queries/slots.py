"""Where and when one can make an appointment, and how one's own stands: through the public's connection, no names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from linli.base.areas import Level
from linli.base.days import official_calendar
from linli.domains.hall.books import HOUR_BOOK
from linli.domains.hall.models import Appointment
from linli.domains.hall.queries.catalogue import catalogue, item_on, law
from linli.domains.hall.rules import (
    AppointmentState,
    Hours,
    Item,
    OpenDays,
    Opening,
    Slot,
    appointment_key,
    appointment_number,
    clock,
    hours_on,
    minutes_of,
    slots,
)
from linli.domains.hall.rules.network import WATCHES
from linli.kernel.publicity import queries as publicity
from linli.kernel.publicity.queries import ask_public, phone_digests
from linli.kernel.records.queries import standing

PUBLIC = "public"
LOOK_UP = "hall.appointment"
MOST = 200
Days = dict[date, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class PublicHall:
    """A hall in use: where, its name, the street or town above it, its telephone."""

    code: str
    level: Level
    area: str
    above: str
    name: str
    phone: str

    @property
    def zh(self) -> str:
        """The name with the place, where the name does not say it already."""
        if self.area in self.name:
            return self.name
        doubled = next((word for word in ("社区", "村") if self.area.endswith(word) and self.name.startswith(word)), "")
        return f"{self.area}{self.name.removeprefix(doubled)}"

    @property
    def where(self) -> str:
        """The name for who has to find it: with the street or town, because two communities of a district may be called alike."""
        return self.zh if self.above in self.zh else f"{self.above}{self.zh}"


def halls(on: date) -> list[PublicHall]:
    """The halls in use on a day, the highest first."""
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute("select * from bulletin.hall_halls(%s)", [on])
        found = [PublicHall(code, Level(level), *words) for code, level, *words in cursor.fetchall()]
    return sorted(found, key=lambda one: (one.level, one.code))


def hall_on(code: str, on: date) -> PublicHall | None:
    """One hall in use."""
    return next((one for one in halls(on) if one.code == code), None)


def usual_hours(hall: str, on: date) -> Hours:
    """What holds where a hall has entered nothing of its own."""
    keys = ("slot_first", "slot_last", "slot_minutes", "noon_first", "noon_last", "slot_places")
    first, last, length, noon, after, places = (law().on(f"hall.{key}", on, hall).count for key in keys)
    return Hours(first, last + length, (noon, after), length, places)


def slots_between(hall: str, window: str, first: date, last: date, using: str = DEFAULT_DB_ALIAS) -> Days:
    """The slots of a window on each day that it is open, from its hours, the calendar, the roster and what is booked."""
    told = ask_public("hall_slots", hall, window, first, last, list(WATCHES), using=using)
    told = json.loads(told) if isinstance(told, str) else told
    openings = [_opening(one) for one in told["hours"]]
    duty = {date.fromisoformat(day): count for day, count in told["duty"]}
    booked: dict[date, dict[int, int]] = {}
    for day, start, count in told["booked"]:
        booked.setdefault(date.fromisoformat(day), {})[start] = count
    found: Days = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        hours = hours_on(openings, window, day, usual_hours(hall, day))
        each = law().on("hall.slot_each", day, hall).count
        words = {"on_duty": duty.get(day, 0), "each": each}
        if offer := slots(hours, day, official_calendar(), booked.get(day, {}), **words):
            found[day] = offer
    return found


def _opening(row: dict[str, Any]) -> Opening:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Opening(
        row["window"], date.fromisoformat(row["since"]), until, OpenDays(row["days"]), minutes_of(row["opens"]),
        minutes_of(row["closes"]), row["places"],
    )  # fmt: skip


def slots_of(hall: str, window: str, day: date) -> tuple[Slot, ...]:
    """The slots of a window on a day with what is booked in them, for the hall's own staff."""
    return slots_between(hall, window, day, day).get(day, ())


def stranded(hall: str, on: date) -> list[Appointment]:
    """Who is booked for a slot that the hall does not offer any more, because it closed a window or changed its hours since."""
    if not standing(HOUR_BOOK).filter(area=hall).exists():
        return []
    booked = Appointment.objects.filter(area=hall, state=AppointmentState.BOOKED, day__gt=on).order_by("day", "start", "id")
    rows = list(booked[:MOST])
    offered = {key: slots_between(hall, key, rows[0].day, rows[-1].day) for key in sorted({row.window for row in rows})}
    return [row for row in rows if row.start not in {slot.start for slot in offered[row.window].get(row.day, ())}]


def public_days(hall: str, window: str, on: date, using: str = PUBLIC) -> Days:
    """What residents may choose from: tomorrow until the end of the horizon."""
    most = law().on("hall.book_days", on, hall).count
    return slots_between(hall, window, on + timedelta(days=1), on + timedelta(days=most), using=using)


def terms(hall: str, on: date) -> dict[str, int]:
    """What holds for residents who book at a hall: how many at once, how often moved, how often missed, for how long kept."""
    keys = ("open_most", "moves_most", "missed_most", "missed_days", "forget_days")
    return {key: law().on(f"hall.{key}", on, hall).count for key in keys}


def bookable(on: date) -> list[tuple[str, list[Item]]]:
    """The items in force on a day, by window."""
    found: dict[str, list[Item]] = {one.zh: [] for one in catalogue().windows.values()}
    for item in catalogue().on(on):
        found[item.window.zh].append(item)
    return [(zh, items) for zh, items in found.items() if items]


def code_of(number: str) -> str:
    """The look-up code (查询码) of an appointment: told once, with the number."""
    return publicity.code_of(number, LOOK_UP)


def opened(number: str, secret: str) -> tuple[int, list[bytes], bool] | None:
    """What opens an appointment, as the functions of the public's connection take it; None for what is no number."""
    key = appointment_key(number)
    if key is None:
        return None
    told = appointment_number(key)
    return key, phone_digests(secret), publicity.code_fits(told, secret, LOOK_UP)


@dataclass(frozen=True, slots=True)
class Booked:
    """What a resident sees of the own appointment."""

    number: str
    item: Item | None
    what: str
    hall: PublicHall | None
    window: str
    day: date
    start: int
    state: AppointmentState
    moved: int
    texts: bool
    open: bool

    @property
    def time(self) -> str:
        """09:30."""
        return clock(self.start)

    @property
    def window_zh(self) -> str:
        """The name of its window."""
        return catalogue().windows[self.window].zh


def booked(number: str, secret: str, on: date) -> Booked | None:
    """By number, and telephone or look-up code; None where they do not fit."""
    keys = opened(number, secret)
    told = ask_public("hall_appointment", *keys) if keys else None
    if told is None:
        return None
    assert keys is not None
    row = json.loads(told) if isinstance(told, str) else told
    day, state = date.fromisoformat(row["day"]), AppointmentState(row["state"])
    return Booked(
        appointment_number(keys[0]), item_on(row["item"], on) if row["item"] else None, row["what"], hall_on(row["hall"], on),
        row["window"], day, row["start"], state, row["moved"], row["texts"], state is AppointmentState.BOOKED and day >= on,
    )  # fmt: skip
