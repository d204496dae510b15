"""Rounds, recommendations, the agreement, and the bill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.reasons import Outcome, Reason
from linli.base.text import tidy
from linli.domains.treatment.models import Patient, Round, Share
from linli.domains.treatment.queries import judge, patient_of_case, source_of
from linli.domains.treatment.rules import (
    AID,
    GROUP,
    GROUP_ZH,
    PAID_BY_FUND,
    PROJECTS,
    Bearer,
    Organiser,
    bill_faults,
)
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import decide, open_case
from linli.kernel.cases.queries import decision
from linli.kernel.cases.rules import Received
from linli.kernel.ledgers.actions import claim_benefit, open_purpose, order_payment, release_benefit
from linli.kernel.ledgers.queries import fund_of
from linli.kernel.registry.queries import household_of, organisation_by_id, person_by_id

RULE = "treatment.rules.decide"
BY_OFFICER = Reason("officer_refused", "审批人依据所选理由不予资助，规则本身不排除", "量入为出")


@action("treatment.round")
def open_round(
    *, by: Actor, on: date, project: str, year: int, number: int, organiser: Organiser, hospital: int, opens_on: date,
    closes_on: date, fund: int | None = None, title: str = "",
) -> Round:  # fmt: skip
    """Announce a round with its hospital. ``fund``: whose money pays the hospital (None: others bear the costs).

    :raises Refused: unknown project or hospital, days in the wrong order, or the round is there already.
    """
    if project not in PROJECTS:
        raise Refused("没有这个医疗救助项目，请从列表中选择。", field="project")
    place = organisation_by_id(hospital)
    if place is None:
        raise Refused("没有这家医院，请先在单位登记中登记。", field="hospital")
    if closes_on < opens_on:
        raise Refused("截止日期早于开始日期，请修改。", field="closes_on")
    name = tidy(title) or f"{year}年第{number}批{PROJECTS[project].zh}"
    try:
        with transaction.atomic():
            made = Round.objects.create(
                project=project, year=year, number=number, title=name[:80], organiser=organiser.value, hospital=place,
                hospital_name=place.name, fund_id=fund_of(fund).pk if fund else None, free=PROJECTS[project].free,
                opens_on=opens_on, closes_on=closes_on, area=by.area, made_by_id=by.own_hand,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused("这个项目的这一批次已经建立，请换一个批次号。", field="number") from fault
    open_purpose(by=by, on=on, key=GROUP, name=GROUP_ZH)
    about("treatment.round", made.pk, area=made.area, project=project)
    return made


@action("treatment.round")
def close_round(*, by: Actor, on: date, round: Round) -> Round:
    """Take no more recommendations; those under way go on."""
    if not Round.objects.filter(pk=round.pk, closed=False).update(closed=True):
        raise Stale()
    about("treatment.round", round.pk, area=round.area)
    round.refresh_from_db()
    return round


@action("treatment.submit")
def recommend(
    *, by: Actor, on: date, round: Round, person_id: int, diagnosis: str, diagnosed: bool = False, opinion: str = ""
) -> Patient:
    """Recommend a patient for a round. Conditions are judged later, step by step; the case's title names no illness.

    :raises Refused: the round is closed, the person is not of this area or has died, or is in the round already.
    """
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。请先在居民查询中核对。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已登记死亡，不能推荐。", field="person")
    if round.closed or not round.opens_on <= on <= round.closes_on:
        raise Refused(f"“{round.title}”的推荐时间是{round.opens_on}至{round.closes_on}，今天不能推荐。", field="round")
    if diagnosis not in PROJECTS[round.project].diagnoses:
        raise Refused("所选病种不属于这个批次的项目，请重新选择。", field="diagnosis")
    household = household_of(person, on)
    case = open_case(
        by=by, on=on, flow=AID, title=f"{person.name}·{GROUP_ZH}", area=person.area, person_id=person.pk, opinion=opinion,
        papers=[Received("form", original=True), *([Received("diagnosis", original=True)] if diagnosed else [])],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made = Patient.objects.create(
                round=round, case=case, person=person, household=household, diagnosis=diagnosis, diagnosed=diagnosed,
                applied_on=on, area=person.area, area_then=person.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{person.name}在本批次已有推荐，无需再次办理。", field="person") from fault
    about("treatment.patient", made.pk, area=made.area, case=case.pk)
    return made


@action("treatment.serve")
def confirm_diagnosis(*, by: Actor, on: date, patient: Patient, diagnosis: str) -> Patient:
    """The hospital's paper was seen: it says this."""
    if diagnosis not in PROJECTS[patient.round.project].diagnoses:
        raise Refused("所选病种不属于这个批次的项目，请重新选择。", field="diagnosis")
    if not Patient.objects.filter(pk=patient.pk, state="open").update(diagnosis=diagnosis, diagnosed=True):
        raise Refused("已办结，不能再更正。")
    about("treatment.patient", patient.pk, area=patient.area)
    patient.refresh_from_db()
    return patient


