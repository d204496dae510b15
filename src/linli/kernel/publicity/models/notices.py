"""Notices, their lines and the proofs that they hung: the staff's side."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.publicity.rules import NoticeState, Place


class Notice(Guarded):
    """A notice, from the draft until it is taken down. ``heads`` keeps the field list as it stood when it was drafted."""

    rights = READ | APPEND | CHANGE

    kind = models.CharField("事项", max_length=60)
    kind_zh = models.CharField("事项名称", max_length=60)
    title = models.CharField("标题", max_length=120)
    lead = models.CharField("正文", max_length=400)
    law = models.CharField("依据", max_length=200)
    heads = models.JSONField("公示项目")
    area = AreaField("区域")
    area_name = models.CharField("区域名称", max_length=60)
    issuer = models.CharField("公示单位", max_length=60)
    contact = models.CharField("受理方式", max_length=200)
    places = models.JSONField("公示地点")
    objection = models.BooleanField("可提出异议", default=True)
    term_kind = models.CharField(max_length=8)
    term_days = models.PositiveSmallIntegerField("公示期")
    item_count = models.PositiveIntegerField("条数")
    state = models.CharField("状态", max_length=10, choices=NoticeState.choices(), default=NoticeState.DRAFT)
    drafted_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    drafted_on = models.DateField("拟稿日")
    published_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    published_on = models.DateField("发布日", null=True)
    since = models.DateField("公示起", null=True)
    until = models.DateField("公示止（含）", null=True)
    extended_days = models.PositiveSmallIntegerField("补足天数", default=0)
    ended_on = models.DateField("撤下日", null=True)
    why = models.CharField("原因", max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "公示"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", published_on=None)
                | Q(state="withdrawn", ended_on__isnull=False)
                | Q(state__in=["up", "down"], published_on__isnull=False, since__isnull=False, until__gte=F("since")),
                name="notice_days",
            ),
            models.CheckConstraint(condition=~Q(state="down") | Q(ended_on__gt=F("until")), name="notice_full_term"),
            models.CheckConstraint(condition=Q(item_count__gt=0), name="notice_has_items"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "state", "-id"], name="notice_area_state"),
            models.Index(fields=["until"], condition=Q(state="up"), name="notice_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number that people quote."""
        return f"{self.pk:06d}"

    @property
    def place_names(self) -> str:
        """Where it is shown, for people."""
        return "、".join(Place(place).zh for place in self.places)


class NoticeItem(Guarded):
    """One line of a notice: the lawful fields as text; the case and the person behind it never leave the staff's side."""

    rights = READ | APPEND
    area_from = "notice"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField("序号")
    case = models.CharField("办件", max_length=60, blank=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    row = models.JSONField("内容")
    area = AreaField()

    class Meta:
        verbose_name = "公示条目"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_item_number"),
            models.UniqueConstraint(fields=["notice", "case"], condition=~Q(case=""), name="notice_item_case"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-notice"], condition=~Q(case=""), name="notice_item_of_case")]

    def __str__(self) -> str:
        return f"{self.notice_id}-{self.number}"


class NoticeProof(Guarded):
    """A photograph that shows the notice on its board. The picture is a stored file; its digest is kept here too."""

    rights = READ | APPEND
    area_from = "notice"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="proofs")
    place = models.CharField("地点", max_length=8, choices=Place.choices())
    taken_on = models.DateField("拍摄日")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    digest = models.CharField("摘要", max_length=64)
    note = models.CharField("说明", max_length=100, blank=True)
    added_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "张榜照片"
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "digest"], name="notice_proof_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.taken_on}"
