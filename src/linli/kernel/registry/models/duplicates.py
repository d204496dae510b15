"""Pairs of rows that may be one person, and what a person decided about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.models.people import Person
from linli.kernel.registry.rules import PairState


class DuplicatePair(Guarded):
    """Two rows that may be one person. ``area`` is the lowest area above both: whoever sees both may decide."""

    rights = READ | APPEND | CHANGE

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.SmallIntegerField("相似度")
    grounds = models.JSONField("相同之处", default=list)
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
