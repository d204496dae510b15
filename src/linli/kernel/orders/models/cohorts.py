"""Frozen cohorts of orders, from which rates are computed, and what is left out of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.orders.models.desks import Desk
from linli.kernel.orders.models.orders import Order
from linli.kernel.orders.rules import OmissionGround


class Cohort(Guarded):
    """The orders that were closed in a period, kept as they stood when somebody froze them. It never changes."""

    rights = READ | APPEND

    first = models.DateField("自")
    last = models.DateField("至")
    frozen_at = models.DateTimeField("冻结时间")
    frozen_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="冻结人")
    count = models.IntegerField("工单数")
    area = AreaField()
    area_then = AreaField("冻结时所在")

    class Meta:
        verbose_name = "考核批次"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="cohort_area_code"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="cohort_days"),
            models.UniqueConstraint(fields=["area_then", "first", "last"], name="cohort_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


class CohortMember(Guarded):
    """One order of a cohort with what its rates are made of, as it stood. ``place`` and ``desk`` say to whom it counts."""

    rights = READ | APPEND
    area_from = "cohort"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="members")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    number = models.CharField("工单号", max_length=16)
    category = models.CharField("事项分类", max_length=6)
    place = models.CharField("事发地", max_length=12)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name="主办单位")
    answered = models.BooleanField("按时联系")
    in_time = models.BooleanField("按时办结")
    solved = models.BooleanField("已解决", null=True)
    grade = models.CharField("评价", max_length=1, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "考核工单"
        indexes: ClassVar = [models.Index(fields=["cohort", "place"], name="cohort_member_place")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["cohort", "order"], name="cohort_member_once")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.number}"


class Omission(Guarded):
    """An order is left out of its cohort: one person asks, another agrees or not; both and the ground stay visible."""

    rights = READ | APPEND | CHANGE
    area_from = "member"

    member = models.ForeignKey(CohortMember, models.PROTECT, related_name="omissions")
    ground = models.CharField("理由类别", max_length=12, choices=OmissionGround.choices())
    text = models.CharField("理由", max_length=300)
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    agreed = models.BooleanField("同意", null=True)
    ruled_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    ruled_at = models.DateTimeField("审定时间", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "剔除"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=~Q(agreed=False), name="omission_once"),
            models.CheckConstraint(condition=Q(agreed=None) ^ Q(ruled_by__isnull=False), name="omission_ruled"),
            models.CheckConstraint(condition=~Q(ruled_by=F("asked_by")), name="omission_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.ground}"
