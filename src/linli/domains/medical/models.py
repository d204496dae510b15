"""Designated hospitals, settled bills, and the monthly statements by which hospitals get the money."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.medical.rules import BillState, Illness, Way
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.law.medical import Patient


class Hospital(Guarded):
    """A hospital that settles medical assistance at once, by agreement. Every office of the district may read it."""

    rights = READ | APPEND | CHANGE
    wide_reading = True

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    name = models.CharField("定点医院", max_length=100)
    agreement = models.CharField("协议编号", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    area = AreaField("管理单位")

    class Meta:
        verbose_name = "定点医院"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(until=None), name="medical_hospital_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(Guarded):
    """What a hospital is paid for the bills that it settled, each bill once: how many, and fen, as on the day it was made."""

    rights = READ | APPEND | CHANGE

    hospital = models.ForeignKey(Hospital, models.PROTECT, related_name="statements")
    last = models.DateField("结算截止日")
    bills = models.PositiveIntegerField("笔数")
    amount = models.BigIntegerField("金额（分）")
    made_on = models.DateField("核定日期")
    ordered_on = models.DateField("开具付款单日期", null=True)
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    area = AreaField("管理单位")

    class Meta:
        verbose_name = "医院结算单"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="medical_statement_area")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(bills__gt=0, amount__gt=0), name="medical_statement_sum")]

    def __str__(self) -> str:
        return f"{self.hospital_id} {self.last}"


class Bill(Guarded):
    """One treatment, settled when the patient leaves: who bore what, fen. ``most``: the year's limit that the aid was kept under.

    ``outcome`` is the law's answer with its steps, values and articles. The illness is kept by its class only.
    """

    rights = READ | APPEND | CHANGE

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    hospital = models.ForeignKey(Hospital, models.PROTECT, related_name="bills")
    invoice = models.CharField("结算单号", max_length=40)
    way = models.CharField("就诊方式", max_length=10, choices=Way.choices())
    illness = models.CharField("疾病类别", max_length=8, choices=Illness.choices())
    left_on = models.DateField("出院或就诊日期")
    cost = models.BigIntegerField("医疗总费用（分）")
    covered = models.BigIntegerField("政策范围内费用（分）")
    basic = models.BigIntegerField("基本医保支付（分）")
    serious = models.BigIntegerField("大病保险支付（分）")
    patient = models.CharField("对象类别", max_length=8, choices=Patient.choices())
    aid = models.BigIntegerField("医疗救助（分）")
    most = models.BigIntegerField("年度限额（分）")
    outcome = models.JSONField("计算说明")
    state = models.CharField("状态", max_length=10, default="settled", choices=BillState.choices())
    settled_on = models.DateField("结算日期")
    settled_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    cancelled_on = models.DateField("撤销日期", null=True)
    cancelled_why = models.CharField("撤销原因", max_length=200, blank=True)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="settled")
    area = AreaField("居住地")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "医疗救助结算"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="medical_bill_area"),
            models.Index(fields=["person", "left_on"], name="medical_bill_person"),
            models.Index(fields=["settled_on"], name="medical_bill_settled"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="medical_bill_area_code"),
            models.UniqueConstraint(fields=["hospital", "invoice"], condition=~Q(state="cancelled"), name="medical_invoice_once"),
            models.CheckConstraint(
                condition=Q(aid__gte=0, basic__gte=0, serious__gte=0, covered__lte=F("cost"))
                & Q(covered__gte=F("basic") + F("serious") + F("aid")),
                name="medical_bill_adds_up",
            ),
            models.CheckConstraint(condition=Q(state="settled") | Q(statement=None), name="medical_paid_stays_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.hospital_id} {self.invoice}"

    @property
    def own(self) -> int:
        """What the patient pays, fen: what the insurances and the aid leave over."""
        return int(self.cost - self.basic - self.serious - self.aid)
