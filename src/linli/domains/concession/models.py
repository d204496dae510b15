"""Agreements with hospitals, cards and their holders, and what was taken off with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.domains.concession.rules import CardState, Item, VisitState
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Agreement(Guarded):
    """A hospital lowers its prices for holders, by agreement. Every office of the district may read it."""

    rights = READ | APPEND | CHANGE
    wide_reading = True

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+", verbose_name="医院")
    name = models.CharField("优惠医院", max_length=100)
    paper = models.CharField("协议编号", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    area = AreaField("管理单位")

    class Meta:
        verbose_name = "优惠医院协议"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(until=None), name="concession_agreement_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="concession_agreement_days"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(Guarded):
    """What an agreement takes off one part of the bill, in percent. Another percentage is another agreement."""

    rights = READ | APPEND
    area_from = "agreement"
    wide_reading = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="terms")
    item = models.CharField("优惠项目", max_length=14, choices=Item.choices())
    percent = models.PositiveSmallIntegerField("减免比例（%）")
    area = AreaField()

    class Meta:
        verbose_name = "优惠项目"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "item"], name="concession_term_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="concession_term_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.item} {self.percent}%"


class Card(Guarded):
    """A card in somebody's hand; one valid card for a person. ``ground``: the status that gave it."""

    rights = READ | APPEND | CHANGE
    goes_with = ("person",)

    number = models.CharField("卡号", max_length=30, unique=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    name = models.CharField("持卡人", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    ground = models.CharField("发卡依据", max_length=30)
    issued_on = models.DateField("发卡日期")
    expires_on = models.DateField("有效期至")
    proof = models.CharField("签领凭据", max_length=100)
    state = models.CharField("状态", max_length=6, default="valid", choices=CardState.choices())
    issued_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField("停用日期", null=True)
    ended_why = models.CharField("停用原因", max_length=200, blank=True)
    area = AreaField("居住地")

    class Meta:
        verbose_name = "慈善医疗优惠卡"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="concession_card_area")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="concession_card_area_code"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("issued_on")), name="concession_card_days"),
            models.CheckConstraint(
                condition=Q(state="valid", ended_on=None) | ~Q(state="valid") & Q(ended_on__isnull=False),
                name="concession_card_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Visit(Guarded):
    """One paper of a hospital that was settled with the card: fen before, and what was taken off. The illness is not kept."""

    rights = READ | APPEND | CHANGE
    area_from = "card"

    card = models.ForeignKey(Card, models.PROTECT, related_name="visits")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="visits")
    receipt = models.CharField("医院单据号", max_length=40)
    day = models.DateField("就医日期")
    price = models.BigIntegerField("原价（分）")
    reduced = models.BigIntegerField("减免（分）")
    state = models.CharField("状态", max_length=10, default="entered", choices=VisitState.choices())
    entered_on = models.DateField("登记日期")
    entered_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    cancelled_on = models.DateField("撤销日期", null=True)
    cancelled_why = models.CharField("撤销原因", max_length=200, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("居住地")

    class Meta:
        verbose_name = "优惠就医"
        indexes: ClassVar = [models.Index(fields=["day"], name="concession_visit_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "receipt"], condition=~Q(state="cancelled"), name="concession_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0, reduced__gte=0, reduced__lte=F("price")), name="concession_visit_sums"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.receipt}"


class Line(Guarded):
    """One part of a visit's bill: fen before, the percentage of the agreement, and what was taken off."""

    rights = READ | APPEND
    area_from = "visit"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="lines")
    item = models.CharField("项目", max_length=14, choices=Item.choices())
    price = models.BigIntegerField("原价（分）")
    percent = models.PositiveSmallIntegerField("减免比例（%）")
    reduced = models.BigIntegerField("减免（分）")
    area = AreaField()

    class Meta:
        verbose_name = "优惠就医明细"
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "item"], name="concession_line_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item}"
