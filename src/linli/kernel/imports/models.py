"""Imports, the reasons for what they rejected, and how far they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ
from linli.kernel.imports.rules import OVER, RunState


class ImportRun(Guarded):
    """One file of one kind, from its sending to its end. The file itself is kept in files under this run's id."""

    rights = READ | APPEND | CHANGE

    kind = models.CharField("类别", max_length=60)
    file_name = models.CharField("文件名", max_length=120)
    digest = models.CharField("摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=RunState.choices(), default=RunState.SENT)
    read = models.IntegerField("读取行数", default=0)
    accepted = models.IntegerField("接受行数", default=0)
    rejected = models.IntegerField("退回行数", default=0)
    warned = models.IntegerField("提示行数", default=0)
    result = models.JSONField(default=dict)
    message = models.CharField("说明", max_length=400, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="导入人")
    on = models.DateField("导入日")
    at = models.DateTimeField(db_default=Now())
    taken_back_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    taken_back_on = models.DateField("撤回日", null=True)
    area = AreaField()
    area_then = AreaField("登记时所在地", default="")

    class Meta:
        verbose_name = "导入"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="import_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="import_area_code"),
            models.CheckConstraint(condition=Q(read=F("accepted") + F("rejected")), name="import_loses_no_row"),
            models.CheckConstraint(condition=Q(accepted__gte=0, rejected__gte=0), name="import_counts"),
            models.UniqueConstraint(
                fields=["kind", "area_then", "digest"], condition=~Q(state__in=OVER), name="import_same_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


class ImportReject(Guarded):
    """Why a row was rejected (``grave``), or what should be looked at in it. No values of the row: the file has them."""

    rights = READ | APPEND | ERASE
    area_from = "run"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rejects")
    row = models.IntegerField("行号")
    heading = models.CharField("列", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=400)
    grave = models.BooleanField("退回", default=True)
    area = AreaField()

    class Meta:
        verbose_name = "导入问题"

    def __str__(self) -> str:
        return f"{self.run_id}:{self.row} {self.heading}"


class ImportProgress(Guarded):
    """How far an import is; written beside its transaction, so that it is seen while that one is open."""

    rights = READ | APPEND | CHANGE
    area_from = "run"

    run = models.OneToOneField(ImportRun, models.CASCADE, primary_key=True, related_name="progress")
    step = models.CharField("步骤", max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "导入进度"

    def __str__(self) -> str:
        return f"{self.run_id} {self.step} {self.done}/{self.total}"
