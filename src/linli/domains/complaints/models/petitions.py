"""What a petition has beside its order, and the answers that are made public."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.domains.complaints.rules import AnswerState, Handing, PetitionOutcome, RefusalGround, RemedyKind, RemedyOutcome
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

_STAFF = "access.Staff"


class Petition(Guarded):
    """The written side of a petition (信访): accepted or not, and answered with an outcome; the order has its days.

    ``people``: how many ask together; the names of their representatives are sealed. ``report_due``: until when whoever it was
    assigned to (交办) reports what came of it.
    """

    rights = READ | APPEND | CHANGE
    area_from = "order"

    order = models.OneToOneField("orders.Order", models.PROTECT, related_name="+", verbose_name="工单")
    handing = models.CharField("转办方式", max_length=10, choices=Handing.choices())
    people = models.PositiveIntegerField("信访人数", default=1)
    representatives = models.BinaryField("代表（加密）", null=True)
    report_due = models.DateField("应当报告结果", null=True)
    reported_on = models.DateField("报告日期", null=True)
    reported_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="报告人")
    report = models.TextField("办结报告", blank=True)
    accepted = models.BooleanField("受理", null=True)
    ground = models.CharField("不予受理的理由", max_length=10, blank=True, choices=RefusalGround.choices())
    told_on = models.DateField("告知日期", null=True)
    outcome = models.CharField("处理意见", max_length=10, blank=True, choices=PetitionOutcome.choices())
    basis = models.CharField("依据", max_length=300, blank=True)
    text = models.TextField("答复内容", blank=True)
    replied_on = models.DateField("答复日期", null=True)
    replied_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    area = AreaField()

    class Meta:
        verbose_name = "信访件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted=None, told_on=None, ground="") | Q(accepted=True, ground="", told_on__isnull=False)
                | Q(accepted=False, ground__gt="", told_on__isnull=False),
                name="petition_told",
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None, outcome="") | Q(accepted=True, replied_on__isnull=False, outcome__gt=""),
                name="petition_answered",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="petition_people"),
            models.CheckConstraint(
                condition=Q(reported_on=None, reported_by=None, report="")
                | Q(reported_on__isnull=False, reported_by__isnull=False, report__gt="", handing="assign"),
                name="petition_reported",
            ),
        ]

    def __str__(self) -> str:
        return f"petition {self.order_id}"


class Remedy(Guarded):
    """Somebody does not agree with the answer: review (复查), then recheck (复核), each by another body and person."""

    rights = READ | APPEND | CHANGE
    area_from = "petition"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="remedies")
    kind = models.CharField("程序", max_length=8, choices=RemedyKind.choices())
    body = models.CharField("办理机关", max_length=60)
    why = models.CharField("请求的理由", max_length=500)
    asked_on = models.DateField("请求日期")
    due = models.DateField("应当办结")
    outcome = models.CharField("意见", max_length=10, blank=True, choices=RemedyOutcome.choices())
    opinion = models.TextField("意见内容", blank=True)
    decided_on = models.DateField("出具日期", null=True)
    decided_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="承办人")
    area = AreaField()

    class Meta:
        verbose_name = "复查复核"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["petition", "kind"], name="remedy_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | Q(outcome__gt="", decided_on__isnull=False), name="remedy_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.kind}"


class Answer(Guarded):
    """What everybody may read of a complaint and its result: written by one person, let out by another, taken down."""

    rights = READ | APPEND | CHANGE
    area_from = "order"

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="+", verbose_name="工单")
    title = models.CharField("标题", max_length=80)
    unit = models.CharField("承办单位", max_length=60)
    question = models.TextField("反映的问题")
    text = models.TextField("办理结果")
    state = models.CharField("状态", max_length=8, choices=AnswerState.choices())
    written_by = models.ForeignKey(_STAFF, models.PROTECT, related_name="+", verbose_name="拟稿人")
    written_on = models.DateField("拟稿日期")
    judged_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    judged_on = models.DateField("审核日期", null=True)
    why = models.CharField("退回或撤下的理由", max_length=200, blank=True)
    down_by = models.ForeignKey(_STAFF, models.PROTECT, null=True, related_name="+", verbose_name="撤下人")
    down_on = models.DateField("撤下日期", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "投诉反馈"
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="complaint_answer_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order"], condition=Q(state__in=["draft", "up"]), name="complaint_answer_once"),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("written_by")), name="complaint_answer_two_people"
            ),
            models.CheckConstraint(condition=Q(state="draft") ^ Q(judged_on__isnull=False), name="complaint_answer_judged"),
            models.CheckConstraint(condition=Q(state="down") ^ Q(down_on=None), name="complaint_answer_down"),
        ]

    def __str__(self) -> str:
        return self.title
