"""Rounds of a one-off subsidy and everybody who gets it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.oneoff.rules import Occasion, Register, RoundState
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Round(Guarded):
    """One subsidy to the people of several registers as they stood on a day; people and fen are those of its list."""

    rights = READ | APPEND | CHANGE

    title = models.CharField("名称", max_length=60)
    occasion = models.CharField("事由", max_length=8, choices=Occasion.choices())
    year = models.PositiveSmallIntegerField("年度")
    listed_on = models.DateField("名单日期")
    amounts = models.JSONField("标准（分）")
    count = models.PositiveIntegerField("人数")
    amount = models.BigIntegerField("金额（分）")
    state = models.CharField("状态", max_length=10, default="drafted", choices=RoundState.choices())
    drafted_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField("核对日期", null=True)
    ordered_on = models.DateField("开具付款单日期", null=True)
    area = AreaField("管理单位")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "一次性补贴批次"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(count__gt=0, amount__gt=0), name="oneoff_round_sum"),
            models.UniqueConstraint(fields=["area", "year", "title"], condition=~Q(state="discarded"), name="oneoff_round_once"),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "discarded"]) | Q(confirmed_by__isnull=False), name="oneoff_round_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Payee(Guarded):
    """A person of a round, with the register that gives most. ``living``: not of a discarded round, and not dead before the
    payment orders were made."""

    rights = READ | APPEND | CHANGE

    round = models.ForeignKey(Round, models.PROTECT, related_name="payees")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    sort_key = models.CharField("排序键", max_length=600, db_collation="C")
    register = models.CharField("对象类别", max_length=8, choices=Register.choices())
    amount = models.BigIntegerField("金额（分）")
    occasion = models.CharField("事由", max_length=8, choices=Occasion.choices())
    year = models.PositiveSmallIntegerField("年度")
    living = models.BooleanField("有效", default=True)
    area = AreaField("居住地")

    class Meta:
        verbose_name = "一次性补贴对象"
        indexes: ClassVar = [models.Index(fields=["round", "area"], name="oneoff_payee_round")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="oneoff_payee_sum"),
            models.UniqueConstraint(
                fields=["person", "year", "occasion"], condition=Q(living=True) & ~Q(occasion="other"), name="oneoff_once"
            ),
            models.UniqueConstraint(fields=["round", "person"], name="oneoff_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.person_id}"
