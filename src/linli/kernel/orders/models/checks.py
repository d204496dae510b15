"""Closed orders that were drawn by lot to be called back about, although nobody had to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.orders.models.orders import Order
from linli.kernel.orders.rules import CallOutcome, Satisfaction

STAFF = "access.Staff"


class CallDraw(Guarded):
    """A draw among the orders closed in a week: of each kind and desk ``share`` in a hundred, at least one.

    ``framed`` orders could be drawn; ``frame`` names them with category and desk, as they stood then. Seed, share and frame
    give the same again. It never changes. Without ``drawn_by`` the weekly job drew.
    """

    rights = READ | APPEND

    first = models.DateField("自")
    last = models.DateField("至")
    share = models.PositiveSmallIntegerField("抽样比例")
    seed = models.CharField("抽样种子", max_length=32)
    framed = models.PositiveIntegerField("可抽工单数")
    digest = models.CharField("抽样框摘要", max_length=64)
    frame = models.JSONField("抽样框", null=True)
    size = models.PositiveIntegerField("抽中")
    drawn_at = models.DateTimeField("抽样时间")
    drawn_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "回访抽样"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="call_draw_area_code"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="call_draw_days"),
            models.UniqueConstraint(fields=["area", "first", "last"], name="call_draw_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


class Check(Guarded):
    """One closed order that was drawn, and what its caller said. ``called_at`` is empty until it is over."""

    rights = READ | APPEND | CHANGE
    area_from = "order"

    draw = models.ForeignKey(CallDraw, models.PROTECT, related_name="checks")
    order = models.ForeignKey(Order, models.PROTECT, related_name="checks")
    round = models.PositiveSmallIntegerField("轮次")
    attempts = models.PositiveSmallIntegerField("拨打次数", default=0)
    outcome = models.CharField("接通情况", max_length=10, blank=True, choices=CallOutcome.choices())
    solved = models.BooleanField("解决", null=True)
    grade = models.CharField("评价", max_length=1, blank=True, choices=Satisfaction.choices())
    text = models.CharField("意见", max_length=500, blank=True)
    called_at = models.DateTimeField("回访时间", null=True)
    called_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "抽样回访"
        indexes: ClassVar = [models.Index(fields=["draw"], condition=Q(called_at=None), name="order_check_open")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "round"], name="order_check_once"),
            models.CheckConstraint(
                condition=Q(grade="", solved=None) | Q(grade__gt="", solved__isnull=False, outcome="reached"),
                name="order_check_graded",
            ),
            models.CheckConstraint(condition=Q(called_at=None) | ~Q(outcome=""), name="order_check_over"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.order_id}"
