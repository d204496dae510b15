"""What is kept of a case for ever: its events, the papers that belong to it, the decisions that were taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.cases.models.cases import Case
from linli.kernel.cases.rules import Kind


class Event(Guarded):
    """One thing that happened in a case. Never changed; ``facts`` hold what the clock needs, and ids, no personal values.

    ``clock`` is what the event did to the clock: stops, until, resumes, extends.
    """

    rights = READ | APPEND
    area_from = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.IntegerField("序号")
    kind = models.CharField("事件", max_length=20, choices=Kind.choices())
    step = models.CharField("环节", max_length=40, blank=True)
    to = models.CharField("转入环节", max_length=40, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    on = models.DateField("日期")
    at = models.DateTimeField(db_default=Now())
    opinion = models.CharField("意见", max_length=500, blank=True)
    reason = models.CharField("理由代码", max_length=60, blank=True)
    clock = models.JSONField("计时", default=dict)
    facts = models.JSONField("内容", default=dict)
    area = AreaField()

    class Meta:
        verbose_name = "办理记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="event_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="event_counts_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "on", "area"], name="event_kind")]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.number} {self.kind}"


class Paper(Guarded):
    """A paper that the case needs at a step: outstanding, received or waived with a reason."""

    rights = READ | APPEND | CHANGE
    area_from = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    key = models.CharField("代码", max_length=60)
    name = models.CharField("材料名称", max_length=100)
    step = models.CharField("环节", max_length=40, blank=True)
    required = models.BooleanField("必需", default=True)
    asked_on = models.DateField("告知补正日", null=True)
    received_on = models.DateField("收到日", null=True)
    original = models.BooleanField("已核原件", default=False)
    file = models.CharField("电子件", max_length=100, blank=True)
    waived = models.CharField("免交理由", max_length=200, blank=True)
    area = AreaField()

    class Meta:
        verbose_name = "材料"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="paper_once"),
            models.CheckConstraint(condition=Q(received_on=None) | Q(waived=""), name="paper_received_or_waived"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"


class Decision(Guarded):
    """A decision as it was taken: the facts, the rule, the outcome with its steps and the values of the law. Never changed.

    ``digest`` is the SHA-256 of facts, rule and outcome in canonical form. A later decision corrects an earlier one.
    """

    rights = READ | APPEND
    area_from = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.SmallIntegerField("序号")
    step = models.CharField("环节", max_length=40)
    rule = models.CharField("规则", max_length=120)
    facts = models.JSONField("依据的情况")
    outcome = models.JSONField("认定结果")
    granted = models.BooleanField("同意")
    amount = models.BigIntegerField("金额（分）", default=0)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    on = models.DateField("决定日")
    at = models.DateTimeField(db_default=Now())
    area = AreaField()
    area_then = AreaField()

    class Meta:
        verbose_name = "决定"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.number}"
