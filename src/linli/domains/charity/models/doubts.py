"""What may be double aid, or a family that may be missed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.charity.models.aid import Campaign
from linli.domains.charity.rules import ANSWERS, DOUBTS
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Doubt(Guarded):
    """A household that may have been helped twice, or may have been missed: found once, and answered by a person.

    ``key`` says what was found, so that looking again finds nothing twice. ``detail`` names projects and days, no people.
    """

    rights = READ | APPEND | CHANGE
    goes_with = ("person",)
    goes_while = "t.answer = ''"

    kind = models.CharField("类别", max_length=10, choices=sorted(DOUBTS.items()))
    key = models.CharField("标识", max_length=120, unique=True)
    year = models.IntegerField("年度")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    detail = models.CharField("情况", max_length=300)
    found_on = models.DateField("发现日期")
    answer = models.CharField("核查结果", max_length=12, blank=True, choices=sorted(ANSWERS.items()))
    note = models.CharField("说明", max_length=200, blank=True)
    answered_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("核查日期", null=True)
    area = AreaField("所在地")

    class Meta:
        verbose_name = "救助疑点"
        indexes: ClassVar = [models.Index(fields=["area", "answer", "kind"], name="doubt_list")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="doubt_area_code"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | Q(answer__gt="", answered_on__isnull=False), name="doubt_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.key
