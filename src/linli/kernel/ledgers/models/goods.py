"""Slips of goods, and counts and losses that wait for a second person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.books import Account, Fund, Goods, Posting
from linli.kernel.ledgers.models.payments import STAFF, PaymentOrder
from linli.kernel.ledgers.rules import AdjustKind, AdjustState, SlipKind


class Slip(Guarded):
    """One movement of goods in the words of the store (物资单), with the posting that counts it; never changed.

    ``area`` is where the receiver is, else where the books are. ``cost`` is the price paid for all pieces, in fen.
    ``answers`` is the issue that a return takes back. What a slip may say is checked by the database (sql/goods.sql).
    """

    rights = READ | APPEND

    kind = models.CharField("类别", max_length=10, choices=SlipKind.choices())
    posting = models.OneToOneField(Posting, models.PROTECT, related_name="slip")
    store = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="仓库", db_index=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name="资金")
    goods = models.ForeignKey(Goods, models.PROTECT, related_name="+", verbose_name="物资", db_index=False)
    pieces = models.BigIntegerField("数量")
    receiver = models.CharField("领用人", max_length=100, blank=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("registry.Place", models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey("registry.Room", models.PROTECT, null=True, related_name="+", db_index=False)
    proof = models.CharField("签收", max_length=120, blank=True)
    supplier = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+", db_index=False)
    cost = models.BigIntegerField("价款（分）", null=True)
    order = models.OneToOneField(PaymentOrder, models.PROTECT, null=True, related_name="slip")
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="returns")
    source = models.CharField("依据", max_length=80, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    day = models.DateField("日期")
    staff = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("所在地")

    class Meta:
        verbose_name = "物资单"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pieces__gt=0), name="slip_pieces"),
            models.CheckConstraint(condition=~Q(kind="issue") | ~Q(receiver=""), name="slip_receiver"),
            models.CheckConstraint(condition=~Q(kind="purchase") | Q(cost__gt=0, order__isnull=False), name="slip_paid"),
            models.CheckConstraint(condition=Q(answers=None) | Q(kind="back"), name="slip_answers"),
            models.CheckConstraint(condition=Q(answers__isnull=False) | ~Q(kind="back"), name="slip_back_of"),
            models.UniqueConstraint(fields=["source"], condition=Q(kind="issue") & ~Q(source=""), name="slip_source_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "-day", "-id"], name="slip_area"),
            models.Index(fields=["goods", "fund", "store", "kind"], name="slip_goods"),
            models.Index(fields=["room", "goods"], name="slip_room", condition=Q(room__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that is printed: 物2010-000123."""
        return f"物{self.day:%Y}-{self.pk:06d}"

    @property
    def whither(self) -> str:
        """As what the receiver stands on it: somebody who signs, or another store."""
        return "移入仓库" if self.sort is SlipKind.MOVE else "领用人"

    @property
    def sort(self) -> SlipKind:
        return SlipKind(self.kind)


class Adjustment(Guarded):
    """A count of one kind of goods in a store, or a loss, as one person reports it; a second person has it posted.

    ``difference`` is what was found less what the books say: below zero goods are missing.
    """

    rights = READ | APPEND | CHANGE

    kind = models.CharField("类别", max_length=6, choices=AdjustKind.choices())
    store = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="仓库", db_index=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name="资金", db_index=False)
    goods = models.ForeignKey(Goods, models.PROTECT, related_name="+", verbose_name="物资", db_index=False)
    booked = models.BigIntegerField("账面数量")
    found = models.BigIntegerField("实有数量")
    difference = models.BigIntegerField("差异")
    reason = models.CharField("原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=AdjustState.choices())
    made_on = models.DateField("日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="经手人")
    decided_on = models.DateField("复核日期", null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    answer = models.CharField("复核意见", max_length=200, blank=True)
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, related_name="adjustment")
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "盘点报损单"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(difference=F("found") - F("booked"), found__gte=0), name="adjustment_sum"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="adjustment_second_person"),
            models.CheckConstraint(
                condition=Q(state="even", difference=0, slip=None)
                | Q(state__in=["waiting", "refused"], slip=None) & ~Q(difference=0)
                | Q(state="approved", slip__isnull=False, decided_by__isnull=False) & ~Q(difference=0),
                name="adjustment_state",
            ),
            models.UniqueConstraint(
                fields=["store", "fund", "goods"], condition=Q(state="waiting"), name="adjustment_one_waits"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="adjustment_area")]

    def __str__(self) -> str:
        return f"{self.goods_id} {self.difference}"
