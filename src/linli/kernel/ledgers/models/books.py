"""Funds, accounts, postings and their lines, and the balances that the database keeps of them.

The application appends to these tables and cannot change them. ``book`` is the code of the organisation whose books they
are and never changes; ``area`` is where they are kept now, after towns have merged. Balances are written by the trigger on lines
(sql/books.sql) and by nobody else. Lines have no foreign keys checked row by row: the same trigger checks all lines of a
statement at once, and what they point to can never be erased.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, READ
from linli.kernel.ledgers.rules import AccountKind, FundKind, FundLevel, PostingKind

IN_TRANSACTION = models.Func(template="(pg_current_xact_id()::text::bigint)", output_field=models.BigIntegerField())


class Purpose(Guarded):
    """What money may be spent on (情暖万家, 大病救助): a key that a domain gives, with its name."""

    rights = READ | APPEND

    key = models.CharField("用途代码", max_length=60, primary_key=True)
    name = models.CharField("用途", max_length=60)

    class Meta:
        verbose_name = "用途"

    def __str__(self) -> str:
        return self.name


class Goods(Guarded):
    """A kind of goods that is counted in pieces (彩色电视机, 台); ``per_room``: how many of it one room may have."""

    rights = READ | APPEND

    key = models.CharField("物资代码", max_length=40, primary_key=True)
    name = models.CharField("物资", max_length=60)
    measure = models.CharField("单位", max_length=10)
    per_room = models.PositiveSmallIntegerField("每间房最多", null=True)

    class Meta:
        verbose_name = "物资"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(key="fen"), name="goods_not_money"),
            models.CheckConstraint(condition=Q(per_room=None) | Q(per_room__gt=0), name="goods_per_room"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.measure}）"


class Fund(Guarded):
    """A source of money with its restriction, in the books of one organisation (the district's or a town's).

    ``year``: it is spent in this year only. ``ceiling``: the most that may be spent of it. ``account``: where its money lies
    (None: the main bank account of its books). What changes later goes through :class:`FundChange`.
    """

    rights = READ | APPEND

    code = models.CharField("资金编号", max_length=40, unique=True)
    name = models.CharField("资金名称", max_length=80)
    kind = models.CharField("来源", max_length=12, choices=FundKind.choices())
    level = models.CharField("层级", max_length=12, choices=FundLevel.choices())
    restricted = models.BooleanField("限定用途")
    donor = models.CharField("捐赠人或拨款单位", max_length=80, blank=True)
    limits = models.CharField("限定说明", max_length=400, blank=True)
    year = models.SmallIntegerField("限用年度", null=True)
    ceiling = models.BigIntegerField("支出限额（分）", null=True)
    account = models.ForeignKey("Account", models.PROTECT, null=True, related_name="+", db_index=False)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("关闭日期", null=True)
    book = models.CharField("账簿", max_length=12)
    area = AreaField("账簿所属")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "资金"
        indexes: ClassVar = [models.Index(fields=["area", "code"], name="fund_area")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ceiling=None) | Q(ceiling__gt=0), name="fund_ceiling_set")]

    def __str__(self) -> str:
        return self.name


class FundPurpose(Guarded):
    """A purpose that a restricted fund may be spent on, with the paper that allows it (慈善法 §24, §40, §56)."""

    rights = READ | APPEND
    area_from = "fund"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="purposes")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("自")
    area = AreaField()

    class Meta:
        verbose_name = "限定用途"
        constraints: ClassVar = [models.UniqueConstraint(fields=["fund", "purpose"], name="fund_purpose_once")]

    def __str__(self) -> str:
        return f"{self.fund_id}:{self.purpose_id}"


class Account(Guarded):
    """An account of one organisation's books."""

    rights = READ | APPEND

    book = models.CharField("账簿", max_length=12)
    area = AreaField("账簿所属")
    code = models.CharField("科目编号", max_length=20)
    name = models.CharField("科目", max_length=80)
    kind = models.CharField("性质", max_length=12, choices=AccountKind.choices())
    place = models.CharField("地点", max_length=60, blank=True)

    class Meta:
        verbose_name = "科目"
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "code"], name="account_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Posting(Guarded):
    """What happened on a day, with lines that balance (凭证). ``reference`` makes the same event land once."""

    rights = READ | APPEND

    reference = models.CharField("业务编号", max_length=120, unique=True)
    book = models.CharField("账簿", max_length=12)
    area = AreaField("账簿所属")
    kind = models.CharField("事项", max_length=12, choices=PostingKind.choices())
    day = models.DateField("日期")
    belongs_on = models.DateField("所属日期", null=True)  # set when the day's month was closed: an adjustment
    source = models.CharField("来源业务", max_length=80, blank=True)
    memo = models.CharField("摘要", max_length=200)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    staff = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=IN_TRANSACTION)

    class Meta:
        verbose_name = "凭证"
        indexes: ClassVar = [
            models.Index(fields=["area", "day", "id"], name="posting_day"),
            models.Index(fields=["source"], name="posting_source"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.memo}"


class Line(Guarded):
    """One debit (above zero) or credit (below zero) of a posting."""

    rights = READ | APPEND

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines", db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_constraint=False, db_index=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="lines", db_constraint=False, db_index=False)
    unit = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=60, blank=True)
    order = models.ForeignKey(
        "PaymentOrder", models.PROTECT, null=True, related_name="lines", db_constraint=False, db_index=False
    )
    party = models.CharField(max_length=80, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "分录"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(amount=0), name="line_not_empty")]
        indexes: ClassVar = [
            models.Index(fields=["account", "fund", "id"], name="line_statement"),
            models.Index(fields=["order"], name="line_order", condition=Q(order__isnull=False)),
            models.Index(fields=["party"], name="line_party", condition=~Q(party="")),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.amount}"

    @property
    def credit(self) -> int:
        """The amount of a credit as people read it."""
        return -self.amount


