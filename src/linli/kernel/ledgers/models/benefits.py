"""Who was helped by what in which period. One row for each member of the household."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, READ


class Benefit(Guarded):
    """A person helped under a group (project, programme) in a period. Written by the guard's functions only.

    While it stands, the person cannot be helped again under the same group in the same period, wherever in the
    district, and under whatever household (不重复救助).
    """

    rights = READ

    group = models.CharField("项目", max_length=60)
    period = models.CharField("期间", max_length=20)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", db_index=False)
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    source = models.CharField("来源业务", max_length=80)
    amount = models.BigIntegerField("金额（分）", null=True)
    given_on = models.DateField("登记日期")
    cancelled_on = models.DateField("取消日期", null=True)
    area = AreaField("登记地")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "救助登记"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "group", "period"], condition=Q(cancelled_on=None), name="benefit_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source"], name="benefit_source"),
            models.Index(fields=["area", "group", "period"], name="benefit_area"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.period} {self.person_id}"


class Exclusion(Guarded):
    """Two groups that one person cannot have in the same period (a month lies in its year)."""

    rights = READ | APPEND

    first = models.CharField("项目", max_length=60)
    second = models.CharField("不得同时享受的项目", max_length=60)
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("自")

    class Meta:
        verbose_name = "叠加限制"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="exclusion_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="exclusion_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"
