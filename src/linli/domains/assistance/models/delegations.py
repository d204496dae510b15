"""Power that the district delegates to a town, and the confirmations of the town that the district looks at again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from linli.domains.assistance.models.applications import Application
from linli.domains.assistance.rules.delegations import DELEGABLE, Checked
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded, Proposed, by_two
from linli.kernel.access.rules import APPEND, CHANGE, READ

STAFF = "access.Staff"


class Delegation(Proposed):
    """From which day on a town confirms which programmes for the district, by which document; or that it does no more (``ends``).

    It holds once a second person has agreed, until the next one of the town begins. Every post reads it, for the order in which
    an application runs follows from it; only the district's own post writes.
    """

    wide_reading = True

    town = models.CharField("镇街", max_length=12)
    programmes = ArrayField(
        models.CharField(max_length=8, choices=list(DELEGABLE.items())), verbose_name="委托确认的救助", default=list
    )
    ends = models.BooleanField("收回委托", default=False)
    document = models.CharField("文件", max_length=120)
    article = models.CharField("条款", max_length=60, blank=True)
    since = models.DateField("起始日期")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "委托确认"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="assist_delegation_area_code"),
            models.CheckConstraint(
                condition=Q(town__startswith=Left(F("area"), 6), town__endswith="000") & ~Q(town__endswith="000000"),
                name="assist_delegated_to_own_town",
            ),
            models.CheckConstraint(
                condition=Q(ends=True, programmes=[]) | Q(ends=False) & ~Q(programmes=[]), name="assist_delegation_of_something"
            ),
            by_two("assist_delegation_second_person"),
            models.UniqueConstraint(fields=["town", "since"], condition=Q(state="agreed"), name="assist_delegation_once_a_day"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document} {self.since}"


class Sample(Guarded):
    """A confirmation of a town on which the lot fell: the district goes through it again within a term, once."""

    rights = READ | APPEND | CHANGE
    area_from = "application"

    application = models.OneToOneField(Application, models.PROTECT, related_name="sample", verbose_name="社会救助申请")
    drawn_on = models.DateField("抽中日期")
    due_on = models.DateField("应查日期")
    result = models.CharField("抽查结果", max_length=5, blank=True, choices=Checked.choices())
    checked_on = models.DateField("抽查日期", null=True)
    checkers = ArrayField(models.CharField(max_length=50), verbose_name="抽查人", default=list)
    found = models.CharField("抽查情况", max_length=500, blank=True)
    entered_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")
    area = AreaField()

    class Meta:
        verbose_name = "委托确认抽查"
        indexes: ClassVar = [models.Index(fields=["result", "due_on"], name="assist_sample_open")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE), name="assist_sample_area_code"),
            models.CheckConstraint(
                condition=Q(result="", checked_on=None, found="")
                | Q(checked_on__gte=F("drawn_on"), entered_by__isnull=False) & ~Q(result="") & ~Q(found=""),
                name="assist_sample_with_its_result",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id} {self.result}"