class Balance(Guarded):
    """What an account holds of a fund in a unit. ``side`` is the account's side, so that the check can be one line."""

    rights = READ

    account = models.ForeignKey(Account, models.PROTECT, related_name="balances")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="balances")
    unit = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    side = models.SmallIntegerField()
    area = AreaField()

    class Meta:
        verbose_name = "科目余额"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "account", "unit"], name="balance_once"),
            models.CheckConstraint(
                condition=Q(amount=0) | Q(side=1, amount__gt=0) | Q(side=-1, amount__lt=0), name="balance_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}/{self.fund_id}: {self.amount} {self.unit}"


class FundBalance(Guarded):
    """A fund's five sums in fen, all counted as people read them (no sums below zero), and the most that may be spent."""

    rights = READ

    fund = models.OneToOneField(Fund, models.PROTECT, primary_key=True, related_name="balance")
    received = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    payable = models.BigIntegerField(default=0)
    receivable = models.BigIntegerField(default=0)
    cash = models.BigIntegerField(default=0)
    ceiling = models.BigIntegerField(null=True)
    area = AreaField()

    class Meta:
        verbose_name = "资金余额"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cash__gte=F("payable")), name="fund_free"),
            models.CheckConstraint(condition=Q(ceiling=None) | Q(spent__lte=F("ceiling")), name="fund_ceiling"),
            models.CheckConstraint(
                condition=Q(received__gte=0, spent__gte=0, payable__gte=0, receivable__gte=0), name="fund_sums"
            ),
            models.CheckConstraint(
                condition=Q(cash=F("received") + F("payable") - F("spent") - F("receivable")), name="fund_trial_balance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}: {self.free}"

    @property
    def free(self) -> int:
        """What may still be promised."""
        return self.cash - self.payable

    @property
    def paid(self) -> int:
        """What went out and has not come back."""
        return self.received - self.cash
