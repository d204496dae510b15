"""What changes about a fund after it was opened: asked for by one person, decided by another, kept for ever."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.books import Fund, Purpose
from linli.kernel.ledgers.rules import ChangeKind, ChangeState

STAFF = "access.Staff"


class FundChange(Guarded):
    """A new name, a further purpose, another spending limit, or the end of a fund. What it says is done by the database

    (sql/funds.sql) when it is decided. A name needs one person; a rule about money needs a second one.
    """

    rights = READ | APPEND | CHANGE
    area_from = "fund"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="changes")
    kind = models.CharField("事项", max_length=8, choices=ChangeKind.choices())
    state = models.CharField("状态", max_length=8, choices=ChangeState.choices())
    before = models.CharField("原为", max_length=80, blank=True)
    name = models.CharField("名称", max_length=80, blank=True)
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="+", db_index=False)
    ceiling = models.BigIntegerField("支出限额（分）", null=True)
    basis = models.CharField("依据或原因", max_length=200)
    asked_on = models.DateField("提出日期")
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_on = models.DateField("决定日期", null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField("复核意见", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "资金变更"
        indexes: ClassVar = [models.Index(fields=["area", "id"], name="fund_change_waits", condition=Q(state="asked"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="fund_change_second_person"),
            models.CheckConstraint(
                condition=Q(kind="rename") | ~Q(state="done") | Q(decided_by__isnull=False, asked_by__isnull=False),
                name="fund_change_decided",
            ),
            models.UniqueConstraint(fields=["fund", "kind"], condition=Q(state="asked"), name="fund_change_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.kind} {self.state}"
