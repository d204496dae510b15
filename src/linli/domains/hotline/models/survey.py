"""Surveys of how well the hotline is known: what was drawn from whom, and what each said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.domains.hotline.rules import SurveyAnswer, SurveyWay
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Survey(Guarded):
    """One question put to a sample that was drawn by lot.

    The frame is everybody of age who lived in ``place`` on the day ``drawn_on``: ``framed`` people, whose digest is
    ``frame_digest``. ``seed`` and the frame give the sample again. It holds no person, so whoever asks may read it.
    """

    rights = READ | APPEND | CHANGE
    wide_reading = True

    title = models.CharField("调查名称", max_length=60)
    question = models.CharField("问题", max_length=200)
    place = models.CharField("调查范围", max_length=12, db_collation="C")
    drawn_on = models.DateField("抽样日期")
    drawn_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    framed = models.PositiveIntegerField("抽样框人数")
    frame_digest = models.CharField("抽样框摘要", max_length=64)
    seed = models.CharField("抽样种子", max_length=32)
    size = models.PositiveIntegerField("样本量")
    closed_on = models.DateField("结束日期", null=True)
    closed_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "知晓率调查"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="hotline_survey_area_code"),
            models.CheckConstraint(condition=Q(place__regex=AREA_CODE), name="hotline_survey_place_code"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=models.F("framed")), name="hotline_survey_within_frame"),
            models.UniqueConstraint(fields=["area", "title"], name="hotline_survey_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Sampled(Guarded):
    """Somebody who was drawn, and what was said, once. ``tries``: how often nobody was met. It follows the person's area."""

    rights = READ | APPEND | CHANGE
    area_from = "person"

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sample")
    rank = models.PositiveIntegerField("序号")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    answer = models.CharField("回答", max_length=8, blank=True, choices=SurveyAnswer.choices())
    way = models.CharField("方式", max_length=8, blank=True, choices=SurveyWay.choices())
    tries = models.PositiveSmallIntegerField("未联系上次数", default=0)
    answered_on = models.DateField("回答日期", null=True)
    answered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField("居住地")
    area_then = AreaField("抽样时居住地")

    class Meta:
        verbose_name = "调查样本"
        indexes: ClassVar = [
            models.Index(fields=["area", "answered_on"], name="hotline_sampled_area"),
            models.Index(fields=["person"], name="hotline_sampled_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "person"], name="hotline_sampled_once"),
            models.CheckConstraint(
                condition=Q(answer="", way="", answered_on=None, answered_by=None)
                | Q(answer__gt="", way__gt="", answered_on__isnull=False, answered_by__isnull=False),
                name="hotline_sampled_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.rank}"


class Mend(Guarded):
    """An answer that was typed wrongly, with the reason; what stood before stays here. The new answer may be none: nobody spoke.

    ``decided_on`` is empty while a mend of a finished survey waits for another person; ``agreed``: it stands in the sample.
    """

    rights = READ | APPEND | CHANGE
    area_from = "sampled"

    sampled = models.ForeignKey(Sampled, models.PROTECT, related_name="mends")
    was_answer = models.CharField("原回答", max_length=8, choices=SurveyAnswer.choices())
    was_way = models.CharField("原方式", max_length=8, choices=SurveyWay.choices())
    was_on = models.DateField("原回答日期")
    was_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="原登记人")
    answer = models.CharField("更正为", max_length=8, blank=True, choices=SurveyAnswer.choices())
    way = models.CharField("方式", max_length=8, blank=True, choices=SurveyWay.choices())
    why = models.CharField("更正理由", max_length=200)
    asked_on = models.DateField("更正日期")
    asked_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="更正人")
    agreed = models.BooleanField("同意", null=True)
    decided_on = models.DateField("审定日期", null=True)
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    area = AreaField()

    class Meta:
        verbose_name = "回答更正"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sampled"], condition=Q(decided_on=None), name="hotline_mend_waits_once"),
            models.CheckConstraint(condition=~Q(decided_by=models.F("asked_by")), name="hotline_mend_two_people"),
            models.CheckConstraint(condition=Q(decided_on=None) ^ Q(agreed__isnull=False), name="hotline_mend_decided"),
            models.CheckConstraint(condition=Q(answer="", way="") | Q(answer__gt="", way__gt=""), name="hotline_mend_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.sampled_id}: {self.was_answer}"
