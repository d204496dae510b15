"""Who was introduced to which vacancy, and what became of it. Vacancies and wishes are rows of record books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.hotline.rules import Placing
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF, ENTRY = "access.Staff", "records.Entry"


class Introduction(Guarded):
    """A resident who seeks work was told of a vacancy. The result is entered once, by whoever made it."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    vacancy = models.ForeignKey(ENTRY, models.PROTECT, related_name="+", verbose_name="招聘信息")
    wish = models.ForeignKey(ENTRY, models.PROTECT, related_name="+", verbose_name="求职登记")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    unit = models.CharField("用人单位", max_length=120)
    post = models.CharField("岗位", max_length=60)
    trade = models.CharField("工种", max_length=10)
    introduced_on = models.DateField("介绍日期")
    introduced_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    result = models.CharField("结果", max_length=10, choices=Placing.choices(), default=Placing.OPEN)
    result_on = models.DateField("结果日期", null=True)
    note = models.CharField("说明", max_length=200, blank=True)
    area = AreaField("居住地")
    area_then = AreaField("介绍时居住地")

    class Meta:
        verbose_name = "职业介绍"
        indexes: ClassVar = [
            models.Index(fields=["area", "-id"], name="hotline_introduction_area"),
            models.Index(fields=["vacancy", "result"], name="hotline_introduction_vacancy"),
            models.Index(fields=["wish", "result"], name="hotline_introduction_wish"),
            models.Index(fields=["person"], name="hotline_introduction_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vacancy", "wish"], condition=Q(result="open"), name="hotline_introduction_once"
            ),
            models.UniqueConstraint(fields=["wish"], condition=Q(result="placed"), name="hotline_placed_once"),
            models.CheckConstraint(
                condition=Q(result="open", result_on=None) | ~Q(result="open") & Q(result_on__gte=models.F("introduced_on")),
                name="hotline_introduction_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.post}"
