"""Months that are closed: nothing is posted on their days any more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class MonthEnd(Guarded):
    """The closing of a month in the books of one organisation (结账), with what it holds, counted by the database.

    It stands until a second person reopens it on a ground; the next closing is a new row. ``since`` is the first day that it
    holds: the day after the closing before it, none if it is the first.
    """

    rights = READ | APPEND | CHANGE

    book = models.CharField("账簿", max_length=12)
    month = models.DateField("月份")
    since = models.DateField(null=True)
    closed_on = models.DateField("结账日期")
    closed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    postings = models.IntegerField("凭证数", default=0)
    amount = models.BigIntegerField("借方合计（分）", default=0)
    digest = models.CharField(max_length=64, blank=True)
    asked_on = models.DateField("申请重开日期", null=True)
    asked_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    ground = models.CharField("重开原因", max_length=200, blank=True)
    reopened_on = models.DateField("重开日期", null=True)
    reopened_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now())
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "月结"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "month"], condition=Q(reopened_on=None), name="month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_first_day"),
            models.CheckConstraint(condition=~Q(reopened_by=F("asked_by")), name="month_second_person"),
            models.CheckConstraint(
                condition=Q(reopened_on=None) | Q(asked_by__isnull=False, reopened_by__isnull=False) & ~Q(ground=""),
                name="month_reopened_on_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.month:%Y-%m}"
