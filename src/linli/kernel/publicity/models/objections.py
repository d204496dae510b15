"""What residents say about a notice, and what the office answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.publicity.models.notices import Notice, NoticeItem
from linli.kernel.publicity.rules import Channel, MessageKind, ObjectionState


class Objection(Guarded):
    """An objection or enquiry, from the public page or the counter. ``receipt`` is the number that the sender was given.

    Without an ``item`` it is about the notice as a whole. ``sender`` is the name and contact, sealed; none is 匿名.
    """

    rights = READ | APPEND | CHANGE
    area_from = "notice"

    receipt = models.CharField("回执号", max_length=20, unique=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    item = models.ForeignKey(NoticeItem, models.PROTECT, null=True, related_name="objections")
    kind = models.CharField("类别", max_length=10, choices=MessageKind.choices())
    channel = models.CharField("来源", max_length=8, choices=Channel.choices())
    text = models.CharField("内容", max_length=1000)
    sender = models.BinaryField("来信人", null=True)
    state = models.CharField("状态", max_length=10, choices=ObjectionState.choices())
    received_on = models.DateField("收到日")
    received_at = models.DateTimeField(db_default=Now())
    due = models.DateField("答复期限")
    due_provisional = models.BooleanField("暂定", default=False)
    taken_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    handled_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    handled_on = models.DateField("办结日", null=True)
    upheld = models.BooleanField("异议成立", null=True)
    outcome = models.CharField("处理结果", max_length=1000, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "异议和咨询"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "accepted"], handled_on=None)
                | (Q(state__in=["dismissed", "answered"], handled_on__isnull=False) & ~Q(outcome="")),
                name="objection_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered", kind="objection") | Q(upheld__isnull=False), name="objection_upheld"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "due"], condition=Q(state__in=["received", "accepted"]), name="objection_open"),
            models.Index(fields=["notice", "state"], name="objection_of_notice"),
        ]

    def __str__(self) -> str:
        return self.receipt
