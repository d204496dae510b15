"""Rows of the record books, and every version that they ever had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.records.rules import EntryState


class Content(models.Model):
    """What stands in one version of a row. ``sealed`` holds sensitive texts; ``until`` ends a lasting row (exclusive)."""

    version = models.IntegerField("版本", default=1)
    definition = models.IntegerField("表样版本")
    state = models.CharField("状态", max_length=10, default=EntryState.STANDING.value)
    values = models.JSONField("内容", default=dict)
    sealed = models.JSONField("加密内容", default=dict)
    day = models.DateField("日期")
    until = models.DateField("至（不含）", null=True)
    changed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    changed_on = models.DateField("经办日")
    why = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        abstract = True


class Entry(Content, Guarded):
    """One row of a book as it stands now. The database keeps each version beside it (:class:`EntryVersion`).

    ``subject`` names the reference that gives the row its area; the row follows it where it moves.
    """

    rights = READ | APPEND | CHANGE

    book = models.CharField("台账", max_length=60)
    subject = models.CharField("对象类别", max_length=12, blank=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+", verbose_name="人员")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+", verbose_name="家庭")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    place = models.ForeignKey("registry.Place", models.PROTECT, null=True, related_name="+", verbose_name="场所")
    unique = models.CharField("唯一项", max_length=64, blank=True)
    words = models.CharField("检索内容", max_length=2000, blank=True)
    run = models.BigIntegerField("导入编号", null=True)
    source = models.CharField("来源", max_length=80, blank=True)
    created_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    created_on = models.DateField("登记日")
    at = models.DateTimeField(db_default=Now())
    area = AreaField("所在地")

    class Meta:
        verbose_name = "台账记录"
        indexes: ClassVar = [
            models.Index(fields=["book", "area", "-day"], name="entry_list"),
            models.Index(fields=["run"], condition=Q(run__isnull=False), name="entry_run"),
            models.Index(fields=["source"], condition=~Q(source=""), name="entry_source"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="entry_area_code"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=models.F("day")), name="entry_days"),
            models.UniqueConstraint(
                fields=["book", "unique"], condition=Q(state="standing", until=None) & ~Q(unique=""), name="entry_once_in_a_book"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.pk}"


class EntryVersion(Content, Guarded):
    """One version of a row, written by the database itself whenever the row is made or corrected; never changed."""

    rights = READ
    area_from = "entry"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "台账记录的版本"
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "version"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.version}"
