"""Monthly runs: who bears them, what they propose, what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Left

from linli.base.areas import Level, scope_of
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.entitlements.models import Arrear, Decision, Entitlement, Funding, Issue, Run, RunItem, RunLine
from linli.kernel.entitlements.queries.months import overpaid_in
from linli.kernel.entitlements.rules import LIVING_RUNS, Difference, Fault, ItemKind, Part, PartKind, Programme, RunState
from linli.kernel.ledgers.queries import control_totals
from linli.kernel.ledgers.rules import ControlTotals, Totals
from linli.kernel.registry.queries import people_list

UNFINISHED = (RunState.WAITING.value, RunState.FAILED.value)


def run_of(run_id: int) -> Run:
    """The run with this id. :raises Forbidden: it is not in the present scope."""
    run = Run.objects.select_related("made_by", "confirmed_by", "batch", "progress").filter(pk=run_id).first()
    if run is None:
        raise Forbidden("没有这次发放，或它不在本辖区内。")
    return run


def states_totals(actor: Actor, run: Run) -> bool:
    """Whether this reader is the second person, who states the run's totals from the list and is therefore not told them."""
    second = actor.may("entitlements.confirm") and run.made_by_id != actor.staff_id
    return second and run.state == RunState.READY and actor.covers(run.area)


def runs(*, programme: str = "", state: str = "", month: date | None = None) -> QuerySet[Run]:
    """The runs of the present scope, newest first."""
    exact = {"programme": programme, "state": state, "month": month}
    found = Run.objects.select_related("made_by", "confirmed_by", "batch").order_by("-id")
    return found.filter(**{name: value for name, value in exact.items() if value})


def living_run(programme: str) -> Run | None:
    """The run of a programme that is under way."""
    return Run.objects.filter(programme=programme, state__in=LIVING_RUNS).first()


def last_month_ordered(programme: str, component: str = "") -> date | None:
    """The last month of a programme that was ordered."""
    done = Run.objects.filter(programme=programme, component=component, state=RunState.ORDERED.value)
    month: date | None = done.aggregate(month=Max("month"))["month"]
    return month


def last_month_confirmed(programme: str) -> date | None:
    """The last month of a programme that a second person confirmed."""
    done = Run.objects.filter(programme=programme, component="", confirmed_on__isnull=False)
    month: date | None = done.aggregate(month=Max("month"))["month"]
    return month


def fundings(programme: str, month: date) -> QuerySet[Funding]:
    """Who bears a programme in a month, the most special place first."""
    found = Funding.objects.filter(Q(until=None) | Q(until__gt=month), programme=programme, since__lte=month)
    return found.prefetch_related("parts__fund").order_by("component", "-place", "-since")


@dataclass(frozen=True)
class Payers:
    """Who bears the payments of a programme in a month, by component and place."""

    known: dict[str, list[tuple[str, str, int, tuple[Part, ...]]]]

    def of(self, component: str, area: str) -> tuple[int, tuple[Part, ...]] | None:
        """The funding for a component at a place (its id and parts); None when nobody is named."""
        for lo, hi, pk, parts in self.known.get(component) or self.known.get("", []):
            if lo <= area < hi:
                return pk, parts
        return None


def payers(programme: str, month: date) -> Payers:
    """Who bears what, ready to be asked many times."""
    known: dict[str, list[tuple[str, str, int, tuple[Part, ...]]]] = {}
    seen: set[tuple[str, str]] = set()
    for one in fundings(programme, month):
        if (one.component, one.place) in seen:  # an earlier one of the same place and part
            continue
        seen.add((one.component, one.place))
        scope = scope_of(one.place)
        rows_in_order = sorted(one.parts.all(), key=lambda part: part.rank)
        parts = tuple(Part(part.fund_id, PartKind(part.kind), part.value) for part in rows_in_order)
        known.setdefault(one.component, []).append((scope.lo, scope.hi, one.pk, parts))
    for rows in known.values():  # a town's own before the district's
        rows.sort(key=lambda row: int(row[1].ljust(12, "0")) - int(row[0].ljust(12, "0")))
    return Payers(known)


def groups_of(programme: Programme, components: Sequence[str], month: date) -> list[str]:
    """Components that are paid together: those that have neither a purpose nor a funding of their own."""
    special = Funding.objects.filter(programme=programme.key, since__lte=month).exclude(component="")
    own = set(special.values_list("component", flat=True))
    return [key if key in own or programme.component(key).purpose else "" for key in components]


def _lines(run: Run) -> QuerySet[RunLine]:
    """What the run proposes; nothing while it is computed part by part, and nothing of one that was not finished."""
    return RunLine.objects.filter(run=run) if run.state not in UNFINISHED else RunLine.objects.none()


