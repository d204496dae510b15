"""The judgement of those who came (好差评), once for each stage of a handling."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.domains.hall.models.handling import STAFF, Handling
from linli.domains.hall.rules import Grade, Stage
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Rating(Guarded):
    """One of five grades for one stage; of the service, never of the resident. A poor one is answered by another hand.

    ``web``: given with receipt and telephone on the public page; else at the counter.
    """

    rights = READ | APPEND | CHANGE
    area_from = "handling"

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="ratings")
    stage = models.CharField("评价环节", max_length=8, choices=Stage.choices())
    grade = models.CharField("评价", max_length=1, choices=Grade.choices())
    words = models.CharField("意见", max_length=300, blank=True)
    web = models.BooleanField("网上评价", default=False)
    since = models.DateField("评价日期")
    at = models.DateTimeField(db_default=Now())
    answered_on = models.DateField("回访日期", null=True)
    answer = models.CharField("回访和整改", max_length=500, blank=True)
    answered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "好差评"
        indexes: ClassVar = [
            models.Index(fields=["since", "area"], name="hall_rating_since"),
            models.Index(fields=["area"], condition=Q(answered_on=None, grade__in=["1", "2"]), name="hall_rating_open"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handling", "stage"], name="hall_rated_once"),
            models.CheckConstraint(condition=Q(grade__in=["1", "2", "3", "4", "5"]), name="hall_grade_of_five"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", answered_by=None)
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="hall_rating_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.stage} {self.grade}"
