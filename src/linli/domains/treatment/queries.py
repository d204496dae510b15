"""Rounds with their numbers, patients, what is known of them, and the bills."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.base.dated import Parameters, load
from linli.base.days import age_on
from linli.base.reasons import Outcome
from linli.domains.treatment.models import Patient, Round, Share
from linli.domains.treatment.rules import GROUP, PAID_BY_FUND, PROJECTS, WAIVED, Bearer, Facts, bearer_of_fund, decide
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.deliveries.rules import Rows
from linli.kernel.ledgers.queries import benefits_of, fund_of, origins_from
from linli.kernel.ledgers.rules import FundKind, Origin
from linli.kernel.registry.queries import household_of, members_of, person_by_id, statuses_of_people

FOLDER = Path(__file__).parent / "parameters"
SPARED = [bearer.value for bearer in sorted(WAIVED)]


@cache
def law() -> Parameters:
    """All values of the package; faults in the files stop the program at its start."""
    return load(sorted(FOLDER.glob("*.toml")))


def rounds(*, project: str = "", year: int | None = None, organiser: str = "") -> QuerySet[Round]:
    """Rounds, newest first, with how many patients of the present scope wait and were treated."""
    wanted = {"project": project, "year": year, "organiser": organiser}
    found = Round.objects.filter(**{name: word for name, word in wanted.items() if word}).order_by("-year", "-id")
    return found.annotate(
        waiting=Count("patients", filter=Q(patients__state__in=["open", "granted"])),
        treated=Count("patients", filter=Q(patients__state="treated")),
    )


def round_of(round_id: int) -> Round:
    """The round with this id; Refused when there is none."""
    found = rounds().filter(pk=round_id).first()
    if found is None:
        raise Refused("没有这个医疗救助批次，请从列表中选择。")
    return found


def bearer_for(one: Round) -> Bearer | None:
    """Whose part the round's fund bears; None when the round has no fund."""
    return bearer_of_fund(FundKind(fund_of(one.fund_id).kind)) if one.fund_id else None


def open_rounds(on: date) -> QuerySet[Round]:
    """Rounds into which patients can be recommended on this day."""
    return Round.objects.filter(closed=False, opens_on__lte=on, closes_on__gte=on).order_by("id")


def sums_of(one: Round) -> dict[str, int]:
    """What the patients of a round cost, by bearer, in fen; and ``cost``, the whole."""
    shares = Share.objects.filter(patient__round=one).values("bearer").annotate(total=Sum("amount"))
    sums = {row["bearer"]: row["total"] for row in shares.order_by("bearer")}
    return sums | {"cost": sum(sums.values())}


def patients(*, round: int | None = None, state: str = "", words: str = "") -> QuerySet[Patient]:
    """Patients of the present scope, newest first; ``words`` is the beginning of a name or a case's number."""
    found = Patient.objects.select_related("round", "case", "person").order_by("-id")
    exact = {"round": round, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if words:
        after = words[:-1] + chr(ord(words[-1]) + 1)
        found = found.filter(Q(case__number=words) | Q(person__name__gte=words, person__name__lt=after))
    return found


def patient_of(patient_id: int) -> Patient:
    """The patient with this id; Refused when there is none in the present scope."""
    found = patients().filter(pk=patient_id).first()
    if found is None:
        raise Refused("没有这份医疗救助记录，或它不在本辖区内。")
    return found


def patient_of_case(case_id: int) -> Patient | None:
    """The patient whom this case is about."""
    return patients().filter(case=case_id).first()


def shares_of(one: Patient) -> list[Share]:
    """Who bore what, the largest part first."""
    return list(Share.objects.filter(patient=one).order_by("-amount"))


PATIENT = "treatment.patient:"


def source_of(one: Patient) -> str:
    """How the books name this patient's treatment."""
    return f"{PATIENT}{one.pk}"


def facts_for(one: Patient, on: date) -> Facts:
    """What is known of the patient and the family on this day."""
    person = person_by_id(one.person_id)
    if person is None:
        raise Refused("患者已不在本辖区，请先核实去向。")
    household = household_of(person, on)
    members = members_of(household, on) if household else [person]
    helped = benefits_of([person.pk], period=str(one.round.year)).filter(group=GROUP).exclude(source=source_of(one))
    held = statuses_of_people(members, on).values()
    return Facts(
        age=age_on(person.birth, on), statuses=frozenset(row.kind for rows in held for row in rows),
        diagnosed=one.diagnosed, fits=one.diagnosis in PROJECTS[one.round.project].diagnoses,
        alive=person.died_on is None or person.died_on > on, helped=helped.exists(),
    )  # fmt: skip


def judge(one: Patient, on: date) -> tuple[Facts, Outcome]:
    """The rule's answer for this patient on this day."""
    facts = facts_for(one, on)
    return facts, decide(PROJECTS[one.round.project], facts, law(), on=on, area=one.area)


def treated(since: date, until: date) -> QuerySet[Patient]:
    """Patients who were treated on days in the range, inclusive."""
    return Patient.objects.filter(state="treated", treated_on__range=(since, until)).select_related("round", "case")


def shares(since: date, until: date, bearers: Iterable[str]) -> QuerySet[Share]:
    """What these bearers bore of the bills of those who were treated on days in the range, inclusive."""
    found = Share.objects.filter(patient__treated_on__range=(since, until), bearer__in=list(bearers))
    return found.select_related("patient__round")


def spared(one: Patient) -> int:
    """What the family was spared of the bill, in fen."""
    return int(Share.objects.filter(patient=one, bearer__in=SPARED).aggregate(n=Coalesce(Sum("amount"), 0))["n"])


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """What the case page shows: the illness and the rule's answer, for those who serve the patient only."""
    one = patient_of_case(case.pk) if by.may("treatment.serve") else None
    if one is None:
        return {}
    try:
        _, outcome = judge(one, on)
    except Refused as fault:
        return {"patient": one, "fault": fault.message, "warnings": [fault.message]}
    against = [] if outcome.granted else [reason.zh for reason in outcome.reasons]
    return {"patient": one, "outcome": outcome, "warnings": against}


def given() -> Rows:
    """Treated patients with what the district's lottery and charity money paid for them, for the record of all aid."""
    paid = [bearer.value for bearer in sorted(PAID_BY_FUND)]
    shares = Share.objects.filter(patient=OuterRef("pk"), bearer__in=paid).order_by().values("patient")
    sums = Subquery(shares.annotate(paid=Sum("amount")).values("paid"), output_field=BigIntegerField())
    treated = Patient.objects.filter(state="treated").annotate(paid=Coalesce(sums, Value(0)))
    return Rows(treated, "treated_on", "paid", "person__name")


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of treatment: the patient behind an order, or the round for those who may not know of the illness."""
    rows = Patient.objects.select_related("case")
    if by.may("treatment.serve"):
        return origins_from(sources, PATIENT, rows, lambda one: f"医疗康复救助 {one.case.number}", "treatment:patient")
    if not by.may("treatment.see"):
        return {}
    of = {f"{PATIENT}{patient}": held for patient, held in rows.values_list("pk", "round") if f"{PATIENT}{patient}" in sources}
    return {source: Origin("医疗康复救助", reverse("treatment:round", args=[round_id])) for source, round_id in of.items()}