def store_decision(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the district agrees: judge the patient by the law of the day and store the whole explanation."""
    _store(by, on, case, agreed=True)


def store_refusal(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the district refuses: the rule's answer, or, where the rule would agree, that the officer did not."""
    _store(by, on, case, agreed=False)


def _store(by: Actor, on: date, case: Any, agreed: bool) -> None:
    if case.step != "approval":
        return
    one = patient_of_case(case.pk)
    if one is None:
        raise Refused("这件案件没有对应的医疗救助记录。")
    facts, outcome = judge(one, on)
    if outcome.granted and not agreed:
        outcome = Outcome(False, 0, (BY_OFFICER,), outcome.steps, outcome.values)
    plain = {"age": facts.age, "statuses": sorted(facts.statuses), "diagnosed": facts.diagnosed, "helped": facts.helped}
    decide(by=by, on=on, case=case, outcome=outcome, rule=RULE, facts=plain)


def on_closed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the case ends: an agreement is entered against double aid; any other end is noted."""
    one = patient_of_case(case.pk)
    if one is None or one.state != "open":
        return
    if case.outcome != "granted":
        Patient.objects.filter(pk=one.pk).update(state="refused")
        return
    agree(by=by, on=on, patient=one)


def on_reopened(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A refused case is taken up again. :raises Refused: the patient was agreed to, or was recommended anew."""
    one = patient_of_case(case.pk)
    if one is None:
        return
    if one.state != "refused":
        raise Refused("这名患者已经同意资助，不能重新办理；情况有变化的，请取消资助。")
    try:
        with transaction.atomic():
            Patient.objects.filter(pk=one.pk).update(state="open")
    except IntegrityError as fault:
        raise Refused("这名患者在本批次已有另一件推荐，不能重新办理这一件。") from fault


@action("treatment.approve")
def agree(*, by: Actor, on: date, patient: Patient) -> Patient:
    """The patient is taken into the round; a person is helped medically once a year, anywhere in the district.

    :raises AlreadyHelped: the person was helped in the year.
    :raises Refused: the stored decision does not agree.
    """
    stored = decision(patient.case)
    outcome = Outcome.from_json(stored.outcome) if stored else Outcome(False)
    if not outcome.granted:
        reasons = "；".join(reason.zh for reason in outcome.reasons) or "还没有核定决定"
        raise Refused(f"不能同意资助：{reasons}。请驳回并写明理由。")
    claim_benefit(
        by=by, on=on, group=GROUP, period=str(patient.round.year), persons=[patient.person_id], source=source_of(patient),
        area=patient.area, household=patient.household_id,
    )  # fmt: skip
    if not Patient.objects.filter(pk=patient.pk, state="open").update(state="granted", granted_on=on, most=outcome.amount):
        raise Stale()
    about("treatment.patient", patient.pk, area=patient.area)
    patient.refresh_from_db()
    return patient


@action("treatment.bill")
def enter_bill(
    *, by: Actor, on: date, patient: Patient, treated_on: date, cost: int, shares: Mapping[Bearer, int], result: str = ""
) -> Patient:
    """The patient was treated: the whole bill with everybody's part, in fen. What the round's fund bears is ordered to be
    paid to the hospital; nothing is paid to the family.

    :raises Refused: not agreed to, days that cannot be, parts that do not fit the bill, or the fund has too little.
    """
    one = Patient.objects.select_for_update().select_related("round").get(pk=patient.pk)
    if one.state != "granted":
        raise Refused("只有已同意资助、尚未登记治疗的患者可以登记费用。")
    if treated_on > on or (one.granted_on and treated_on < one.granted_on):
        raise Refused("治疗日期不能晚于今天，也不能早于同意资助的日期。", field="treated_on")
    parts = {bearer: part for bearer, part in shares.items() if part}
    if faults := bill_faults(cost=cost, shares=parts, free=one.round.free, most=one.most):
        raise Refused("".join(words for _, words in faults), field=faults[0][0])
    Patient.objects.filter(pk=one.pk).update(state="treated", treated_on=treated_on, cost=cost, result=tidy(result)[:200])
    Share.objects.bulk_create(
        [Share(patient=one, bearer=bearer.value, amount=part, area=one.area) for bearer, part in sorted(parts.items())]
    )
    _order(by, on, one, sum(parts.get(bearer, 0) for bearer in PAID_BY_FUND))
    about("treatment.patient", one.pk, area=one.area, cost=cost)
    one.refresh_from_db()
    return one


def _order(by: Actor, on: date, one: Patient, amount: int) -> None:
    if not amount:
        return
    if one.round.fund_id is None:
        raise Refused("本批次没有登记承担资金，不能由本批次资金支付。", field="fund_part")
    order_payment(
        by=by, on=on, source=source_of(one), amount=amount, purpose=GROUP, shares={one.round.fund_id: amount},
        payee=one.round.hospital_name, area=one.round.area, organisation=one.round.hospital_id, memo=one.round.title,
    )  # fmt: skip


@action("treatment.cancel")
def withdraw_patient(*, by: Actor, on: date, patient: Patient, why: str) -> Patient:
    """Before the treatment the patient is taken out of the round (did not come, does not qualify); can be helped again."""
    if not why.strip():
        raise Refused("请写明取消的原因。", field="why")
    changed = Patient.objects.filter(pk=patient.pk, state="granted").update(
        state="cancelled", cancelled_on=on, cancelled_why=why.strip()[:200]
    )
    if not changed:
        raise Stale("只有待治疗的可以取消，请刷新后再看。")
    release_benefit(by=by, on=on, source=source_of(patient))
    about("treatment.patient", patient.pk, area=patient.area)
    patient.refresh_from_db()
    return patient
