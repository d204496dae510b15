"""Calls, who sits at which extension, and what the exchange is asked to do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ
from linli.kernel.calls.rules import LIVE, CallEnding, Direction, FollowUp, State, Wish

STAFF = "access.Staff"
NOW = Q(state__in=[state.value for state in LIVE])


class Extension(Guarded):
    """Who sits at which telephone now. One person has one, and one telephone one person."""

    rights = READ | APPEND | CHANGE | ERASE

    number = models.CharField("分机", max_length=10, unique=True, db_collation="C")
    staff = models.OneToOneField(STAFF, models.PROTECT, related_name="+", verbose_name="坐席")
    since = models.DateTimeField("登录时间")
    area = AreaField()

    class Meta:
        verbose_name = "分机"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="calls_extension_area_code")]

    def __str__(self) -> str:
        return self.number


class Call(Guarded):
    """A telephone call (通话). ``key`` is what the exchange calls it. The number is sealed; empty where it is withheld.

    ``operator`` sat at ``extension`` when it was answered. ``follow``: what a missed call asks for; ``repeats``: how many
    further calls of the number were missed while it waited. ``recording`` is the exchange's reference, no sound.
    """

    rights = READ | APPEND | CHANGE

    key = models.CharField("通话编号", max_length=128, unique=True, db_collation="C")
    direction = models.CharField("方向", max_length=3, choices=Direction.choices(), default=Direction.IN.value)
    number_sealed = models.BinaryField("号码（加密）", null=True)
    number_digest = models.BinaryField("号码（散列）", null=True)
    number_tail = models.BinaryField("号码末四位（散列）", null=True)
    dialled = models.CharField("拨打的号码", max_length=20, blank=True)
    extension = models.CharField("分机", max_length=40, blank=True)
    operator = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="坐席")
    state = models.CharField("状态", max_length=8, choices=State.choices())
    began_at = models.DateTimeField("时间")
    rang_at = models.DateTimeField("振铃", null=True)
    answered_at = models.DateTimeField("接听", null=True)
    handed_at = models.DateTimeField("转接", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    ending = models.CharField("结束方式", max_length=10, blank=True, choices=CallEnding.choices())
    recording = models.CharField("录音编号", max_length=200, blank=True)
    follow = models.CharField("回电", max_length=6, choices=FollowUp.choices(), default=FollowUp.NONE.value)
    repeats = models.IntegerField("再次未接", default=0)
    followed_at = models.DateTimeField("回电时间", null=True)
    followed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="回电人")
    follow_note = models.CharField("回电情况", max_length=300, blank=True)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+", verbose_name="工单")
    area = AreaField()

    class Meta:
        verbose_name = "通话"
        indexes: ClassVar = [
            models.Index(fields=["area", "-began_at", "id"], name="calls_call_list"),
            models.Index(fields=["began_at"], condition=NOW, name="calls_call_live"),
            models.Index(fields=["began_at"], condition=Q(follow="due"), name="calls_call_due"),
            models.Index(fields=["number_digest"], condition=Q(number_digest__isnull=False), name="calls_call_number"),
            models.Index(fields=["number_tail"], condition=Q(number_tail__isnull=False), name="calls_call_tail"),
            models.Index(fields=["order"], condition=Q(order__isnull=False), name="calls_call_order"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number_digest"], condition=Q(follow="due"), name="calls_call_due_once"),
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE) & Q(key__gt=""), name="calls_call_whole"),
            models.CheckConstraint(condition=Q(state="ended") ^ Q(ended_at=None), name="calls_call_ended"),
            models.CheckConstraint(condition=~Q(follow="done") | Q(followed_at__isnull=False), name="calls_call_followed"),
        ]

    def __str__(self) -> str:
        return self.key


class Command(Guarded):
    """What an operator asks the exchange to do; whoever runs the exchange's side carries it out within seconds, or never."""

    rights = READ | APPEND | CHANGE

    wish = models.CharField("指令", max_length=8, choices=Wish.choices())
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="commands")
    extension = models.CharField("分机", max_length=10)
    number_sealed = models.BinaryField("号码（加密）", null=True)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="坐席")
    asked_at = models.DateTimeField("时间")
    done_at = models.DateTimeField("执行时间", null=True)
    fault = models.CharField("未能执行", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "话务指令"
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(done_at=None), name="calls_command_open"),
            models.Index(fields=["asked_by", "-asked_at"], name="calls_command_own"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="calls_command_area_code"),
            models.UniqueConstraint(fields=["call", "wish", "asked_by"], condition=Q(done_at=None), name="calls_command_once"),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.call_id}"
