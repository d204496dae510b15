"""Contract gifts with their instalments, and the yearly spending plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.fundraising.models.campaigns import Campaign
from linli.domains.fundraising.rules import INTERVALS, ContractKind
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ


class Contract(Guarded):
    """A contract with an enterprise: the principal that it keeps and the rate that it pays, or an agreed sum in parts."""

    rights = READ | APPEND | CHANGE

    number = models.CharField("合同编号", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=ContractKind.choices())
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="contracts")
    donor = models.ForeignKey("fundraising.Donor", models.PROTECT, related_name="contracts")
    sum = models.BigIntegerField("本金或约定总额（分）")
    rate = models.IntegerField("年利率（万分之一）", default=0)
    since = models.DateField("起始日期")
    every = models.SmallIntegerField("付款间隔（月）", choices=sorted(INTERVALS.items()))
    count = models.SmallIntegerField("期数")
    purpose = models.CharField("约定用途", max_length=60, blank=True)
    signed_on = models.DateField("签订日期")
    ended_on = models.DateField("终止日期", null=True)
    ended_why = models.CharField("终止原因", max_length=200, blank=True)
    made_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("签订单位")
    area_then = AreaField("登记时所在地", default="")

    class Meta:
        verbose_name = "捐赠合同"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_then", "number"], name="contract_number_once"),
            models.CheckConstraint(condition=Q(sum__gt=0, count__gt=0), name="contract_terms"),
            models.CheckConstraint(condition=Q(kind="interest", rate__gt=0) | Q(kind="agreed", rate=0), name="contract_rate"),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(ended_why=""), name="contract_end"),
        ]

    def __str__(self) -> str:
        return self.number


class Instalment(Guarded):
    """One payment that a contract promises. What was paid are the gifts that name it."""

    rights = READ | APPEND
    area_from = "contract"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="instalments")
    number = models.SmallIntegerField("期次")
    day = models.DateField("应付日期")
    amount = models.BigIntegerField("应付金额（分）")
    area = AreaField()

    class Meta:
        verbose_name = "合同分期"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="instalment_amount"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "day"], name="instalment_day")]

    def __str__(self) -> str:
        return f"{self.contract_id}-{self.number}"


class SpendingPlan(Guarded):
    """What an organisation means to spend in a year, by purpose; in force when a second person has signed it."""

    rights = READ | APPEND | CHANGE

    year = models.SmallIntegerField("年度")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="拟订人")
    made_on = models.DateField("拟订日")
    signed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="签批人")
    signed_on = models.DateField("签批日", null=True)
    area = AreaField("单位")
    area_then = AreaField("登记时所在地", default="")

    class Meta:
        verbose_name = "年度支出计划"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_then", "year"], name="plan_once"),
            models.CheckConstraint(condition=~Q(signed_by=F("made_by")), name="plan_second_person"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_on=None) | Q(signed_by__isnull=False, signed_on__isnull=False),
                name="plan_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}"


class PlanLine(Guarded):
    """The money that a plan sets aside for one purpose. Lines of a draft are replaced, those of a signed plan stay."""

    rights = READ | APPEND | ERASE
    area_from = "plan"

    plan = models.ForeignKey(SpendingPlan, models.PROTECT, related_name="lines")
    purpose = models.ForeignKey("ledgers.Purpose", models.PROTECT, related_name="+", verbose_name="项目")
    amount = models.BigIntegerField("计划金额（分）")
    times = models.IntegerField("计划救助（人次）", null=True)
    area = AreaField()

    class Meta:
        verbose_name = "计划项目"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "purpose"], name="plan_purpose_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="plan_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.purpose_id}"
