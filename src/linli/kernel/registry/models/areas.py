"""Areas with their history, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from linli.kernel.access.models import AREA_CODE, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.registry.rules import AreaKind, Succession


def valid(since: str = "since", until: str = "until") -> Func:
    """The days of a row as a range [since, until), for exclusion constraints."""
    return Func(F(since), F(until), Value("[)"), function="daterange")


def days_in_order(name: str) -> models.CheckConstraint:
    """A row ends after it began."""
    return models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name=name)


class Area(Guarded):
    """An area under one name and kind, from a day until a day (exclusive). A new name is a new row of the same code.

    Not under row security: names of places are for everyone.
    """

    rights = READ | APPEND | CHANGE

    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=AreaKind.choices())
    level = models.SmallIntegerField("层级")
    parent = models.CharField("上级代码", max_length=12, blank=True)
    since = models.DateField("自")
    until = models.DateField("至（不含）", null=True)

    class Meta:
        verbose_name = "区划"
        indexes: ClassVar = [models.Index(fields=["parent", "code"], name="area_parent")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__regex=AREA_CODE), name="area_code"),
            days_in_order("area_days"),
            ExclusionConstraint(name="area_once_a_day", expressions=[("code", "="), (valid(), "&&")]),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class AreaSuccession(Guarded):
    """On this day the old area became (part of) the new one."""

    rights = READ | APPEND

    old = models.CharField("原代码", max_length=12)
    new = models.CharField("新代码", max_length=12)
    day = models.DateField("生效日")
    kind = models.CharField("方式", max_length=8, choices=Succession.choices())
    document = models.CharField("批准文号", max_length=100, blank=True)

    class Meta:
        verbose_name = "区划沿革"
        indexes: ClassVar = [models.Index(fields=["new"], name="succession_new")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} {self.day}"


class AreaMove(Guarded):
    """A row that went to another area because boundaries changed, and where it lay before. Written by the guard alone.

    Without it nobody could say on which side of a boundary that is gone a row belongs.
    No personal values; not under row security.
    """

    rights = READ

    table = models.CharField(max_length=80)  # with its schema: public.cases_case
    row = models.CharField(max_length=40)
    former = models.CharField("原代码", max_length=12)
    day = models.DateField("生效日")

    class Meta:
        verbose_name = "区划调整移交"
        indexes: ClassVar = [models.Index(fields=["table", "row", "day"], name="area_move_look_up")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.former} {self.day}"
