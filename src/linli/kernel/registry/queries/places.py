"""Units and places of the present scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.base.areas import scope_of
from linli.kernel.registry.models import Household, Organisation, Person, Place, Room, UnitMember
from linli.kernel.registry.queries.people import identities, running
from linli.kernel.registry.rules import UnitRole, after


def organisations(on: date, *, area: str = "", kind: str = "", name: str = "") -> QuerySet[Organisation]:
    """Units that are there on this day, by area and name."""
    return _there(Organisation.objects.order_by("area", "name", "id"), on, area, kind, name)


def places(on: date, *, area: str = "", kind: str = "", name: str = "") -> QuerySet[Place]:
    """Places that are there on this day, by area and name."""
    return _there(Place.objects.order_by("area", "name", "id"), on, area, kind, name)


def organisation_by_id(organisation_id: int) -> Organisation | None:
    """The unit with this id in the present scope."""
    return Organisation.objects.filter(pk=organisation_id).first()


def unit_members(unit: Organisation, on: date) -> list[tuple[UnitMember, Person | None]]:
    """Who is at the unit on this day, its head first; no person where the reader's area does not hold them (any more)."""
    rows = list(UnitMember.objects.filter(running(on), organisation=unit))
    known = Person.objects.in_bulk([row.person_id for row in rows])
    order = list(UnitRole)
    rows.sort(key=lambda row: (order.index(UnitRole(row.role)), row.pk))
    return [(row, known.get(row.person_id)) for row in rows]


def unit_member_by_id(member_id: int) -> UnitMember | None:
    """Who is or was at a unit, by the row's id, in the present scope."""
    return UnitMember.objects.select_related("organisation").filter(pk=member_id).first()


def units_of(person: Person, on: date) -> list[UnitMember]:
    """Where this person leads, answers or works on this day."""
    rows = UnitMember.objects.filter(running(on), person__in=identities(person)).select_related("organisation")
    return list(rows.order_by("organisation__name", "id"))


def place_by_id(place_id: int) -> Place | None:
    """The place with this id in the present scope."""
    return Place.objects.filter(pk=place_id).first()


def rooms(on: date, *, place: int | None = None, kind: str = "") -> QuerySet[Room]:
    """Rooms that are there on this day, of one place or of all places of a kind, by place and number."""
    found = Room.objects.filter(running(on)).filter(running_of("place", on)).select_related("place")
    exact = {"place": place, "place__kind": kind}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.order_by("place__area", "place__name", "place_id", "name")


def households_in(place: Place, on: date) -> dict[str, list[Household]]:
    """The households of a building by the room that their address names (``""``: none), each with how many ``people`` it has.

    Nothing is entered twice for it: the address of the household says where it lives.
    """
    if not place.address:
        return {}
    here = Q(area=place.area, address__gte=place.address, address__lt=after(place.address))
    there = Count("memberships", filter=running_of("memberships", on))
    found: dict[str, list[Household]] = {}
    homes = Household.objects.filter(running(on), here).select_related("head").annotate(people=there)
    for one in homes.order_by("address", "id"):
        rest = one.address.removeprefix(place.address).strip().removesuffix("室").upper()
        found.setdefault(rest, []).append(one)
    return found


@dataclass(frozen=True)
class Glance:
    """What there is in an area on a day: people, households, rooms, units and places by their kinds."""

    people: int
    households: int
    rooms: int
    organisations: dict[str, int]
    places: dict[str, int]


def at_a_glance(area: str, on: date) -> Glance:
    """The community in one look; a fixed number of statements."""
    scope = scope_of(area)
    here = Q(area__gte=scope.lo, area__lt=scope.hi)
    return Glance(
        Person.objects.filter(here, merged_into=None, died_on=None).count(), Household.objects.filter(running(on), here).count(),
        rooms(on).filter(here).count(), _by_kind(organisations(on, area=area)), _by_kind(places(on, area=area)),
    )  # fmt: skip


def _by_kind(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("kind").annotate(n=Count("id")).order_by("kind"))


def room_by_id(room_id: int) -> Room | None:
    """The room with this id in the present scope."""
    return Room.objects.select_related("place").filter(pk=room_id).first()


def running_of(path: str, on: date) -> Q:
    """Rows whose parent at ``path`` is valid on this day."""
    return Q(**{f"{path}__since__lte": on}) & (Q(**{f"{path}__until": None}) | Q(**{f"{path}__until__gt": on}))


def _there(rows: QuerySet, on: date, area: str, kind: str, name: str) -> QuerySet:
    rows = rows.filter(running(on))
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    if kind:
        rows = rows.filter(kind=kind)
    if name:
        rows = rows.filter(name__gte=name, name__lt=after(name))
    return rows
