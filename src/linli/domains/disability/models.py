"""Applications for the two subsidies, and what was stated about care."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.disability.rules import CARES, STATES, Ended
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Claim(Guarded):
    """One application of one person, and, when it is granted, that both subsidies are gone by from ``since`` until it ends.

    ``since``: the month of the application, from which is paid. ``living`` and ``care`` are fen a month as decided;
    what is paid today stands with the entitlements. ``former``: the claim whose place this one takes.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="原申请")
    agent = models.CharField("代办人", max_length=40, blank=True)
    agent_tie = models.CharField("代办人与本人关系", max_length=20, blank=True)
    applied_on = models.DateField("申请日期")
    since = models.DateField("起始月份")
    state = models.CharField("状态", max_length=10, default="open", choices=list(STATES.items()))
    living = models.BigIntegerField("生活补贴（分）", default=0)
    care = models.BigIntegerField("护理补贴（分）", default=0)
    decided_on = models.DateField("决定日期", null=True)
    ended_on = models.DateField("终止日期", null=True)
    ended_as = models.CharField("终止原因", max_length=10, blank=True, choices=Ended.choices())
    ended_why = models.CharField("说明", max_length=200, blank=True)
    area = AreaField("所在地")
    area_then = AreaField("申请时所在地")

    class Meta:
        verbose_name = "残疾人两项补贴申请"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="claim_area_code"),
            models.CheckConstraint(condition=Q(since__day=1), name="claim_month"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="open"), name="claim_one_open"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="granted"), name="claim_one_granted"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(ended_as="") | ~Q(state="ended") & Q(ended_on=None),
                name="claim_ended",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="claim_area")]

    def __str__(self) -> str:
        return f"{self.case_id}"


class CareFact(Guarded):
    """What was stated about a person's care from a month on; a later row takes its place, none is changed.

    ``other`` is other money for care, ``amount`` its fen a month; ``long_care`` whether care is needed for long.
    """

    rights = READ | APPEND
    area_from = "claim"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="cares")
    since = models.DateField("自")
    long_care = models.BooleanField("需要长期照护", default=True)
    other = models.CharField("其他护理补贴", max_length=20, blank=True, choices=list(CARES.items()))
    amount = models.BigIntegerField("每月金额（分）", default=0)
    evidence = models.CharField("依据", max_length=100, blank=True)
    entered_on = models.DateField("登记日期")
    entered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "护理情况"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(since__day=1), name="care_fact_month"),
            models.CheckConstraint(
                condition=Q(other="", amount=0) | ~Q(other="") & Q(amount__gt=0), name="care_fact_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.since}"
