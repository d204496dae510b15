"""Campaigns, their quotas and payers, and the applications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.charity.rules import AIDS, ILLNESSES, PROJECTS, Need
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Campaign(Guarded):
    """One project in one year, as the federation announces it. Every office of the district may read it."""

    rights = READ | APPEND | CHANGE
    wide_reading = True

    project = models.CharField("项目", max_length=20, choices=[(key, one.zh) for key, one in PROJECTS.items()])
    year = models.IntegerField("年度")
    title = models.CharField("名称", max_length=100)
    opens_on = models.DateField("受理自")
    closes_on = models.DateField("受理至")
    state = models.CharField(
        "状态", max_length=10, default="open", choices=[("open", "受理中"), ("closed", "已截止"), ("ended", "已办结")]
    )
    plan = models.BigIntegerField("计划资金（分）", default=0)
    area = AreaField("区域")
    area_then = AreaField("登记时所在地", default="")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "救助批次"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year", "area_then", "title"], name="campaign_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="campaign_days"),
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="campaign_area_code"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def what(self) -> str:
        return PROJECTS[self.project].zh


class Quota(Guarded):
    """How many a town may report in a campaign."""

    rights = READ | APPEND | CHANGE
    wide_reading = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="quotas")
    place = models.CharField("镇街", max_length=12)
    count = models.PositiveIntegerField("名额")
    area = AreaField("区域")

    class Meta:
        verbose_name = "名额"
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "place"], name="quota_once")]

    def __str__(self) -> str:
        return f"{self.place}: {self.count}"


class Payer(Guarded):
    """A fund that pays a campaign: the district's share, or a town branch's for its own families."""

    rights = READ | APPEND
    wide_reading = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="payers")
    fund = models.ForeignKey("ledgers.Fund", models.PROTECT, related_name="+")
    level = models.CharField("出资方", max_length=10, choices=[("district", "区慈善总会"), ("town", "镇、街道慈善分会")])
    place = models.CharField("适用镇街（空为全部）", max_length=12, blank=True)
    area = AreaField("区域")

    class Meta:
        verbose_name = "出资"
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "level", "place"], name="payer_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.place}"


class Application(Guarded):
    """One family's application to a campaign. How it stands is told by its case; what it got, by the books.

    ``facts`` are what the application says (need, illness, costs in fen, checks); no identity or account numbers.
    ``amount`` is what was granted. ``cancelled_on``: the aid was withdrawn after the grant.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="applications")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    need = models.CharField("申请事由", max_length=12, choices=Need.choices())
    illness = models.CharField("病种", max_length=12, blank=True, choices=list(ILLNESSES.items()))
    own_cost = models.BigIntegerField("自付医疗费用（分）", default=0)
    enrolled = models.BooleanField("录取已核实", default=False)
    diagnosed = models.BooleanField("有医院诊断", default=False)
    aid = models.CharField("辅具", max_length=12, blank=True, choices=[(key, one.zh) for key, one in AIDS.items()])
    statement = models.CharField("情况说明", max_length=1000, blank=True)
    source = models.CharField("来源", max_length=10, default="door", choices=[("door", "单独申请"), ("import", "批量上报")])
    applied_on = models.DateField("申请日期")
    state = models.CharField(
        "状态", max_length=10, default="open",
        choices=[("open", "办理中"), ("granted", "已批准"), ("refused", "未批准"), ("cancelled", "已取消")],
    )  # fmt: skip
    amount = models.BigIntegerField("救助金额（分）", default=0)
    reported_on = models.DateField("镇街上报日期", null=True)
    granted_on = models.DateField("批准日期", null=True)
    cancelled_on = models.DateField("取消日期", null=True)
    cancelled_why = models.CharField("取消原因", max_length=200, blank=True)
    area = AreaField("所在地")
    area_then = AreaField("申请时所在地")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "救助申请"
        indexes: ClassVar = [
            models.Index(fields=["campaign", "area", "state"], name="application_list"),
            models.Index(fields=["person"], name="application_person"),
            models.Index(fields=["household"], name="application_household"),
            models.Index(fields=["area", "-id"], name="application_area"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="application_area_code"),
            models.CheckConstraint(condition=Q(own_cost__gte=0, amount__gte=0), name="application_money"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "refused"], amount=0) | Q(state__in=["granted", "cancelled"], amount__gt=0),
                name="application_amount_fits_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.case_id}"
