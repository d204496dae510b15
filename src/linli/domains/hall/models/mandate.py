"""Full agency (全程代办): who may do what in somebody's name until when, and the agent's own tasks."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.domains.hall.models.handling import STAFF, Handling
from linli.domains.hall.rules import Act
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ


class Mandate(Guarded):
    """The applicant has an agent carry the item: with a signed paper, for named acts, until a day (that day included)."""

    rights = READ | APPEND | CHANGE
    area_from = "handling"

    handling = models.ForeignKey(Handling, models.PROTECT, related_name="mandates")
    agent = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    acts = ArrayField(models.CharField(max_length=8, choices=Act.choices()), verbose_name="代办权限")
    since = models.DateField("委托日期")
    until = models.DateField("委托截止日")
    proof = models.CharField("委托书", max_length=100)
    made_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+")
    ended_on = models.DateField("终止日期", null=True)
    ended_why = models.CharField("终止原因", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "代办委托"
        indexes: ClassVar = [models.Index(fields=["agent"], condition=Q(ended_on=None), name="hall_mandate_agent")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="hall_mandate_days"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_why="") | Q(ended_on__isnull=False) & ~Q(ended_why=""), name="hall_mandate_ended"
            ),
            models.UniqueConstraint(fields=["handling"], condition=Q(ended_on=None), name="hall_one_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.handling_id} {self.agent_id}"


class Errand(Guarded):
    """One task of an agent, with its own last day: it comes with a step of the case and is done by the agent alone."""

    rights = READ | APPEND | CHANGE
    area_from = "mandate"

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="errands")
    act = models.CharField("代办权限", max_length=8, choices=Act.choices())
    words = models.CharField("代办事项", max_length=200)
    since = models.DateField("产生日期")
    due_on = models.DateField("截止日")
    done_on = models.DateField("办理日期", null=True)
    note = models.CharField("办理情况", max_length=300, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "代办任务"
        indexes: ClassVar = [models.Index(fields=["mandate"], condition=Q(done_on=None), name="hall_errand_open")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on=None, note="") | Q(done_on__isnull=False) & ~Q(note=""), name="hall_errand_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.words[:20]}"
