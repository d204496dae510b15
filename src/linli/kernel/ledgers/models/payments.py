"""Payment orders, batches, their lines, and what the bank answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.books import Purpose
from linli.kernel.ledgers.rules import BatchState, Channel, Cost, LineResult

STAFF = "access.Staff"


class PaymentOrder(Guarded):
    """One sum for one payee, whose money is reserved with it. Only the account may be put right, and it may be cancelled.

    Purpose, account and maker are judged for all rows of a statement at once (sql/payments.sql), and cannot be removed.
    What is not paid yet, or is to come back, goes along with a payee who moves: who is near puts the account right.
    """

    rights = READ | APPEND | CHANGE
    goes_with = ("person",)
    goes_while = (
        "t.cancelled_on is null and not exists (select from ledgers_batchline l where l.order_id = t.id and l.result = 'paid') "
        "or exists (select from ledgers_recovery r where r.order_id = t.id and r.owing > 0)"
    )

    source = models.CharField("来源业务", max_length=80, unique=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+", db_index=False)
    payee = models.CharField("收款人", max_length=100)
    account = models.ForeignKey(
        "registry.BankAccount", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    amount = models.BigIntegerField("金额（分）")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    cost = models.CharField("支出类别", max_length=12, choices=Cost.choices())
    memo = models.CharField("摘要", max_length=100, blank=True)
    made_on = models.DateField("开单日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    cancelled_on = models.DateField("取消日期", null=True)
    cancel_reason = models.CharField("取消原因", max_length=200, blank=True)
    area = AreaField("收款人所在地")

    class Meta:
        verbose_name = "付款单"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_amount"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None) | Q(person=None, organisation__isnull=False),
                name="order_payee",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "purpose", "id"], name="order_area"),
            models.Index(fields=["household"], condition=Q(household__isnull=False), name="order_household"),
            models.Index(fields=["id"], condition=Q(cancelled_on__isnull=False), name="order_cancelled"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.amount}"


class Batch(Guarded):
    """Orders that are paid together: made by one person, checked by another, sent once, answered by the bank."""

    rights = READ | APPEND | CHANGE

    number = models.CharField("批次号", max_length=30, unique=True)
    item = models.CharField("项目", max_length=60)
    channel = models.CharField("发放方式", max_length=10, choices=Channel.choices())
    layout = models.CharField("银行文件格式", max_length=40, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=BatchState.choices(), default=BatchState.MADE
    )
    count = models.IntegerField("笔数")
    amount = models.BigIntegerField("金额（分）")
    made_on = models.DateField("生成日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField("复核日期", null=True)
    checked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    locked_on = models.DateField("锁定日期", null=True)
    sent_on = models.DateField("送银行日期", null=True)
    sent_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("文件名", max_length=80, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    file_count = models.IntegerField("文件笔数", null=True)
    file_amount = models.BigIntegerField("文件金额（分）", null=True)
    reconciled_on = models.DateField("对账日期", null=True)
    archived_on = models.DateField("归档日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True)
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "发放批次"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="batch_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(checked_by=F("made_by")), name="batch_second_person"),
            models.CheckConstraint(condition=~Q(sent_by=F("checked_by")), name="batch_payer_not_checker"),
            models.CheckConstraint(
                condition=Q(state__in=["made", "discarded"]) | Q(checked_on__isnull=False), name="batch_checked_first"
            ),
            models.CheckConstraint(condition=Q(count__gt=0, amount__gt=0), name="batch_not_empty"),
        ]

    def __str__(self) -> str:
        return self.number


class ReturnFile(Guarded):
    """A file that the bank answered with, booked once."""

    rights = READ | APPEND

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="returns")
    name = models.CharField("文件名", max_length=120)
    digest = models.CharField(max_length=64)
    count = models.IntegerField("笔数")
    amount = models.BigIntegerField("金额（分）")
    paid_count = models.IntegerField("成功笔数")
    paid_amount = models.BigIntegerField("成功金额（分）")
    settled = models.IntegerField("本次入账笔数")
    read_on = models.DateField("回盘日期")
    read_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "回盘文件"
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "digest"], name="return_file_once")]

    def __str__(self) -> str:
        return self.name


class BatchLine(Guarded):
    """One order in one batch. An order stands in one living line at most, and is paid once."""

    rights = READ | APPEND | CHANGE
    goes_with = ("order",)

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="batch_lines", db_index=False)
    sequence = models.IntegerField("序号")
    amount = models.BigIntegerField("金额（分）")
    account = models.ForeignKey("registry.BankAccount", models.PROTECT, null=True, related_name="+", db_index=False)
    result = models.CharField(
        "结果", max_length=10, choices=LineResult.choices(), blank=True, default=""
    )
    code = models.CharField("银行代码", max_length=20, blank=True)
    reason = models.CharField("退票原因", max_length=200, blank=True)
    settled_on = models.DateField("回盘日期", null=True)
    returned = models.ForeignKey(ReturnFile, models.PROTECT, null=True, related_name="lines", db_index=False)
    mended_on = models.DateField("更正日期", null=True)
    proof = models.CharField("签收凭据", max_length=120, blank=True)
    area = AreaField("收款人所在地")

    class Meta:
        verbose_name = "发放明细"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "sequence"], name="batch_line_sequence"),
            models.UniqueConstraint(fields=["order"], condition=Q(result__in=["", "paid"]), name="order_paid_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "-id"], name="batch_line_order"),
            models.Index(fields=["area", "id"], name="batch_line_mend", condition=Q(result="failed", mended_on=None)),
            models.Index(fields=["order"], name="batch_line_mended", condition=Q(result="failed", mended_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.sequence}"
