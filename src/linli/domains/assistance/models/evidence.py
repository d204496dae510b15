"""What proves the facts: consents, the economic check with its answers, visits, the neighbours' meeting."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.assistance.models.applications import Application
from linli.domains.assistance.rules import CAUSES, REGISTERS, VisitKind
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.law import Item

ANSWER_STATES = {"new": "待处理", "taken": "已采用", "noted": "与申报一致", "disputed": "本人有异议", "corrected": "复查后不采用"}


class Consent(Guarded):
    """A member's consent to the economic check: what it covers, who signed when, until when it holds.

    ``withdrawn_on``: it holds no more, because a newer one took its place, or (``revoked``) because the person took it back.
    ``said`` is how that was said; ``told_on`` when the person was told what follows.
    """

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="consents")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    scope = models.CharField("授权范围", max_length=300)
    signer = models.CharField("签名人", max_length=50)
    signed_on = models.DateField("签字日期")
    until = models.DateField("有效期至")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField("撤回日期", null=True)
    revoked = models.BooleanField("本人撤回", default=False)
    said = models.CharField("撤回的说明", max_length=200, blank=True)
    told_on = models.DateField("告知后果日期", null=True)
    revoked_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "核对授权"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(revoked=False, told_on=None) | Q(revoked=True, withdrawn_on__isnull=False),
                name="assist_consent_revoked",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("signed_on")), name="assist_consent_days"),
            models.UniqueConstraint(
                fields=["application", "person"], condition=Q(withdrawn_on=None), name="assist_consent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.person_id}"


class Inquiry(Guarded):
    """One request to the platform of the economic check. ``key``: the same request sent again is one request."""

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="inquiries")
    key = models.CharField("请求编号", max_length=60, unique=True)
    asked_on = models.DateField("提请日期")
    asked_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("答复日期", null=True)
    until = models.DateField("报告有效期至", null=True)
    silent = ArrayField(models.CharField(max_length=12), verbose_name="未答复的部门", default=list)
    area = AreaField()

    class Meta:
        verbose_name = "经济状况核对"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on=None, until=None) | Q(answered_on__isnull=False, until__gte=F("answered_on")),
                name="assist_inquiry_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def silent_zh(self) -> str:
        """The registers that did not answer, in words."""
        return "、".join(REGISTERS.get(name, name) for name in self.silent)


class Answer(Guarded):
    """What one register says of one member: an item with its amount and months, as of a day; and what became of it."""

    rights = READ | APPEND | CHANGE
    area_from = "inquiry"

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="answers")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    register = models.CharField("数据来源", max_length=12, choices=list(REGISTERS.items()))
    kind = models.SmallIntegerField("项目", choices=[(int(item), item.zh) for item in Item])
    amount = models.BigIntegerField("金额（分）", default=0)
    number = models.PositiveSmallIntegerField("数量", default=0)
    first = models.DateField("起始月", null=True)
    last = models.DateField("截止月", null=True)
    as_of = models.DateField("数据日期")
    state = models.CharField("处理", max_length=10, default="new", choices=list(ANSWER_STATES.items()))
    said = models.CharField("本人说明", max_length=300, blank=True)
    said_on = models.DateField("提出异议日期", null=True)
    settled = models.CharField("复查结论", max_length=300, blank=True)
    settled_on = models.DateField("复查日期", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "核对结果"

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.kind} {self.amount}"


class Visit(Guarded):
    """A visit: to the home (五清), to neighbours, by the district, or a statement taken. A draft until ``done_on``.

    ``key`` is made by the sender: the same visit sent twice is one. A draft that was not wanted is struck by who began it, with
    the reason, and stays readable.
    """

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    key = models.CharField("登记编号", max_length=60, unique=True)
    kind = models.CharField("类型", max_length=12, choices=[(one.value, one.zh) for one in VisitKind])
    visited_on = models.DateField("日期")
    visitors = ArrayField(models.CharField(max_length=50), verbose_name="调查人员")
    spoke_with = models.CharField("在场人员", max_length=100, blank=True)
    remote = models.CharField("电话或视频调查的原因", max_length=100, blank=True)
    five = models.JSONField("五清", default=dict)
    cause = models.CharField("主要致贫原因", max_length=12, blank=True, choices=list(CAUSES.items()))
    found = models.CharField("调查情况", max_length=2000, blank=True)
    signer = models.CharField("被调查人签字", max_length=50, blank=True)
    no_signature = models.CharField("未签字的原因", max_length=100, blank=True)
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    entered_on = models.DateField("登记日期")
    done_on = models.DateField("完成日期", null=True)
    struck_on = models.DateField("划去日期", null=True)
    struck_why = models.CharField("划去原因", max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "调查记录"
        indexes: ClassVar = [models.Index(fields=["area", "kind", "visited_on"], name="assist_visit_area")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(signer="") | ~Q(no_signature=""), name="assist_visit_signed_or_why_not"
            ),
            models.CheckConstraint(
                condition=Q(struck_on=None) | Q(done_on=None) & ~Q(struck_why=""), name="assist_visit_draft_struck_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.visited_on}"


class Appraisal(Guarded):
    """The neighbours' meeting (民主评议) on an application, with its votes."""

    rights = READ | APPEND
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="appraisals")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60)
    chair = models.CharField("主持人", max_length=50)
    present = models.PositiveSmallIntegerField("参加人数")
    representatives = models.PositiveSmallIntegerField("其中村（居）民代表")
    agreed = models.PositiveSmallIntegerField("同意")
    against = models.PositiveSmallIntegerField("不同意")
    abstained = models.PositiveSmallIntegerField("弃权")
    record = models.CharField("评议记录", max_length=1000)
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "民主评议"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(present=F("agreed") + F("against") + F("abstained"), present__gt=0)
                & Q(representatives__lte=F("present")),
                name="assist_appraisal_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.held_on}"

    @property
    def passed(self) -> bool:
        """More than half of those present agreed (过半 does not include the half)."""
        return 2 * self.agreed > self.present
