"""Funds of communities, gifts of residents, requests, meetings of the deliberation, and what was decided there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.mutual.rules import GiftState, Need, RequestState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class AidFund(Guarded):
    """The fund of one community; its money is one fund in books of the community's own."""

    rights = READ | APPEND

    name = models.CharField("名称", max_length=60)
    charter = models.CharField("管理办法", max_length=100)
    fund = models.OneToOneField("ledgers.Fund", models.PROTECT, related_name="+", verbose_name="资金")
    since = models.DateField("设立日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    area = AreaField("社区")
    area_then = AreaField("设立时所在地", default="")

    class Meta:
        verbose_name = "社区帮困基金"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="mutual_fund_area_code"),
            models.UniqueConstraint(fields=["area_then"], name="mutual_fund_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Gift(Guarded):
    """What a resident gave, in fen: noted where it was given, banked when finance saw it arrive."""

    rights = READ | APPEND | CHANGE
    area_from = "aidfund"

    aidfund = models.ForeignKey(AidFund, models.PROTECT, related_name="gifts")
    name = models.CharField("捐款人", max_length=60)
    amount = models.BigIntegerField("金额（分）")
    day = models.DateField("捐款日期")
    state = models.CharField("状态", max_length=6, default="noted", choices=GiftState.choices())
    noted_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    banked_on = models.DateField("到账日期", null=True)
    posting = models.OneToOneField("ledgers.Posting", models.PROTECT, null=True, related_name="+")
    struck_on = models.DateField("作废日期", null=True)
    struck_why = models.CharField("作废原因", max_length=200, blank=True)
    area = AreaField("社区")

    class Meta:
        verbose_name = "居民捐款"
        indexes: ClassVar = [models.Index(fields=["aidfund", "-day", "-id"], name="mutual_gift_fund")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="mutual_gift_amount"),
            models.CheckConstraint(
                condition=Q(state="banked", posting__isnull=False, banked_on__isnull=False)
                | ~Q(state="banked") & Q(posting=None),
                name="mutual_gift_in_the_books",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aidfund_id} {self.day}"


class Meeting(Guarded):
    """A meeting of the deliberation: who was called and who came, by name. What was held is not rewritten."""

    rights = READ | APPEND
    area_from = "aidfund"

    aidfund = models.ForeignKey(AidFund, models.PROTECT, related_name="meetings")
    held_on = models.DateField("议事日期")
    place = models.CharField("地点", max_length=60)
    chair = models.CharField("主持人", max_length=50)
    called = models.JSONField("通知的人")
    came = models.JSONField("到会的人")
    record = models.CharField("议事记录", max_length=1000)
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("社区")

    class Meta:
        verbose_name = "议事会"
        constraints: ClassVar = [models.UniqueConstraint(fields=["aidfund", "held_on"], name="mutual_meeting_once")]

    def __str__(self) -> str:
        return f"{self.aidfund_id} {self.held_on}"


class Request(Guarded):
    """Money that is asked for somebody of the community, in fen. The illness is not kept."""

    rights = READ | APPEND | CHANGE
    area_from = "aidfund"

    aidfund = models.ForeignKey(AidFund, models.PROTECT, related_name="requests")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    name = models.CharField("帮扶对象", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    need = models.CharField("用途", max_length=10, choices=Need.choices())
    what = models.CharField("事项", max_length=100)
    asked = models.BigIntegerField("申请金额（分）")
    asked_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=10, default="open", choices=RequestState.choices())
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    order = models.OneToOneField("ledgers.PaymentOrder", models.PROTECT, null=True, related_name="+")
    ordered_on = models.DateField("开付款单日期", null=True)
    withdrawn_why = models.CharField("撤回原因", max_length=200, blank=True)
    area = AreaField("社区")

    class Meta:
        verbose_name = "用款申请"
        indexes: ClassVar = [models.Index(fields=["aidfund", "state"], name="mutual_request_fund")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(asked__gt=0), name="mutual_request_asked"),
            models.CheckConstraint(
                condition=Q(state="ordered", order__isnull=False, ordered_on__isnull=False) | ~Q(state="ordered") & Q(order=None),
                name="mutual_request_ordered",
            ),
            models.UniqueConstraint(
                fields=["aidfund", "person", "need"], condition=Q(state__in=["open", "carried"]), name="mutual_request_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aidfund_id}/{self.pk}"


class Resolution(Guarded):
    """What a meeting decided on a request: the vote, the numbers that were needed, and the law's answer with its steps.

    ``amount`` in fen, 0 when it did not carry. One that was written down wrongly is voided before money moves.
    """

    rights = READ | APPEND | CHANGE
    area_from = "request"

    request = models.ForeignKey(Request, models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    came = models.PositiveSmallIntegerField("到会")
    agreed = models.PositiveSmallIntegerField("赞成")
    against = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")
    stepped_back = models.JSONField("回避的人")
    carried = models.BooleanField("通过")
    amount = models.BigIntegerField("决定金额（分）")
    outcome = models.JSONField("依据")
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    made_on = models.DateField("登记日期")
    voided_on = models.DateField("更正日期", null=True)
    voided_why = models.CharField("更正原因", max_length=200, blank=True)
    area = AreaField("社区")

    class Meta:
        verbose_name = "议事决议"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(voided_on=None), name="mutual_resolution_once"),
            models.CheckConstraint(
                condition=Q(came__gte=F("agreed") + F("against") + F("abstained")), name="mutual_resolution_votes"
            ),
            models.CheckConstraint(
                condition=Q(carried=True, amount__gt=0, agreed__gt=F("against")) | Q(carried=False, amount=0),
                name="mutual_resolution_carried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.request_id}"
