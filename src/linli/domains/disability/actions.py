"""A claim is taken, corrected, decided, carried into the monthly money, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.money import show_yuan
from linli.base.reasons import Outcome, Reason
from linli.base.text import tidy
from linli.domains.disability.models import CareFact, Claim
from linli.domains.disability.queries import claim_of_case, drawn, judge, known_on, part, standing
from linli.domains.disability.rules import AID, CARE, CARES, GROUP, LIVING, Ended
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import decide, open_case
from linli.kernel.cases.queries import decision
from linli.kernel.cases.rules import Received
from linli.kernel.entitlements.actions import Why, change, end, grant
from linli.kernel.entitlements.queries import amounts_of
from linli.kernel.entitlements.rules import Ground, later, month_of
from linli.kernel.findings.actions import follow, take_up
from linli.kernel.findings.rules import Side
from linli.kernel.registry.queries import person_by_id

RULE = "law.decide_subsidies"
BY_OFFICER = Reason("officer_refused", "按登记情况符合条件，审批人依据驳回意见中写明的事实不予补贴", "以办理意见为准")
GROUNDS = {Ended.DIED: Ground.DEATH, Ended.MOVED: Ground.MOVED, Ended.WISH: Ground.OWN_WISH, Ended.UNFIT: Ground.UNFIT}


@action("disability.apply")
def apply(
    *, by: Actor, on: date, person_id: int, long_care: bool = True, other: str = "", amount: int = 0, agent: str = "",
    agent_tie: str = "", papers: Sequence[str] = ("form",), opinion: str = "",
) -> Claim:  # fmt: skip
    """Take the application of a disabled person, or of somebody who draws one subsidy and may have a right to the other.

    Kind and level of disability and the family's hardship come from the registry and are not asked.
    ``other`` and ``amount``: other money for care, fen a month.

    :raises Refused: who has died, has no right by the law of the day or place, is not registered as disabled, or has an
        application under way; or what is stated about other money contradicts itself.
    """
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。请先在居民查询中核对。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能申请。", field="person")
    known_on(on, person.area)
    if bool(agent.strip()) != bool(agent_tie.strip()):
        raise Refused("由他人代办的，代办人姓名和与本人的关系应同时填写。", field="agent")
    case = open_case(
        by=by, on=on, flow=AID, title=f"{person.name}·残疾人补贴", area=person.area, person_id=person.pk, opinion=opinion,
        papers=[Received(key, original=True) for key in papers],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                case=case, person=person, former=standing([person.pk]), agent=agent.strip(), agent_tie=agent_tie.strip(),
                applied_on=on, since=month_of(on), area=person.area, area_then=person.area,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(f"{person.name}已有一份补贴申请正在办理，无需再次申请。", field="person") from fault
    _state_care(by, on, made, made.since, long_care, other, amount, "申请时说明")
    if judge(made)[0].disability == 0:
        raise Refused(f"{person.name}没有登记残疾类别和等级。请先核对残疾人证，在居民登记中登记后再申请。", field="person")
    for side in Side:
        take_up(by=by, on=on, group=GROUP, side=side, people=[person.pk], note=f"{case.title}（{case.number}）")
    about("disability.claim", made.pk, area=made.area, case=case.pk)
    return made


@action("disability.apply")
def state_care(
    *, by: Actor, on: date, claim: Claim, since: date, long_care: bool, other: str = "", amount: int = 0, evidence: str = ""
) -> CareFact:  # fmt: skip
    """What is true of the person's care from a month on. An open claim is judged by it, a granted one by the next run.

    :raises Refused: the claim is over, the month lies before it, no evidence is named, or other money has no amount.
    """
    if claim.state not in ("open", "granted"):
        raise Refused("这份申请已经办结或终止，不能再更正。")
    if since.day != 1 or since < claim.since:
        raise Refused(f"起始月份应为某月1日，且不早于{claim.since:%Y年%-m月}，请修改。", field="since")
    if not evidence.strip():
        raise Refused("请写明依据，例如：入户核实、发放单位证明。", field="evidence")
    made = _state_care(by, on, claim, since, long_care, other, amount, evidence)
    about("disability.claim", claim.pk, area=claim.area)
    return made


def _state_care(
    by: Actor, on: date, claim: Claim, since: date, long_care: bool, other: str, amount: int, evidence: str
) -> CareFact:
    if other and other not in CARES:
        raise Refused("没有这一项护理补贴，请从清单中选择。", field="other")
    if bool(other) != (amount > 0):
        raise Refused("领取其他护理补贴的，名称和每月金额应同时填写。", field="amount")
    return CareFact.objects.create(
        claim=claim, since=since, long_care=long_care, other=other, amount=amount, evidence=tidy(evidence)[:100], entered_on=on,
        entered_by_id=by.staff_id or None, area=claim.area,
    )  # fmt: skip


def store_decision(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the district grants: the law's answer is stored; what it does not give is not granted."""
    if case.step != "approval":
        return
    one, facts, outcome = _answer(case)
    if not outcome.granted:
        grounds = "；".join(reason.zh for reason in outcome.reasons)
        raise Refused(f"按规则认定不符合条件：{grounds}。请驳回并选择理由。")
    decide(by=by, on=on, case=one.case, outcome=outcome, rule=RULE, facts=facts.plain())


