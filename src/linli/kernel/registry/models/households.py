"""Households and who belonged to them, when."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.models.areas import days_in_order, valid
from linli.kernel.registry.models.people import Person
from linli.kernel.registry.rules import KIN, HouseholdKind


class Household(Guarded):
    """A household that lives together. ``number`` is the one of the house book, if known (unique nowhere)."""

    rights = READ | APPEND | CHANGE

    number = models.CharField("户号", max_length=20, blank=True)
    head = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="户主")
    kind = models.CharField("户别", max_length=12, choices=HouseholdKind.choices())
    address = models.CharField("住址", max_length=200, blank=True)
    since = models.DateField("立户日")
    until = models.DateField("销户日（不含）", null=True)
    area = AreaField("居住地")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "家庭"
        indexes: ClassVar = [
            models.Index(fields=["area", "id"], name="household_list"),
            models.Index(fields=["number", "area"], name="household_number"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="household_area_code"),
            days_in_order("household_days"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.area}"


class Membership(Guarded):
    """A person belonged to a household from a day until a day (exclusive): to one household at a time."""

    rights = READ | APPEND | CHANGE
    area_from = "household"

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    kin = models.CharField("与户主关系", max_length=2, choices=sorted(KIN.items()))
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)
    left_because = models.CharField("离户原因", max_length=100, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "家庭成员"
        constraints: ClassVar = [
            days_in_order("membership_days"),
            ExclusionConstraint(name="membership_one_household_at_a_time", expressions=[("person", "="), (valid(), "&&")]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}∈{self.household_id} {self.since}"
