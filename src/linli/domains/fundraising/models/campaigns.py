"""Campaigns and special funds, changes of their use, and what was made public of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.fundraising.rules import PUBLIC_KINDS, CampaignKind
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Campaign(Guarded):
    """A heading under which gifts are taken: a fundraising activity with its filed plan, a named fund, money from above.

    ``area`` is the organisation that runs it; every branch of the district may take gifts for it. ``purposes`` are keys of
    the books' purposes: what the plan lets the money be spent on.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    title = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=10, choices=CampaignKind.choices())
    since = models.DateField("开始日期")
    until = models.DateField("截止日期", null=True)
    aim = models.CharField("募捐目的", max_length=400, blank=True)
    place = models.CharField("募捐地域", max_length=100, blank=True)
    responsible = models.CharField("活动负责人", max_length=50, blank=True)
    account = models.CharField("接受捐赠的银行账户", max_length=100, blank=True)
    beneficiary = models.CharField("受益人", max_length=200, blank=True)
    use = models.CharField("款物用途", max_length=400, blank=True)
    cost = models.BigIntegerField("募捐成本（分）", default=0)
    surplus = models.CharField("剩余财产的处理", max_length=200, blank=True)
    purposes = models.JSONField("限定用途", default=list)
    target = models.BigIntegerField("目标（分）", null=True)
    filed_on = models.DateField("备案日期", null=True)
    filing = models.CharField("备案编号", max_length=60, blank=True)
    founder = models.ForeignKey("fundraising.Donor", models.PROTECT, null=True, related_name="funds", verbose_name="冠名捐赠人")
    source = models.CharField("拨款单位", max_length=80, blank=True)
    source_level = models.CharField("拨款层级", max_length=12, blank=True)
    closed_on = models.DateField("结束登记日", null=True)
    made_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("主办单位")
    area_then = AreaField("登记时所在地", default="")

    class Meta:
        verbose_name = "募捐活动"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_then", "title"], name="fundraising_title_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="fundraising_days"),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(kind.value for kind in PUBLIC_KINDS)) | Q(filed_on__isnull=False) & ~Q(filing=""),
                name="fundraising_filed",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="fundraising_cost"),
        ]

    def __str__(self) -> str:
        return self.title


class PurposeChange(Guarded):
    """A further use of a campaign's money, with the paper that allows it (慈善法 §56)."""

    rights = READ | APPEND
    area_from = "campaign"
    wide_reading = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="changes")
    purpose = models.ForeignKey("ledgers.Purpose", models.PROTECT, related_name="+", verbose_name="用途")
    basis = models.CharField("依据", max_length=200)
    on = models.DateField("变更日")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "用途变更"
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "purpose"], name="fundraising_purpose_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id}:{self.purpose_id}"


class Disclosure(Guarded):
    """What was made public of a campaign, by which notice (慈善法 §79)."""

    rights = READ | APPEND
    area_from = "campaign"
    wide_reading = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="disclosures")
    notice_id = models.BigIntegerField("公示编号")
    on = models.DateField("公布日")
    area = AreaField()

    class Meta:
        verbose_name = "募捐情况公布"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.on}"
