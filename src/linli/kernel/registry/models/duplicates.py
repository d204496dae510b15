"""Pairs of rows that may be one person, and what a person decided about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.models.people import Person
from linli.kernel.registry.rules import PairState


class DuplicatePair(Guarded):
    """Two rows that may be one person. ``area`` is the lowest area above both: whoever sees both may decide."""

    rights = READ | APPEND | CHANGE

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.SmallIntegerField("把握（%）")
    grounds = models.JSONField("相同之处", default=list)
    reasons = models.JSONField("比对", default=list)  # what was compared, what was found, bits
    state = models.CharField("状态", max_length=10, choices=PairState.choices(), default=PairState.OPEN)
    survivor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField("提出日")
    decided_on = models.DateField("认定日", null=True)
    decided_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "疑似重复"
        indexes: ClassVar = [models.Index(fields=["state", "area", "-score"], name="duplicate_queue")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}≈{self.second_id} {self.score}"


class DuplicatePass(Guarded):
    """One search of an area's people for rows that may be one person: how far it is, and what it brought.

    It names nobody, and whoever works in a part of the area may see when it was searched.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    on = models.DateField("查找日")
    at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    step = models.CharField("步骤", max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    people = models.IntegerField("比对人数", default=0)
    proposed = models.IntegerField("新提出", default=0)
    gone = models.IntegerField("不再相似", default=0)
    message = models.CharField("说明", max_length=400, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "查找重复"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="duplicate_pass_last")]

    def __str__(self) -> str:
        return f"{self.pk} {self.area} {self.on}"
