"""Rounds, patients, and who bore which part of a bill."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.treatment.rules import DIAGNOSES, PROJECTS, STATES, Bearer, Organiser
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Round(Guarded):
    """One round of a project with one hospital (第三批). Every office of the district may read it."""

    rights = READ | APPEND | CHANGE
    wide_reading = True

    project = models.CharField("项目", max_length=12, choices=[(key, one.zh) for key, one in PROJECTS.items()])
    year = models.IntegerField("年度")
    number = models.PositiveSmallIntegerField("批次")
    title = models.CharField("名称", max_length=80)
    organiser = models.CharField("组织单位", max_length=12, choices=Organiser.choices())
    hospital = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+", verbose_name="定点医院")
    hospital_name = models.CharField("定点医院", max_length=100)
    fund = models.ForeignKey("ledgers.Fund", models.PROTECT, null=True, related_name="+", verbose_name="承担资金")
    free = models.BooleanField("免费")
    opens_on = models.DateField("推荐自")
    closes_on = models.DateField("推荐至")
    closed = models.BooleanField("已截止", default=False)
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("区域")

    class Meta:
        verbose_name = "医疗救助批次"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year", "number", "organiser", "area"], name="round_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_days"),
            models.CheckConstraint(condition=Q(number__gt=0), name="round_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Patient(Guarded):
    """One patient of a round. ``most``: what the fund may pay (fen, 0: the bill decides). ``cost``: the whole bill."""

    rights = READ | APPEND | CHANGE
    area_from = "case"

    round = models.ForeignKey(Round, models.PROTECT, related_name="patients")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    diagnosis = models.CharField("病种", max_length=16, choices=list(DIAGNOSES.items()))
    diagnosed = models.BooleanField("已核对医院诊断", default=False)
    state = models.CharField(
        "状态", max_length=10, default="open",
        choices=list(STATES.items()),
    )  # fmt: skip
    most = models.BigIntegerField("资助标准（分）", default=0)
    applied_on = models.DateField("推荐日期")
    granted_on = models.DateField("同意日期", null=True)
    treated_on = models.DateField("治疗日期", null=True)
    cost = models.BigIntegerField("医疗总费用（分）", default=0)
    result = models.CharField("治疗结果", max_length=200, blank=True)
    cancelled_on = models.DateField("取消日期", null=True)
    cancelled_why = models.CharField("取消原因", max_length=200, blank=True)
    area = AreaField("所在地")
    area_then = AreaField("推荐时所在地")

    class Meta:
        verbose_name = "医疗救助对象"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="patient_area_code"),
            models.CheckConstraint(
                condition=Q(state="treated", cost__gt=0, treated_on__isnull=False)
                | ~Q(state="treated") & Q(cost=0, treated_on=None),
                name="patient_treated",
            ),
            models.UniqueConstraint(
                fields=["round", "person"], condition=~Q(state__in=["refused", "cancelled"]), name="patient_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="patient_area"),
            models.Index(fields=["round", "state"], name="patient_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.case_id}"


class Share(Guarded):
    """Who bore which part of a bill, entered all at once with the bill; never changed."""

    rights = READ | APPEND
    area_from = "patient"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="shares")
    bearer = models.CharField("承担方", max_length=12, choices=Bearer.choices())
    amount = models.BigIntegerField("金额（分）")
    area = AreaField()

    class Meta:
        verbose_name = "费用承担"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient", "bearer"], name="share_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="share_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.bearer}"
