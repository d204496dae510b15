"""What one person proposes and another decides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.kernel.access.models.base import AreaField, Guarded
from linli.kernel.access.rules import APPEND, CHANGE, READ, ProposalState

STAFF = "access.Staff"


class Proposed(Guarded):
    """A proposal until another person agrees to it or refuses it with a reason, or who proposed it takes it back.

    Whoever inherits it has :func:`by_two` among its constraints; ``access.actions`` has the decisions.
    """

    rights = READ | APPEND | CHANGE

    state = models.CharField("状态", max_length=10, choices=ProposalState.choices(), default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(STAFF, models.PROTECT, related_name="+", verbose_name="拟定人")
    proposed_on = models.DateField("拟定日期")
    decided_by = models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    decided_on = models.DateField("审定日期", null=True)
    why = models.CharField("理由", max_length=300, blank=True)
    area = AreaField("区划")

    class Meta:
        abstract = True


def by_two(name: str) -> models.CheckConstraint:
    """The database refuses a decision by who proposed it, and a withdrawal by anybody else."""
    return models.CheckConstraint(
        condition=Q(state="proposed", decided_by=None, decided_on=None)
        | Q(state="withdrawn", decided_by=F("proposed_by"), decided_on__isnull=False)
        | (Q(state__in=["agreed", "refused"], decided_by__isnull=False, decided_on__isnull=False)
           & ~Q(decided_by=F("proposed_by"))),
        name=name,
    )  # fmt: skip
