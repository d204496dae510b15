"""Reports, the figures frozen in them, and targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Report(Guarded):
    """One report of a template for a period and area. Once signed, nothing of it changes (a trigger says so)."""

    rights = READ | APPEND | CHANGE

    template = models.CharField("模板", max_length=60)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    first = models.DateField("统计期自")
    last = models.DateField("统计期至")
    period_zh = models.CharField("统计期", max_length=40)
    state = models.CharField(
        "状态", max_length=10, default="draft", choices=[("draft", "草稿"), ("signed", "已签发"), ("withdrawn", "已撤回")]
    )
    texts = models.JSONField("补充文字", default=dict)
    remarks = models.JSONField("勾稽说明", default=dict)
    area = AreaField("区域")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    made_on = models.DateField("起草日期")
    signed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField("签发日期", null=True)
    digest = models.CharField("数据摘要", max_length=64, blank=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_why = models.CharField("撤回原因", max_length=200, blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "报表"
        indexes: ClassVar = [models.Index(fields=["area", "-id"], name="report_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="report_area_code"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_days"),
            models.CheckConstraint(condition=~Q(signed_by=F("made_by")), name="report_second_person"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_by__isnull=False, signed_on__isnull=False) & ~Q(digest=""),
                name="report_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportFigure(Guarded):
    """One number of a signed report as it stood, with the digest of the rows that it counted."""

    rights = READ | APPEND
    area_from = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    figure = models.CharField("指标", max_length=80)
    cell = models.CharField("分组", max_length=60, blank=True)
    zh = models.CharField("名称", max_length=120)
    unit = models.CharField("单位", max_length=4)
    value = models.BigIntegerField("数值")
    row_count = models.BigIntegerField("记录数")
    rows_digest = models.CharField("记录摘要", max_length=64)
    area = AreaField()

    class Meta:
        verbose_name = "签发数字"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "figure", "cell"], name="report_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}{self.cell} = {self.value}"


class Target(Guarded):
    """What a document asks of a figure in a year."""

    rights = READ | APPEND

    figure = models.CharField("指标", max_length=80)
    year = models.IntegerField("年度")
    value = models.BigIntegerField("目标值")
    document = models.CharField("依据文件", max_length=200)
    area = AreaField("区域")
    made_by = models.ForeignKey("access.Staff", models.PROTECT, related_name="+")
    made_on = models.DateField()

    class Meta:
        verbose_name = "目标"
        indexes: ClassVar = [models.Index(fields=["figure", "year", "area", "-id"], name="target_look_up")]

    def __str__(self) -> str:
        return f"{self.figure} {self.year}: {self.value}"
