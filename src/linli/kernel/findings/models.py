"""What was found, and what the visit showed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.findings.rules import Answer


class Finding(Guarded):
    """Of one person, by one comparison, by one fact: found once, and answered by somebody who went there.

    ``detail`` names no people. ``gone_on``: the comparison no longer gives it, and nobody had answered. ``followed_on``: what
    was supposed came true: the person is helped now, or the help was changed or ended. It follows the person's area.
    """

    rights = READ | APPEND | CHANGE
    area_from = "person"

    search = models.CharField("比对规则", max_length=60)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    fact = models.CharField("事实标识", max_length=80)
    detail = models.CharField("情况", max_length=300)
    law = models.CharField("依据", max_length=300)
    found_on = models.DateField("发现日期")
    gone_on = models.DateField("不再如此之日", null=True)
    answer = models.CharField("核查结果", max_length=12, blank=True, choices=Answer.choices())
    note = models.CharField("核查说明", max_length=300, blank=True)
    visited_on = models.DateField("走访日期", null=True)
    answered_on = models.DateField("登记日期", null=True)
    answered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    followed_on = models.DateField("落实日期", null=True)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "发现线索"
        indexes: ClassVar = [
            models.Index(fields=["area", "search", "found_on"], name="finding_list"),
            models.Index(fields=["area", "id"], condition=Q(answer="", gone_on=None), name="finding_open"),
            models.Index(fields=["person"], name="finding_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="finding_area_code"),
            models.UniqueConstraint(fields=["search", "person", "fact"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, visited_on=None, followed_on=None)
                | Q(answer__gt="", answered_on__isnull=False, visited_on__isnull=False, gone_on=None),
                name="finding_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search} {self.person_id} {self.fact}"

    @property
    def state(self) -> str:
        """Open, answered, or gone without an answer."""
        return "answered" if self.answer else "gone" if self.gone_on else "open"
