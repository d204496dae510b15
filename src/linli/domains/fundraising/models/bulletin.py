"""What a donor may look up with a receipt, as copies in the schema ``bulletin``: no names, no accounts."""

from __future__ import annotations

from django.db import models

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class PublicFund(Guarded):
    """How the money of one fund was used, as of a day: ``uses`` are {"purpose", "amount"} in fen."""

    rights = READ | APPEND | CHANGE
    public_rights = READ

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=80)
    received = models.BigIntegerField()
    spent = models.BigIntegerField()
    families = models.IntegerField()
    uses = models.JSONField()
    as_of = models.DateField()
    area = AreaField()

    class Meta:
        db_table = 'bulletin"."gift_fund'
        verbose_name = "捐赠资金使用（公开）"

    def __str__(self) -> str:
        return self.name


class PublicReceipt(Guarded):
    """One receipt: what was given on which day to which campaign. ``check_hash`` stands for the check word."""

    rights = READ | APPEND | CHANGE
    public_rights = READ

    number = models.CharField(primary_key=True, max_length=30)
    check_hash = models.CharField(max_length=64)
    fund = models.ForeignKey(PublicFund, models.PROTECT, related_name="receipts")
    campaign = models.CharField(max_length=80)
    what = models.CharField(max_length=80)
    body = models.CharField(max_length=80)
    day = models.DateField()
    void_on = models.DateField(null=True)
    area = AreaField()

    class Meta:
        db_table = 'bulletin"."gift_receipt'
        verbose_name = "捐赠票据（公开）"

    def __str__(self) -> str:
        return self.number
