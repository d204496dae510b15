"""A policy tried out: what was changed, and what it would mean for each place and family."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from linli.domains.assistance.models.applications import Application
from linli.domains.assistance.rules.trials import TrialState
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.entitlements.rules import Difference

EFFECTS = [(one.value, one.zh) for one in Difference if one is not Difference.BACK]
"""What a trial can mean for a family; only money that is paid can be made up for."""


class Trial(Guarded):
    """One trial. It changes no entitlement. ``step``, ``judged``, ``total`` tell how far it is, written beside its transaction.

    ``changes``: for each lever its ``key``, ``zh``, ``before`` and ``after`` as people say them, and the ``value`` as text.
    """

    rights = READ | APPEND | CHANGE

    title = models.CharField("名称", max_length=60)
    month = models.DateField("按哪个月的规定")
    changes = models.JSONField("改变的规定")
    state = models.CharField("状态", max_length=8, choices=TrialState.choices(), default=TrialState.WAITING)
    message = models.CharField("说明", max_length=400, blank=True)
    step = models.CharField(max_length=40, default="等待测算")
    judged = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField("测算日期")
    at = models.DateTimeField(db_default=Now())
    area = AreaField()

    class Meta:
        verbose_name = "政策测算"

    def __str__(self) -> str:
        return self.title


class TrialSum(Guarded):
    """What a trial means for a community and a programme: families and people helped and their fen a month, before and after."""

    rights = READ | APPEND

    trial = models.ForeignKey(Trial, models.PROTECT, related_name="sums")
    programme = models.CharField("项目", max_length=40)
    known = models.IntegerField("参加测算的家庭")
    families = models.IntegerField("原救助家庭")
    families_after = models.IntegerField("测算后家庭")
    people = models.IntegerField("原救助人数")
    people_after = models.IntegerField("测算后人数")
    before = models.BigIntegerField("原月金额")
    after = models.BigIntegerField("测算后月金额")
    area = AreaField()

    class Meta:
        verbose_name = "政策测算汇总"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "area", "programme"], name="assist_trial_sum_once")
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.area} {self.programme}"


class TrialLine(Guarded):
    """A family (of 特困: a person) for whom the trial gives another class or amount. Fen a month."""

    rights = READ | APPEND
    area_from = "application"

    trial = models.ForeignKey(Trial, models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    programme = models.CharField("项目", max_length=40)
    people = models.SmallIntegerField("人数")
    was = models.CharField("原类别", max_length=8)
    becomes = models.CharField("测算后类别", max_length=8)
    difference = models.CharField("增减", max_length=8, choices=EFFECTS)
    before = models.BigIntegerField("原月金额")
    after = models.BigIntegerField("测算后月金额")
    area = AreaField()

    class Meta:
        verbose_name = "政策测算明细"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "programme", "person"], name="assist_trial_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.person_id}"
