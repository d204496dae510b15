"""The programmes and how they stand this month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from linli.kernel.entitlements.models import Amount, Run
from linli.kernel.entitlements.queries.declared import programmes
from linli.kernel.entitlements.queries.months import in_month
from linli.kernel.entitlements.queries.standing import standing_in
from linli.kernel.entitlements.rules import Programme


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme in a month, in the present scope: entitlements, people, fen a month, how many held back, the newest run."""

    programme: Programme
    count: int
    persons: int
    monthly: int
    suspended: int
    run: Run | None

    @property
    def key(self) -> str:
        return self.programme.key


def programme_rows(month: date) -> list[ProgrammeRow]:
    """Every programme; four queries however many entitlements there are."""
    sums: Mapping[str, tuple[int, int, int]] = {
        row["programme"]: (row["n"], row["people"] or 0, row["held"])
        for row in standing_in(month).values("programme").order_by().annotate(
            n=Count("id"), people=Sum("persons"), held=Count("id", filter=Q(suspended__lte=month)),
        )
    }  # fmt: skip
    money = Amount.objects.filter(in_month(month)).values("entitlement__programme").order_by().annotate(total=Sum("amount"))
    monthly = {row["entitlement__programme"]: row["total"] for row in money}
    newest = {run.programme: run for run in Run.objects.filter(component="").order_by("programme", "-id").distinct("programme")}
    return [
        ProgrammeRow(one, *sums.get(key, (0, 0, 0))[:2], monthly.get(key, 0), sums.get(key, (0, 0, 0))[2], newest.get(key))
        for key, one in programmes().items()
    ]