def run_lines(
    run: Run, *, on: date, words: str = "", difference: str = "", ground: str = "", fault: str = "", grade: str = "",
    area: str = "", held: bool = False,
) -> QuerySet[RunLine]:  # fmt: skip
    """The lines of a run, by area and payee; ``fault`` "any": those against which something stands."""
    found = _lines(run).select_related("payee", "entitlement__person").order_by("area", "id")
    exact = {"difference": difference, "ground": ground, "grade": grade}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if fault == "any":
        found = found.exclude(faults=[])
    elif fault:
        found = found.filter(faults__contains=[fault])
    if held:
        found = found.filter(held=True)
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    if words:
        named = people_list(on=on, living=False, name=words).order_by().values("pk")
        found = found.filter(Q(payee__in=named) | Q(entitlement__person__in=named) | Q(entitlement__number=words))
    return found


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """How many entitlements are new, more, less, stopped, the same; and by how much."""

    difference: Difference
    count: int
    before: int
    monthly: int

    @property
    def by(self) -> int:
        return self.monthly - self.before


def differences_of(run: Run) -> list[DifferenceRow]:
    """The run against the last paid month, in numbers."""
    rows = _lines(run).values("difference")
    rows = rows.annotate(n=Count("id"), was=Sum("before"), now=Sum("monthly")).order_by()
    found = {row["difference"]: DifferenceRow(Difference(row["difference"]), row["n"], row["was"], row["now"]) for row in rows}
    return [found.get(one.value) or DifferenceRow(one, 0, 0, 0) for one in Difference]


def towns_of_run(run: Run) -> list[dict[str, Any]]:
    """The run by town: entitlements and people paid, money, held back."""
    digits = Level.TOWN.digits
    rows = _lines(run).annotate(head=Left("area", digits)).values("head").annotate(
        count=Count("id", filter=Q(held=False, amount__gt=0)), people=Sum("persons", filter=Q(held=False, amount__gt=0)),
        total=Sum("amount", filter=Q(held=False)), held_count=Count("id", filter=Q(held=True)),
        fresh=Count("id", filter=Q(difference="new")), gone=Count("id", filter=Q(difference="stop")),
    ).order_by("head")  # fmt: skip
    return [row | {"town": row["head"].ljust(12, "0")} for row in rows]


def parts_of_run(run: Run) -> list[dict[str, Any]]:
    """The run by component and what it is for, held lines left out."""
    if run.state in UNFINISHED:
        return []
    held = _lines(run).filter(held=True).values("entitlement")
    rows = RunItem.objects.filter(run=run).exclude(entitlement__in=held).values("component", "kind")
    counted = rows.annotate(count=Count("entitlement", distinct=True), total=Sum("amount")).order_by("component", "kind")
    return [dict(row) for row in counted]


def faults_of_run(run: Run) -> list[tuple[Fault, int]]:
    """How many lines have each fault."""
    counts: dict[str, int] = {}
    faulty = _lines(run).exclude(faults=[])
    for faults, number in faulty.values_list("faults").annotate(n=Count("id")).order_by():
        for fault in faults:
            counts[fault] = counts.get(fault, 0) + number
    return [(fault, counts[fault.value]) for fault in Fault if fault.value in counts]


def decided_since(run: Run) -> int:
    """How many entitlements of the run's programme were decided about after it was computed, for its month or earlier."""
    newer = Decision.objects.filter(pk__gt=run.mark, since__lte=run.month).values_list("entitlement", flat=True)
    concerned = set(newer)  # few, and a list: joined, the planner would go through every entitlement
    return Entitlement.objects.filter(pk__in=concerned, programme=run.programme).count() if concerned else 0


@dataclass(frozen=True)
class RunTotals:
    """The five sides of a run: what was confirmed, what was issued, and the batch's four (None where there is none yet)."""

    run: Totals
    issued: Totals
    batch: ControlTotals | None

    def faults(self) -> list[str]:
        """Every pair that differs, as a sentence."""
        found = []
        if self.run != self.issued:
            found.append(f"核定 {self.run.count} 份 {self.run.amount} 分，开单 {self.issued.count} 份 {self.issued.amount} 分")
        if self.batch is not None and self.batch.batch.amount != self.issued.amount:
            found.append(f"开单 {self.issued.amount} 分，批次 {self.batch.batch.amount} 分")
        return found + (self.batch.faults() if self.batch else [])


def totals_of_run(run: Run) -> RunTotals:
    """Confirmed, issued and paid, side by side."""
    issued = Issue.objects.filter(run=run).exclude(kind=ItemKind.ASKED.value)  # what is asked back later was paid by the run
    sums = issued.aggregate(count=Count("entitlement", distinct=True), total=Sum("amount"))
    batch = control_totals(run.batch) if run.batch is not None else None
    return RunTotals(Totals(run.count, run.amount), Totals(sums["count"], sums["total"] or 0), batch)


def overpaid_rows(month: date) -> list[Arrear]:
    """The list of :func:`overpaid` with ``open``: how much was paid too much until this month, in fen; settled ones left out."""
    rows = list(overpaid())
    sums = overpaid_in([one.entitlement_id for one in rows], month)
    for one in rows:
        one.open = sums.get(one.entitlement_id, 0)  # type: ignore[attr-defined]
    return [one for one in rows if one.entitlement_id in sums]


def overpaid(programme: str = "") -> QuerySet[Arrear]:
    """Entitlements that ended and of which something may have been paid too much, oldest first."""
    found = Arrear.objects.select_related("entitlement__person").filter(entitlement__until__isnull=False)
    found = found.filter(since__gte=F("entitlement__paid_from")).order_by("since", "entitlement")
    return found.filter(entitlement__programme=programme) if programme else found


