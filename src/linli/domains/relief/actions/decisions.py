"""What the steps ask for, the stored decision, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import DatabaseError, transaction

from linli.base.reasons import Outcome, Reason
from linli.domains.relief.models import Helped, Request
from linli.domains.relief.queries import Past, judge, past_here, request_of_case, source_of, stands_against, times_most
from linli.domains.relief.rules import AID, GROUP
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import decide
from linli.kernel.cases.queries import decision
from linli.kernel.ledgers.actions import claim_benefit, release_benefit
from linli.law import Decider, Relief

RULE = "law.relief.decide_relief"
LOOK_BACK = "relief.look_back"
BY_OFFICER = Reason("officer_refused", "按现有事实计算符合条件，审批人依据驳回意见中写明的事实不予救助", "以办理意见为准")
STEP_OF = {Decider.TOWN: "town", Decider.DISTRICT: "approval"}
LIMITS = {
    "LR001": "救助对象中有人因同一情形已得到临时救助，没有新的困难情形不能再次救助。请驳回并写明理由。",
    "LR002": "救助对象中有人本年度的临时救助次数已满。请驳回并写明理由。",
}


@action(LOOK_BACK)
def look_back(
    *, by: Actor, on: date, members: list[int], asker: int, household: int | None, event: str, happened_on: date,
    but: int | None = None,
) -> Past:  # fmt: skip
    """Earlier relief and other aid of these people anywhere in the district: numbers, programmes, towns and days, no more."""
    with reach_district(by, LOOK_BACK):
        past = past_here(members, asker, household, event, happened_on, on, but=but)
    about("relief.past", len(members), found=past.asked_before, times=past.times)
    return past


def before_pass(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Survey and notice as the step wants them; at a step that decides, the law's answer is stored as the decision."""
    one = _of(case)
    if sentences := stands_against(one, on):
        raise Refused("".join(sentences))
    if case.step not in ("help", "town", "approval"):
        return
    answer = _judged(by, on, one)
    if not answer.outcome.granted:
        grounds = "；".join(reason.zh for reason in answer.outcome.reasons)
        raise Refused(f"按规则不能救助：{grounds}。请驳回并选择理由。")
    _check_way(one, answer)
    decide(by=by, on=on, case=one.case, outcome=answer.outcome, rule=RULE, facts=_facts(one))


def _check_way(one: Request, answer: Relief) -> None:
    """Who decides may decide this amount, and what is given is what was posted."""
    if one.case.step in ("help", "town") and answer.decider is not Decider.TOWN:
        raise Refused("救助金额超过镇街的审批额度，须由区民政局决定。请退回村居，重新上报。")
    if one.case.flow == AID and answer.published and one.posted.get("amount") != answer.outcome.amount:
        raise Refused("救助金额与公示的不一致（或尚未公示）。请退回村居，重新公示后再决定。")


def before_refuse(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """The refusal is stored with the law's answer; or, where the law would grant, with that the officer refuses."""
    if case.step not in ("help", "town", "approval"):
        return
    one = _of(case)
    outcome = _judged(by, on, one).outcome
    if outcome.granted:
        outcome = Outcome(False, 0, (BY_OFFICER,), outcome.steps, outcome.values)
    decide(by=by, on=on, case=one.case, outcome=outcome, rule=RULE, facts=_facts(one))


def on_passed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """The survey and the notice lead where the law says; help at once takes effect before its papers are complete."""
    one = _of(case)
    if event.step == "help":
        _grant(by, on, one)
    if event.step in ("survey", "notice"):
        _check_next(event.step, event.to, _judged(by, on, one))


def _check_next(step: str, to: str, answer: Relief) -> None:
    wanted = "notice" if step == "survey" and answer.published and answer.outcome.granted else STEP_OF[answer.decider]
    if to != wanted:
        words = {"notice": "先公示", "town": "报镇街决定", "approval": "报区民政局决定"}[wanted]
        raise Refused(f"按现有事实和规定，这份申请应当{words}。", field="to")


def on_returned(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Back at the survey the request is visited, and posted, anew."""
    Request.objects.filter(case_id=case.pk, state="open").update(posted={}, found_on=None)


def on_closed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the case ends: granted, refused, taken back; help at once whose papers never came is revoked."""
    one = _of(case)
    if one.state == "granted" and case.outcome == "revoked":
        Request.objects.filter(pk=one.pk, state="granted").update(state="revoked")
        Helped.objects.filter(request=one, cancelled_on=None).update(cancelled_on=on)
        release_benefit(by=by, on=on, source=source_of(one))
        return
    if one.state != "open":
        return
    if case.outcome == "granted":
        _grant(by, on, one)
        return
    stored = decision(case)
    words: dict[str, Any] = {}
    if case.outcome == "refused" and stored is not None:
        words = {"refused_for": stored.outcome["reasons"][0]["code"], "decided_on": on, "days": (on - one.applied_on).days}
    Request.objects.filter(pk=one.pk).update(state="refused" if words else "withdrawn", **words)


def _grant(by: Actor, on: date, one: Request) -> None:
    """What was decided takes effect, for every person whom it helps; the database counts them (sql/limits.sql)."""
    stored = decision(one.case)
    if stored is None or not stored.granted:
        raise Refused("还没有同意救助的决定，不能救助。")
    decider = Decider.DISTRICT if stored.step == "approval" else Decider.TOWN
    one.amount = stored.amount
    changed = Request.objects.filter(pk=one.pk, state="open").update(
        state="granted", amount=one.amount, decider=decider, decided_on=on, days=(on - one.applied_on).days
    )
    if not changed:
        raise Stale
    if one.former_id is None:
        _count(by, on, one, times_most(one, on))


def _count(by: Actor, on: date, one: Request, most: int) -> None:
    """The limits count everybody who is helped, and the books hold them against what excludes it (ledgers: 叠加限制)."""
    rows = [
        Helped(
            request=one, person_id=person, household_id=one.household_id, event=one.event, happened_on=one.happened_on,
            renewed=bool(one.renewed), helped_on=on, times_most=most, area=one.area,
        )
        for person in sorted(one.members)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Helped.objects.bulk_create(rows)
    except DatabaseError as fault:
        told = getattr(fault.__cause__, "diag", None)
        if told is None or told.sqlstate not in LIMITS:
            raise
        raise Refused(LIMITS[told.sqlstate]) from fault
    claim_benefit(
        by=by, on=on, group=GROUP, period=on.isoformat(), persons=one.members, source=source_of(one), area=one.area,
        household=one.household_id, amount=one.amount,
    )  # fmt: skip


def _judged(by: Actor, on: date, one: Request) -> Relief:
    but = one.former_id or one.pk
    past = look_back(
        by=by, on=on, members=one.members, asker=one.person_id, household=one.household_id, event=one.event,
        happened_on=one.happened_on, but=but,
    )  # fmt: skip
    return judge(one, on, past)


def _facts(one: Request) -> dict[str, Any]:
    return {
        "event": one.event, "cause": one.cause, "degree": one.degree, "people": one.people, "months": one.months,
        "fast": one.fast, "happened_on": one.happened_on.isoformat(), "burden": one.burden,
        "given": one.former.amount if one.former else 0, "renewed": bool(one.renewed), "local": one.local,
        "recognised": one.recognised, "means": one.means, "aid": one.past,
    }  # fmt: skip


def _of(case: Any) -> Request:
    found = request_of_case(case.pk)
    if found is None:
        raise Refused("这件案件没有对应的临时救助申请。")
    found.case = case  # the row that the move works on: a decision stored on another one would make it stale
    return found
