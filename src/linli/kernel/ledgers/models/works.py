"""Steps of large batches that are done in the background, and how far they are."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ
from linli.kernel.ledgers.models.payments import Batch
from linli.kernel.ledgers.rules import WorkKind, WorkState


class BatchWork(Guarded):
    """One step of a batch, ordered by one person: its effect and its end are one transaction, so it is done once or not.

    ``orders`` and ``words`` are what the step needs; a return file is kept in files under this row's id.
    """

    rights = READ | APPEND | CHANGE

    kind = models.CharField("事项", max_length=8, choices=WorkKind.choices())
    state = models.CharField(
        "状态", max_length=8, choices=WorkState.choices(), default=WorkState.WAITING
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="works")
    orders = ArrayField(models.BigIntegerField(), default=list)
    words = models.JSONField(default=dict)
    message = models.CharField("结果", max_length=400, blank=True)
    by = models.ForeignKey("access.Staff", models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField("办理日")
    at = models.DateTimeField(db_default=Now())
    area = AreaField("账簿所属")

    class Meta:
        verbose_name = "批次办理"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "kind"], condition=Q(state="waiting"), name="batch_work_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


class WorkProgress(Guarded):
    """How far a step is; written beside its transaction, so that it is seen while that one is open."""

    rights = READ | APPEND | CHANGE
    area_from = "work"

    work = models.OneToOneField(BatchWork, models.CASCADE, primary_key=True, related_name="progress")
    step = models.CharField("步骤", max_length=40, default="等待办理")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    area = AreaField()

    class Meta:
        verbose_name = "批次办理进度"

    def __str__(self) -> str:
        return f"{self.work_id} {self.step} {self.done}/{self.total}"
