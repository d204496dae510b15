"""What a grant brings about: the stored decision, the entry against double aid, the payment order; and its undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from linli.base.reasons import Outcome, Reason
from linli.domains.charity.models import Application
from linli.domains.charity.queries.applications import application_of_case, judge, source_of
from linli.domains.charity.queries.campaigns import quota_left, shares_for, town_code
from linli.domains.charity.rules import AIDS, PROJECTS, group_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import decide
from linli.kernel.cases.queries import decision
from linli.kernel.ledgers.actions import cancel_order, claim_benefit, hand_out_goods, order_payment, recover, release_benefit
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import OrderState, Receiver
from linli.kernel.registry.queries import account_of, household_by_id, members_of, person_by_id

RULE = "charity.rules.decide"
BY_OFFICER = Reason("officer_refused", "审批人依据所选理由不予救助，规则本身不排除该户", "量入为出、贫中选贫、难中选难")


def store_decision(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the federation passes: judge the family by the law of the day and store the whole explanation."""
    _store(by, on, case, lambda outcome: outcome)


def store_refusal(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Before the federation refuses: the rule's answer, or, where the rule would grant, that the officer did not."""
    _store(by, on, case, _not_granted)


def _not_granted(outcome: Outcome) -> Outcome:
    return Outcome(False, 0, (BY_OFFICER,), outcome.steps, outcome.values) if outcome.granted else outcome


def _store(by: Actor, on: date, case: Any, turn: Callable[[Outcome], Outcome]) -> None:
    if case.step != "approval":
        return
    one = application_of_case(case.pk)
    if one is None:
        raise Refused("这件案件没有对应的救助申请。")
    facts, outcome = judge(one, on)
    decide(by=by, on=on, case=case, outcome=turn(outcome), rule=RULE, facts=_plain(facts))


def _plain(facts: Any) -> dict[str, Any]:
    return {
        "need": facts.need.value, "members": facts.members, "statuses": sorted(facts.statuses), "illness": facts.illness,
        "own_cost": facts.own_cost, "enrolled": facts.enrolled, "diagnosed": facts.diagnosed, "alive": facts.alive,
        "helped": list(facts.helped), "grade": facts.grade, "aid": facts.aid,
    }  # fmt: skip


def on_passed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the town has passed the application on to the federation it counts as reported (上报), within the quota.

    :raises Refused: the town's quota is used up; the case stays with the town.
    """
    if event.step != "notice":
        return
    one = application_of_case(case.pk)
    if one is None or one.reported_on:
        return
    check_quota(one)
    Application.objects.filter(pk=one.pk).update(reported_on=on)


def check_quota(one: Application) -> None:
    """One report of a campaign and town at a time, so that two reviewers cannot both take the last place."""
    town = town_code(one.area)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"quota:{one.campaign_id}:{town}"])
    left = quota_left(one.campaign, town)
    if left is not None and left <= 0:
        raise Refused(f"“{one.campaign.title}”在本镇街的名额已用完，不能再上报。请联系区慈善总会调整名额，或驳回并说明原因。")


def on_closed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the case ends: a grant is entered and ordered to be paid; any other end is noted."""
    one = application_of_case(case.pk)
    if one is None or one.state != "open":
        return
    if case.outcome != "granted":
        Application.objects.filter(pk=one.pk).update(state="refused")
        return
    grant(by=by, on=on, application=one)


def on_reopened(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A refused case is taken up again, and may be granted. :raises Refused: it was granted, or the family asked anew."""
    one = application_of_case(case.pk)
    if one is None:
        return
    if one.state != "refused":
        raise Refused("这件申请已经同意救助，不能重新办理；情况有变化的，请取消救助。")
    try:
        with transaction.atomic():
            Application.objects.filter(pk=one.pk).update(state="open")
    except IntegrityError as fault:
        raise Refused("这户在本批次已有另一件申请，不能重新办理这一件。") from fault


@action("charity.approve")
def grant(*, by: Actor, on: date, application: Application) -> Application:
    """Enter the aid for every member of the household (no double aid), and order the money from the funds that pay it.

    What is paid is what the stored decision says: the one that was taken just before, in the same transaction.

    :raises AlreadyHelped: a member was helped by this or an excluding project in the year, anywhere in the district.
    :raises Refused: the rule does not grant, or a fund has too little (量入为出).
    """
    stored = decision(application.case)
    if stored is None:
        raise Refused("还没有审批决定，不能发放。")
    outcome = Outcome.from_json(stored.outcome)
    if not outcome.granted:
        raise Refused("规则判定不符合条件：" + "；".join(reason.zh for reason in outcome.reasons) + "。请驳回并写明理由。")
    person = person_by_id(application.person_id)
    if person is None:
        raise Refused("申请人已不在本辖区，请先核实去向。")
    household = household_by_id(application.household_id) if application.household_id else None
    members = [member.pk for member in members_of(household, on)] if household else [person.pk]
    project, source = PROJECTS[application.campaign.project], source_of(application)
    claim_benefit(
        by=by, on=on, group=group_of(project.key), period=str(application.campaign.year), persons=members, source=source,
        area=application.area, household=application.household_id, amount=outcome.amount,
    )  # fmt: skip
    changed = Application.objects.filter(pk=application.pk, state="open").update(
        state="granted", amount=outcome.amount, granted_on=on
    )
    if not changed:
        raise Stale()
    if not application.aid:
        account = account_of(person, on)
        order_payment(
            by=by, on=on, source=source, amount=outcome.amount, purpose=group_of(project.key), payee=person.name,
            shares=shares_for(application.campaign, application.area, outcome.amount, on), area=application.area,
            person=person.pk, household=application.household_id, account=account.pk if account else None,
            memo=application.campaign.title,
        )  # fmt: skip
    application.refresh_from_db()
    about("charity.application", application.pk, area=application.area, amount=outcome.amount)
    return application


@action("charity.give_aid")
def give_aid(*, by: Actor, on: date, application: Application, stock: Any, proof: str) -> Any:
    """Hand the granted aid out of the store, once, against a signature; the slip names the application.

    :raises Refused: not granted, no aid was asked for, other goods, the store has none, or it was given already.
    """
    if application.state != "granted" or application.aid not in AIDS:
        raise Refused("只有已批准辅具的申请可以发放辅具。")
    aid = AIDS[application.aid]
    if stock.unit != aid.goods:
        raise Refused(f"所选库存不是{aid.zh}，请重新选择。", field="stock")
    person = person_by_id(application.person_id)
    if person is None:
        raise Refused("申请人已不在本辖区，请先核实去向。")
    to = Receiver(person.name, application.area, person=person.pk, household=application.household_id)
    posting = hand_out_goods(
        by=by, on=on, fund=stock.fund, goods=stock.unit, pieces=1, to=to, store=stock.account.code, proof=proof,
        source=source_of(application), reference=f"charity.aid:{application.pk}", memo=f"爱心助残：{aid.zh}1{aid.measure}",
    )  # fmt: skip
    about("charity.application", application.pk, area=application.area, aid=application.aid)
    return posting


@action("charity.cancel")
def cancel_aid(*, by: Actor, on: date, application: Application, why: str) -> Application:
    """Anyone who does not qualify loses the aid (CHARITY-17): the entry is given up, an unpaid order is cancelled.

    Money that was paid already becomes a debt to be recovered (the books' own action, by the finance office).
    """
    if not why.strip():
        raise Refused("请写明取消救助的原因。", field="why")
    changed = Application.objects.filter(pk=application.pk, state="granted").update(
        state="cancelled", cancelled_on=on, cancelled_why=why.strip()
    )
    if not changed:
        raise Stale("只有已批准的救助才能取消，请刷新后再看。")
    source = source_of(application)
    release_benefit(by=by, on=on, source=source)
    order = order_by_source(source)
    if order is not None:
        _undo_order(by, on, order, why)
    application.refresh_from_db()
    about("charity.application", application.pk, area=application.area, why=why[:100])
    return application


def _undo_order(by: Actor, on: date, order: Any, why: str) -> None:
    if order.state == OrderState.PAID:
        recover(by=by, on=on, order=order, reason=f"取消救助：{why}")
    else:
        cancel_order(by=by, on=on, order=order, reason=f"取消救助：{why}")
