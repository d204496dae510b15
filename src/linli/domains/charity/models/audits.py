"""Audits of campaigns: the record, the grants that were drawn, what was found and mended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.charity.models.aid import Application, Campaign
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Audit(Guarded):
    """The audit of one campaign over a period (审计记录), kept by the auditor and frozen with its conclusion.

    ``households``, ``granted`` and ``paid`` (fen) are the books' figures on the day of the conclusion.
    """

    rights = READ | APPEND | CHANGE

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="audits")
    since = models.DateField("审计期间自")
    until = models.DateField("审计期间至")
    scope = models.CharField("审计范围", max_length=400)
    auditor = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="审计人")
    opened_on = models.DateField("立项日期")
    households = models.IntegerField("救助户数", null=True)
    granted = models.BigIntegerField("批准金额（分）", null=True)
    paid = models.BigIntegerField("已发放金额（分）", null=True)
    conclusion = models.CharField("审计结论", max_length=1000, blank=True)
    summary = models.CharField("公布摘要", max_length=300, blank=True)
    concluded_on = models.DateField("结论日期", null=True)
    notice = models.ForeignKey("publicity.Notice", models.PROTECT, null=True, related_name="+")
    area = AreaField("区域")

    class Meta:
        verbose_name = "审计记录"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="audit_days"),
            models.CheckConstraint(
                condition=Q(concluded_on=None) | ~Q(conclusion="") & ~Q(summary="") & Q(paid__isnull=False),
                name="audit_concluded_whole",
            ),
            models.CheckConstraint(condition=Q(notice=None) | Q(concluded_on__isnull=False), name="audit_published_last"),
            models.UniqueConstraint(fields=["campaign"], condition=Q(concluded_on=None), name="audit_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.since}–{self.until}"


class AuditSample(Guarded):
    """One grant that was drawn for the audit, with what the auditor found in its file and in the books."""

    rights = READ | APPEND | CHANGE
    area_from = "audit"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="samples")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    result = models.CharField(
        "结果", max_length=6, blank=True, choices=[("", "待查"), ("sound", "相符"), ("fault", "有问题")]
    )
    note = models.CharField("说明", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "审计抽样"
        constraints: ClassVar = [models.UniqueConstraint(fields=["audit", "application"], name="audit_sample_once")]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.application_id}"


class AuditFinding(Guarded):
    """A problem that the audit found, what is to be done until when, and what was done (整改)."""

    rights = READ | APPEND | CHANGE
    area_from = "audit"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings")
    sample = models.ForeignKey(AuditSample, models.PROTECT, null=True, related_name="findings")
    text = models.CharField("发现的问题", max_length=400)
    demand = models.CharField("整改要求", max_length=400)
    due = models.DateField("整改期限")
    found_on = models.DateField("发现日期")
    mend = models.CharField("整改情况", max_length=400, blank=True)
    mended_on = models.DateField("整改日期", null=True)
    mended_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "审计发现"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(mended_on=None) | ~Q(mend=""), name="audit_finding_mended")]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.text[:20]}"
