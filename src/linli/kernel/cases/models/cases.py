"""A case, where it stands, and the work that it gives to somebody."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.base.areas import Level
from linli.kernel.access.models import AREA_CODE, AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.cases.rules import Ground

OPEN, CLOSED, DONE = "open", "closed", "done"


class Series(Guarded):
    """The last number that a flow gave out in a year. The row is locked until its case stands, so no number is lost."""

    rights = READ | APPEND | CHANGE

    flow = models.CharField("事项", max_length=60)
    year = models.SmallIntegerField("年度")
    last = models.IntegerField("末号")

    class Meta:
        verbose_name = "编号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["flow", "year"], name="series_once"),
            models.CheckConstraint(condition=Q(last__gt=0), name="series_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.flow} {self.year} {self.last}"


class Case(Guarded):
    """One case of a flow. ``area`` is who has custody now; ``area_then`` where it was opened, for ever.

    ``events`` counts its events and is the mark by which a stale writer is told. ``due_on``, ``due_provisional``,
    ``stop`` and ``stop_until`` are computed from the events (:func:`linli.kernel.cases.rules.clock`) and kept for sorting.
    ``facts`` and ``places`` are what was known on the day of opening; they are never changed.
    """

    rights = READ | APPEND | CHANGE

    number = models.CharField("编号", max_length=40, unique=True)
    flow = models.CharField("事项", max_length=60)
    flow_version = models.SmallIntegerField("流程版本")
    title = models.CharField("标题", max_length=100)
    state = models.CharField("状态", max_length=8, choices=[(OPEN, "在办"), (CLOSED, "办结")], default=OPEN)
    step = models.CharField("环节", max_length=40, blank=True)
    outcome = models.CharField("办结结果", max_length=40, blank=True)
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("registry.Household", models.PROTECT, null=True, related_name="+")
    places = models.JSONField("当时的居住地和户籍地", default=dict)
    facts = models.JSONField("受理时的情况", default=dict)
    area = AreaField("管辖区划")
    area_then = AreaField("受理时区划")
    opened_on = models.DateField("受理日")
    opened_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField("办结日", null=True)
    events = models.IntegerField("事件数")
    due_on = models.DateField("总期限截止日", null=True)
    due_provisional = models.BooleanField("暂定", default=False)
    stop = models.CharField("停止计时", max_length=10, blank=True, choices=Ground.choices())
    stop_until = models.DateField("预计恢复日", null=True)

    class Meta:
        verbose_name = "案件"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area__regex=AREA_CODE) & Q(area_then__regex=AREA_CODE), name="case_area_code"),
            models.CheckConstraint(
                condition=Q(state=OPEN, outcome="", closed_on=None) & ~Q(step="")
                | Q(state=CLOSED, closed_on__isnull=False) & ~Q(outcome=""),
                name="case_open_or_ended",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(household__isnull=False), name="case_is_about_someone"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["flow", "opened_on", "area"], name="case_flow"),
            models.Index(fields=["flow", "state", "step", "outcome", "area"], name="case_step"),
            models.Index(fields=["area", "-id"], name="case_area"),
            models.Index(fields=["person"], name="case_person"),
            models.Index(fields=["household"], name="case_household"),
        ]

    def __str__(self) -> str:
        return self.number


class Task(Guarded):
    """The work that an open case gives to the level of its present step; one at a time.

    ``barred`` are the staff whose own work the step judges. ``due_on`` is the earlier of the step's and the case's last day;
    empty while the clock stands still without a known end and was not late before.
    """

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    flow = models.CharField("事项", max_length=60)
    step = models.CharField("环节", max_length=40)
    level = models.SmallIntegerField("层级", choices=Level.choices())
    permission = models.CharField("权限", max_length=60)
    area = AreaField()
    barred = ArrayField(models.BigIntegerField(), verbose_name="须回避的人员", default=list)
    assigned_to = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=8, choices=[(OPEN, "待办"), (DONE, "已办")], default=OPEN)
    opened_on = models.DateField("到达日")
    opened_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField("截止日", null=True)
    provisional = models.BooleanField("暂定", default=False)
    done_by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    done_on = models.DateField("办理日", null=True)

    class Meta:
        verbose_name = "待办"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state=OPEN), name="task_one_open_of_a_case"),
            models.CheckConstraint(
                condition=Q(state=OPEN, done_on=None) | Q(state=DONE, done_on__isnull=False), name="task_done"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["level", "area"], condition=Q(state=OPEN), name="task_queue"),
            models.Index(fields=["done_by", "-done_on", "-id"], name="task_done_by"),
            models.Index(fields=["case", "id"], name="task_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.state}"
