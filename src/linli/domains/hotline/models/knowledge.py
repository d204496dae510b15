"""The knowledge base beside the form, and what an operator has typed so far."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, ERASE, READ


class Article(Guarded):
    """What an operator says when asked: short, with its owner and the day on which it must be looked at again.

    ``category``: the code, or its beginning, to which it belongs. A changed article is the same one with a higher version.
    It holds no person, so every post may read it.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    title = models.CharField("标题", max_length=80)
    category = models.CharField("事项分类", max_length=6, blank=True, db_collation="C")
    text = models.TextField("答复口径")
    basis = models.CharField("依据", max_length=200, blank=True)
    owner = models.CharField("维护单位", max_length=60)
    words = models.CharField("其他叫法", max_length=200, blank=True)
    keys = models.CharField("检索词", max_length=1000)
    review_on = models.DateField("复核日期")
    changed_on = models.DateField("更新日期")
    changed_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", verbose_name="更新人")
    until = models.DateField("停用日期", null=True)
    version = models.IntegerField("版本", default=1)
    area = AreaField()

    class Meta:
        verbose_name = "知识库条目"
        indexes: ClassVar = [models.Index(fields=["category", "title"], name="hotline_article_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="hotline_article_area_code"),
            models.UniqueConstraint(fields=["area", "title"], condition=Q(until=None), name="hotline_article_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Draft(Guarded):
    """What one operator has typed of an order that is not taken yet: sealed, for the same person only, for a day."""

    rights = READ | APPEND | CHANGE | ERASE

    staff = models.OneToOneField("access.Staff", models.PROTECT, related_name="+")
    content = models.BinaryField("草稿（加密）")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "受理草稿"

    def __str__(self) -> str:
        return str(self.staff_id)
