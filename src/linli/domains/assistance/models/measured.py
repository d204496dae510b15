"""The facts of a decision as the monthly run reads them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.domains.assistance.models.applications import Application
from linli.kernel.access.models import AreaField, Guarded
from linli.kernel.access.rules import APPEND, ERASE, READ


class MeasuredFacts(Guarded):
    """What was decided upon, in whole numbers: a run judges it again by the law of its month, a million families in one call.

    Written once with the decision and never changed, and given up only when a refused case is taken up again; the readable
    facts stand in the decision itself. ``person`` holds the
    entitlement; ``form`` says how the bytes are read (`rules.measured`).
    """

    rights = READ | APPEND | ERASE
    area_from = "application"

    application = models.ForeignKey(Application, models.PROTECT, related_name="measured")
    programme = models.CharField("项目", max_length=40)
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+")
    form = models.BigIntegerField()
    home = models.BinaryField()
    people = models.BinaryField()
    lines = models.BinaryField()
    bearers = models.BinaryField(default=b"")
    failed = models.PositiveSmallIntegerField("不能自理的项数", default=0)
    institution = models.BooleanField("集中供养", default=False)
    area = AreaField()

    class Meta:
        verbose_name = "核定事实"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "programme", "person"], name="assist_measured_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.programme}"
