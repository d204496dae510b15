"""Units and places of the present scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from linli.base.areas import scope_of
from linli.kernel.registry.models import Organisation, Place, Room
from linli.kernel.registry.queries.people import running
from linli.kernel.registry.rules import after


def organisations(on: date, *, area: str = "", kind: str = "", name: str = "") -> QuerySet[Organisation]:
    """Units that are there on this day, by area and name."""
    return _there(Organisation.objects.order_by("area", "name", "id"), on, area, kind, name)


def places(on: date, *, area: str = "", kind: str = "", name: str = "") -> QuerySet[Place]:
    """Places that are there on this day, by area and name."""
    return _there(Place.objects.order_by("area", "name", "id"), on, area, kind, name)


def organisation_by_id(organisation_id: int) -> Organisation | None:
    """The unit with this id in the present scope."""
    return Organisation.objects.filter(pk=organisation_id).first()


def place_by_id(place_id: int) -> Place | None:
    """The place with this id in the present scope."""
    return Place.objects.filter(pk=place_id).first()


def rooms(on: date, *, place: int | None = None, kind: str = "") -> QuerySet[Room]:
    """Rooms that are there on this day, of one place or of all places of a kind, by place and number."""
    found = Room.objects.filter(running(on)).filter(running_of("place", on)).select_related("place")
    exact = {"place": place, "place__kind": kind}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.order_by("place__area", "place__name", "place_id", "name")


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
