"""Units and places of an area."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction

from linli.base.identity import read_uscc
from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.actions.common import own_area, past_day
from linli.kernel.registry.models import Organisation, Place, Room, UnitMember
from linli.kernel.registry.rules import ORGANISATION_KINDS, PLACE_KINDS, room_names

PERMISSION, ORGANISE = "registry.register", "registry.organise"
Thing = TypeVar("Thing", Organisation, Place)


@action(ORGANISE)
def register_organisation(
    *, by: Actor, on: date, name: str, kind: str, area: str, uscc: str = "", address: str = "", since: date | None = None
) -> Organisation:
    """Enter a unit that lies in this area; one running unit has a credit code."""
    own_area(by, area, on)
    _named(name, kind, ORGANISATION_KINDS)
    try:
        code = read_uscc(uscc) if uscc else ""
    except ValueError as fault:
        raise Refused(str(fault), field="uscc") from fault
    words = {"uscc": code, "address": tidy(address)[:200], "since": past_day(since or on, on), "area": area}
    try:
        with transaction.atomic():
            made = Organisation.objects.create(name=tidy(name)[:100], kind=kind, **words)
    except IntegrityError as fault:
        raise Refused("这个统一社会信用代码已经登记过，请核对。", field="uscc") from fault
    about("registry.organisation", made.pk, area=area)
    return made


@action(PERMISSION)
def register_place(
    *, by: Actor, on: date, name: str, kind: str, area: str, address: str = "", since: date | None = None
) -> Place:
    """Enter a building, station, home, shelter or another place of this area."""
    own_area(by, area, on)
    _named(name, kind, PLACE_KINDS)
    words = {"address": tidy(address)[:200], "since": past_day(since or on, on), "area": area}
    made = Place.objects.create(name=tidy(name)[:100], kind=kind, **words)
    about("registry.place", made.pk, area=area)
    return made


@action(ORGANISE)
def end_organisation(*, by: Actor, on: date, organisation_id: int, day: date | None = None) -> Organisation:
    """The unit ended or left; from ``day`` on it is history, and nobody is there any more."""
    ended = _end(Organisation, "registry.organisation", organisation_id, day or on, on)
    UnitMember.objects.filter(organisation=ended, until=None, since__lte=ended.until).update(until=ended.until)
    return ended


@action(PERMISSION)
def end_place(*, by: Actor, on: date, place_id: int, day: date | None = None) -> Place:
    """The place is no more, from ``day`` on."""
    return _end(Place, "registry.place", place_id, day or on, on)


@action(PERMISSION)
def add_rooms(*, by: Actor, on: date, place_id: int, rooms: str) -> list[Room]:
    """The rooms of a place, as people write them: 101-118、201、203. A room that stands already is left as it is."""
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None:
        raise Forbidden("没有这个场所，或它不在本辖区内。")
    try:
        names = room_names(rooms)
    except ValueError as fault:
        raise Refused(str(fault), field="rooms") from fault
    known = set(Room.objects.filter(place=place, until=None).values_list("name", flat=True))
    fresh = [Room(place=place, name=name, since=on, area=place.area) for name in names if name not in known]
    if not fresh:
        raise Refused("这些房间都已登记，无需再次登记。", field="rooms")
    made = Room.objects.bulk_create(fresh)
    about("registry.place", place.pk, area=place.area, rooms=len(made))
    return made


@action(PERMISSION)
def end_room(*, by: Actor, on: date, room_id: int) -> Room:
    """The room is no longer lived in: it is not counted from this day on."""
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        raise Forbidden("没有这个房间，或它不在本辖区内。")
    if not Room.objects.filter(pk=room_id, until=None).update(until=on):
        raise Refused("这个房间已经注销。")
    about("registry.place", room.place_id, area=room.area, room=room.pk)
    room.refresh_from_db()
    return room


def _end(model: type[Thing], kind: str, which: int, day: date, on: date) -> Thing:
    row = model._default_manager.select_for_update().filter(pk=which).first()
    if row is None:
        raise Forbidden("没有这一项，或它不在本辖区内。")
    if row.until and row.until <= on:
        raise Refused("这一项已经注销。")
    if past_day(day, on, "day") <= row.since:
        raise Refused("注销日期应晚于登记日期，请修改。", field="day")
    model._default_manager.filter(pk=which).update(until=day)
    about(kind, which, area=row.area)
    row.refresh_from_db()
    return row


def _named(name: str, kind: str, kinds: dict[str, str]) -> None:
    if not tidy(name):
        raise Refused("请填写名称。", field="name")
    if kind not in kinds:
        raise Refused("请选择类别。", field="kind")
