"""Organisations and places."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.models.people import Person
from linli.kernel.registry.rules import ORGANISATION_KINDS, PLACE_KINDS, UnitRole


class Organisation(Guarded):
    """A unit: an office, a school, a company, an association."""

    rights = READ | APPEND | CHANGE

    name = models.CharField("名称", max_length=100)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("类别", max_length=20, choices=sorted(ORGANISATION_KINDS.items()))
    address = models.CharField("地址", max_length=200, blank=True)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "单位"
        indexes: ClassVar = [models.Index(fields=["area", "name"], name="organisation_list")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc="") & Q(until=None), name="organisation_uscc_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitMember(Guarded):
    """A registered person leads a unit, answers for it or works there. The row lies where the unit lies."""

    rights = READ | APPEND | CHANGE
    area_from = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=8, choices=UnitRole.choices())
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "单位人员"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], condition=Q(until=None), name="unit_member_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="unit_member_days"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Place(Guarded):
    """A building, a station, a home, a shelter, a grave site."""

    rights = READ | APPEND | CHANGE

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20, choices=sorted(PLACE_KINDS.items()))
    address = models.CharField("地址", max_length=200, blank=True)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "场所"
        indexes: ClassVar = [models.Index(fields=["area", "kind", "name"], name="place_list")]

    def __str__(self) -> str:
        return self.name


class Room(Guarded):
    """A room of a place, by the number on its door: what is given to every room is counted against these."""

    rights = READ | APPEND | CHANGE
    area_from = "place"

    place = models.ForeignKey(Place, models.PROTECT, related_name="rooms")
    name = models.CharField("房间号", max_length=20)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "房间"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(until=None), name="room_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="room_days"),
        ]

    def __str__(self) -> str:
        return self.name