def store_refusal(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the district refuses: the law's answer, or, where the law would grant, that the officer differed."""
    if case.step != "approval":
        return
    one, facts, outcome = _answer(case)
    if outcome.granted:
        outcome = Outcome(False, 0, (BY_OFFICER,), outcome.steps, outcome.values)
    decide(by=by, on=on, case=one.case, outcome=outcome, rule=RULE, facts=facts.plain())


def _answer(case: Any) -> tuple[Claim, Any, Outcome]:
    one = claim_of_case(case.pk)
    if one is None:
        raise Refused("这件案件没有对应的补贴申请。")
    one.case = case  # the row that the move works on: a decision stored on another one would make it stale
    facts, outcome = judge(one)
    return one, facts, outcome


def on_closed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the case ends: the money begins or is brought to what was decided, or the claim is over."""
    one = claim_of_case(case.pk)
    if one is None or one.state != "open":
        return
    if case.outcome == "granted":
        settle(by=by, on=on, claim=one)
        return
    state = "refused" if case.outcome == "refused" else "withdrawn"
    Claim.objects.filter(pk=one.pk).update(state=state, decided_on=on if state == "refused" else None)


def on_reopened(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A refused or withdrawn case is taken up again. :raises Refused: it was granted, or another application is under way."""
    one = claim_of_case(case.pk)
    if one is None:
        return
    if one.state not in ("refused", "withdrawn"):
        raise Refused("补贴已经批准，情况有变化的请重新申请，不重新办理原件。")
    try:
        with transaction.atomic():
            Claim.objects.filter(pk=one.pk).update(state="open", decided_on=None, former=standing([one.person_id]))
    except IntegrityError as fault:
        raise Refused("本人已有一份补贴申请正在办理，不能重新办理这一件。") from fault


@action("disability.approve")
def settle(*, by: Actor, on: date, claim: Claim) -> Claim:
    """Both programmes brought to what was decided, from the month of the application; the claim before it is replaced.

    :raises Refused: the stored decision does not grant.
    """
    stored = decision(claim.case)
    if stored is None or not stored.outcome["granted"]:
        raise Refused("还没有准予补贴的决定，不能发放。")
    facts, _ = judge(claim)
    parts = {one.key: part(facts, one.key, claim.applied_on, claim.area) for one in (LIVING, CARE)}
    if claim.former_id:
        Claim.objects.filter(pk=claim.former_id, state="granted").update(
            state="ended", ended_on=on, ended_as=Ended.REPLACED.value, ended_why=f"重新核定（{claim.case.number}）"
        )
    changed = Claim.objects.filter(pk=claim.pk, state="open").update(
        state="granted", decided_on=on, living=parts[LIVING.key].amount, care=parts[CARE.key].amount
    )
    if not changed:
        raise Stale
    running = {row.programme: row for row in drawn([claim.person_id], claim.since)}
    for programme, outcome in parts.items():
        _bring(by, on, claim, programme, outcome, running.get(programme))
    for side in Side:
        follow(by=by, on=on, group=GROUP, side=side, people=[claim.person_id])
    about("disability.claim", claim.pk, area=claim.area, amount=sum(one.amount for one in parts.values()))
    claim.refresh_from_db()
    return claim


def _bring(by: Actor, on: date, claim: Claim, programme: str, outcome: Outcome, running: Any) -> None:
    """One entitlement: granted, changed, ended, or left as it is."""
    why = Why(Ground.APPROVED, outcome=outcome, paper=claim.case.number, case_id=claim.case_id)
    component = programme.removeprefix("disabled_")
    if running is None:
        if outcome.amount:
            grant(
                by=by, on=on, programme=programme, person_id=claim.person_id, since=claim.since,
                amounts={component: outcome.amount}, why=why,
            )  # fmt: skip
        return
    month = max(claim.since, running.since)
    if not outcome.amount:
        words = Why(Ground.UNFIT, outcome=outcome, paper=why.paper, case_id=why.case_id)
        end(by=by, on=on, entitlement=running, since=month, why=words)
    elif amounts_of([running], month).get(running.pk, 0) != outcome.amount:
        change(by=by, on=on, entitlement=running, since=month, amounts={component: outcome.amount}, why=why)


@action("disability.end")
def end_claim(*, by: Actor, on: date, claim: Claim, how: str, why: str) -> Claim:
    """No subsidy from the month after; after a death from the month after the death, what was paid since is taken back.

    :raises Refused: it has ended, no reason is given, or the death is not registered.
    """
    if how not in dict(Ended.choices()) or how == Ended.REPLACED:
        raise Refused("请选择终止的原因。", field="how")
    if not why.strip():
        raise Refused("请写明终止的依据。", field="why")
    person = person_by_id(claim.person_id)
    died = person.died_on if person else None
    if how == Ended.DIED and died is None:
        raise Refused("本人没有登记死亡。请先在居民登记中登记。", field="how")
    values = {"state": "ended", "ended_on": on, "ended_as": how, "ended_why": tidy(why)[:200]}
    if not Claim.objects.filter(pk=claim.pk, state="granted").update(**values):
        raise Stale("这份补贴已经终止，请刷新后再看。")
    since = later(month_of(died if how == Ended.DIED and died else on), 1)
    for row in drawn([claim.person_id], since):
        ground = Why(GROUNDS[Ended(how)], words=tidy(why)[:200], paper=claim.case.number, case_id=claim.case_id)
        end(by=by, on=on, entitlement=row, since=max(since, row.since), why=ground)
    note = f"终止补贴（{claim.case.number}），{show_yuan(claim.living + claim.care)}元"
    take_up(by=by, on=on, group=GROUP, side=Side.PAST, people=[claim.person_id], note=note)
    follow(by=by, on=on, group=GROUP, side=Side.PAST, people=[claim.person_id])
    about("disability.claim", claim.pk, area=claim.area, how=how)
    claim.refresh_from_db()
    return claim
