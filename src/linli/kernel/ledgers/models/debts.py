"""Aid that is to come back: what is asked, in which sums it was agreed, what is asked no more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.payments import PaymentOrder
from linli.kernel.ledgers.rules import PlanEnd, WriteOffGround, WriteOffState

STAFF = "access.Staff"


class Recovery(Guarded):
    """Aid that was paid and is taken back (追回). What is still owed stands in the books.

    ``head``: the first of those that were decided together, of one debt; empty for itself. ``partly``: the rest of the payment
    stands as aid, and more of it may be asked later; else the whole payment counts as aid no more. ``owing``: what the books
    still hold of it, for those near the family, who do not see the books; a check of the books proves it.
    """

    rights = READ | APPEND | CHANGE
    goes_with = ("order",)

    order = models.OneToOneField(PaymentOrder, models.PROTECT, related_name="recovery")
    head = models.ForeignKey("self", models.PROTECT, null=True, related_name="others", verbose_name="合并追缴")
    partly = models.BooleanField("部分追回", default=False)
    amount = models.BigIntegerField("应追回金额（分）")
    owing = models.BigIntegerField("尚欠（分）", default=0)
    reason = models.CharField("追回原因", max_length=200)
    decided_on = models.DateField("决定日期")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "追回"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_amount"),
            models.CheckConstraint(condition=Q(owing__gte=0, owing__lte=F("amount")), name="recovery_owing"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.amount}"


class Plan(Guarded):
    """In which sums a debt comes back, as the family signed it. One holds at a time; ``amount`` is what was owed on its day."""

    rights = READ | APPEND | CHANGE
    area_from = "recovery"

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="plans")
    amount = models.BigIntegerField("约定退还（分）")
    signed_by = models.CharField("签约人", max_length=40)
    agreed_on = models.DateField("签约日期")
    made_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    ending = models.CharField("停止原因", max_length=10, choices=PlanEnd.choices(), blank=True)
    words = models.CharField("停止说明", max_length=200, blank=True)
    ended_on = models.DateField("停止日期", null=True)
    ended_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    area = AreaField()

    class Meta:
        verbose_name = "分期退还"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recovery"], condition=Q(ended_on=None), name="plan_one_at_a_time"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="plan_amount"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="") | Q(ended_on__isnull=False) & ~Q(ending=""), name="plan_ending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.agreed_on}"


class AgreedSum(Guarded):
    """One sum of a plan and its day."""

    rights = READ | APPEND
    area_from = "plan"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sums", db_index=False)
    rank = models.SmallIntegerField("期次")
    due = models.DateField("约定日期")
    amount = models.BigIntegerField("金额（分）")
    area = AreaField()

    class Meta:
        verbose_name = "退还期次"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "rank"], name="agreed_sum_rank"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="agreed_sum_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}.{self.rank}"


class WriteOff(Guarded):
    """What of a debt is asked no more: proposed by one person with a paper, decided by another."""

    rights = READ | APPEND | CHANGE
    area_from = "recovery"

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="write_offs")
    amount = models.BigIntegerField("核销金额（分）")
    ground = models.CharField("核销原因", max_length=12, choices=WriteOffGround.choices())
    words = models.CharField("说明", max_length=200)
    state = models.CharField("状态", max_length=8, choices=WriteOffState.choices(), default=WriteOffState.ASKED.value)
    asked_on = models.DateField("提出日期")
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_on = models.DateField("审批日期", null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField("审批意见", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "核销"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="write_off_second_person"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="write_off_amount"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_by__isnull=False, asked_by__isnull=False), name="write_off_decided"
            ),
            models.UniqueConstraint(fields=["recovery"], condition=Q(state="asked"), name="write_off_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.amount} {self.state}"
