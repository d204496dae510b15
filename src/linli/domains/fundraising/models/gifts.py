"""Donors, gifts, their receipts, and the reversal of what was entered wrongly. Nothing of a gift is ever changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.base.money import show_yuan
from linli.domains.fundraising.models.campaigns import Campaign
from linli.domains.fundraising.models.contracts import Instalment
from linli.domains.fundraising.rules import MOST, BooksLevel, DonorKind, GiftForm
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Donor(Guarded):
    """Who gives, as one organisation knows them. ``unit`` is where a person works, when the unit collected the gift."""

    rights = READ | APPEND | CHANGE

    kind = models.CharField("类别", max_length=10, choices=DonorKind.choices())
    name = models.CharField("名称", max_length=80)
    unit = models.CharField("所在单位", max_length=80, blank=True)
    minor = models.BooleanField("未成年人", default=False)
    consents = models.BooleanField("同意公布姓名或名称", default=False)
    consented_on = models.DateField("同意日", null=True)
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("登记单位")
    area_then = AreaField("登记时所在地", default="")

    class Meta:
        verbose_name = "捐赠人"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_then", "kind", "name", "unit"], name="donor_once"),
            models.CheckConstraint(condition=~Q(name=""), name="donor_named"),
            models.CheckConstraint(condition=Q(consents=False) | Q(consented_on__isnull=False), name="donor_consent_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="donor_name")]

    def __str__(self) -> str:
        return self.name


class Gift(Guarded):
    """One gift in money or goods, as it stands in the books. ``amount``: the money, or the value of the goods, in fen."""

    rights = READ | APPEND

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="gifts")
    donor = models.ForeignKey(Donor, models.PROTECT, null=True, related_name="gifts")
    anonymous = models.BooleanField("匿名", default=False)
    form = models.CharField("形式", max_length=6, choices=GiftForm.choices())
    amount = models.BigIntegerField("金额（分）")
    goods = models.CharField("品名", max_length=40, blank=True)
    measure = models.CharField("计量单位", max_length=10, blank=True)
    pieces = models.BigIntegerField("数量", default=0)
    day = models.DateField("捐赠日期")
    purpose = models.CharField("捐赠人指定用途", max_length=60, blank=True)
    wish = models.CharField("捐赠意愿", max_length=200, blank=True)
    designated = models.CharField("捐赠人指定的受益人", max_length=80, blank=True)
    tie = models.CharField("受益人与捐赠人的关系", max_length=10, blank=True)
    instalment = models.ForeignKey(Instalment, models.PROTECT, null=True, related_name="gifts")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    run = models.BigIntegerField("导入", null=True)
    fund = models.ForeignKey("ledgers.Fund", models.PROTECT, related_name="+")
    posting = models.OneToOneField("ledgers.Posting", models.PROTECT, related_name="+")
    level = models.CharField("层级", max_length=10, choices=BooksLevel.choices())
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="经手人")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("接受单位")

    class Meta:
        verbose_name = "捐赠"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(form="money", amount__gt=0, pieces=0, goods="")
                | Q(form="goods", amount__gte=0, pieces__gt=0) & ~Q(goods=""),
                name="gift_money_or_goods",
            ),
            models.CheckConstraint(condition=Q(amount__lte=MOST), name="gift_amount"),
            models.CheckConstraint(condition=Q(anonymous=True) | Q(donor__isnull=False), name="gift_donor_or_anonymous"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "-day", "-id"], name="gift_area_day"),
            models.Index(fields=["campaign", "area"], name="gift_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.what}"

    @property
    def what(self) -> str:
        """What was given, in words: 500.00元, 棉被250床."""
        return f"{show_yuan(self.amount)}元" if self.form == GiftForm.MONEY else f"{self.goods}{self.pieces}{self.measure}"


class Reversal(Guarded):
    """A gift that was entered wrongly: the mirror posting, who did it and why. Its receipt is void from then on."""

    rights = READ | APPEND
    area_from = "gift"

    gift = models.OneToOneField(Gift, models.PROTECT, primary_key=True, related_name="reversal")
    posting = models.OneToOneField("ledgers.Posting", models.PROTECT, related_name="+")
    reason = models.CharField("原因", max_length=200)
    on = models.DateField("冲正日")
    staff = models.ForeignKey("access.Staff", models.PROTECT, related_name="+", verbose_name="冲正人")
    area = AreaField()

    class Meta:
        verbose_name = "捐赠冲正"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="reversal_reason")]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.reason}"


class Receipt(Guarded):
    """The receipt of a gift (慈善法 §38), numbered without gaps for each books and year. Void with its gift's reversal."""

    rights = READ | APPEND
    area_from = "gift"

    gift = models.OneToOneField(Gift, models.PROTECT, primary_key=True, related_name="receipt")
    number = models.CharField("票据编号", max_length=30, unique=True)
    year = models.SmallIntegerField("年度")
    serial = models.IntegerField("序号")
    check_word = models.CharField("校验码", max_length=8)
    body = models.CharField("接受捐赠单位", max_length=80)
    handler = models.CharField("经手人", max_length=50)
    issued_on = models.DateField("开具日期")
    area = AreaField()

    class Meta:
        verbose_name = "捐赠票据"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(serial__gt=0), name="receipt_serial_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptCounter(Guarded):
    """The last serial of each books and year. Drawn in the gift's transaction: what is rolled back leaves no gap."""

    rights = READ | APPEND | CHANGE

    area = AreaField()
    area_then = AreaField("登记时所在地", default="")
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        verbose_name = "票据序号"
        constraints: ClassVar = [models.UniqueConstraint(fields=["area_then", "year"], name="receipt_counter_once")]

    def __str__(self) -> str:
        return f"{self.area} {self.year}: {self.last}"
