"""What is owed and was done; who is on duty; who asked to swap."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.duties.rules import SwapState, TaskState


class Occurrence(Guarded):
    """One time that a duty is owed by one subject. When it falls due is written once and never changed.

    ``line`` is the first day of the declaration that it comes from. It is late after the day ``late_after``.
    """

    rights = READ | APPEND | CHANGE

    duty = models.CharField("事项", max_length=60)
    line = models.DateField("所依规定自")
    subject = models.CharField("对象编号", max_length=60)
    subject_zh = models.CharField("对象", max_length=120)
    href = models.CharField("页面", max_length=200, blank=True)
    first = models.DateField("起")
    last = models.DateField("应办至")
    late_after = models.DateField("逾期界限")
    number = models.SmallIntegerField("序次")
    provisional = models.BooleanField("暂定", default=False)
    state = models.CharField("状态", max_length=8, default=TaskState.OWED.value)
    done_on = models.DateField("办理日", null=True)
    done_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    entered_on = models.DateField("登记日", null=True)
    proof = models.JSONField("办理内容", default=dict)
    minutes = models.IntegerField("时长（分钟）", null=True)
    note = models.CharField("备注", max_length=200, blank=True)
    evidence = models.CharField("佐证", max_length=80, blank=True)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "应办事项"
        indexes: ClassVar = [
            models.Index(fields=["area", "late_after"], condition=Q(state="owed"), name="occurrence_owed"),
            models.Index(fields=["duty", "area", "late_after"], name="occurrence_duty"),
            models.Index(fields=["duty", "subject", "first"], name="occurrence_subject"),
            models.Index(fields=["evidence"], condition=~Q(evidence=""), name="occurrence_evidence"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="occurrence_area_code"),
            models.CheckConstraint(condition=Q(first__lte=F("last"), last__lte=F("late_after")), name="occurrence_days"),
            models.CheckConstraint(condition=Q(state="done", done_on__gte=F("first")) | Q(~Q(state="done"), done_on=None),
                                   name="occurrence_done_has_a_day"),
            models.UniqueConstraint(fields=["duty", "subject", "first", "number"], condition=~Q(state="dropped"),
                                    name="occurrence_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.duty} {self.subject} {self.first}.{self.number}"


class Shift(Guarded):
    """One member of staff is on duty on one day. ``attended_on`` says that the person came, as entered on that day."""

    rights = READ | APPEND | CHANGE

    duty = models.CharField("事项", max_length=60)
    day = models.DateField("日期")
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="值班人")
    active = models.BooleanField("有效", default=True)
    attended_on = models.DateField("到岗登记日", null=True)
    minutes = models.IntegerField("时长（分钟）", null=True)
    note = models.CharField("值班记事", max_length=500, blank=True)
    set_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="排班人")
    set_on = models.DateField("排班日")
    at = models.DateTimeField(db_default=Now())
    area = AreaField("所在地")

    class Meta:
        verbose_name = "值班"
        indexes: ClassVar = [models.Index(fields=["duty", "area", "day"], name="shift_day")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="shift_area_code"),
            models.UniqueConstraint(fields=["duty", "day", "area", "staff"], condition=Q(active=True), name="shift_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.day} {self.staff_id}"


class Swap(Guarded):
    """Somebody asks another to take a shift; it changes hands when the other agrees, and not before."""

    rights = READ | APPEND | CHANGE
    area_from = "shift"

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="swaps")
    to = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="接替人")
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日")
    why = models.CharField("原因", max_length=200)
    state = models.CharField("状态", max_length=8, default=SwapState.ASKED.value)
    answered_on = models.DateField("答复日", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "换班"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shift"], condition=Q(state="asked"), name="swap_one_open"),
            models.CheckConstraint(condition=~Q(to=F("asked_by")), name="swap_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} → {self.to_id}"
