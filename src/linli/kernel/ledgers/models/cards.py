"""Cards that are used up in a shop: a payment order that is not paid in money."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.books import Posting
from linli.kernel.ledgers.models.payments import STAFF, PaymentOrder
from linli.kernel.ledgers.rules import CardEnd


class Card(Guarded):
    """A card over what an order promises (救助卡). What is left on it is what the order still owes; see queries.cards.

    ``value``: what was on it when it was handed over, in fen. ``expires_on``: the last day of use. ``replaces``: the lost
    card in whose place it stands. Only its end is ever added.
    """

    rights = READ | APPEND | CHANGE
    area_from = "order"

    number = models.CharField("卡号", max_length=20, unique=True)
    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="cards", db_index=False)
    value = models.BigIntegerField("面值（分）")
    issued_on = models.DateField("发卡日期")
    expires_on = models.DateField("有效期至")
    proof = models.CharField("签领凭据", max_length=120)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField("停用日期", null=True)
    ended_why = models.CharField("停用原因", max_length=10, blank=True, choices=CardEnd.choices())
    note = models.CharField("说明", max_length=200, blank=True)
    staff = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("持卡人所在地")

    class Meta:
        verbose_name = "救助卡"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order"], condition=Q(ended_on=None), name="card_one_for_an_order"),
            models.CheckConstraint(condition=Q(value__gt=0), name="card_value"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("issued_on")), name="card_days"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="") | Q(ended_on__isnull=False) & ~Q(ended_why=""), name="card_end"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="card_area"), models.Index(fields=["order"], name="card_order"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class CardUse(Guarded):
    """What was bought with a card in a shop on a day, with the posting that counts it."""

    rights = READ | APPEND
    area_from = "card"

    card = models.ForeignKey(Card, models.PROTECT, related_name="uses")
    posting = models.OneToOneField(Posting, models.PROTECT, related_name="card_use")
    shop = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    amount = models.BigIntegerField("金额（分）")
    bought = models.CharField("所购物品", max_length=200, blank=True)
    receipt = models.CharField("小票号", max_length=40)
    day = models.DateField("日期")
    staff = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    area = AreaField()

    class Meta:
        verbose_name = "救助卡消费"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="card_use_amount"),
            models.UniqueConstraint(fields=["shop", "receipt"], name="card_use_receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.amount}"
