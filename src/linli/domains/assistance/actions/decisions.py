"""What the steps of a case ask for, the stored decision, and what follows from it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.reasons import Outcome, Reason
from linli.domains.assistance.actions.confirming import by_delegation, confirmed_by_town, must_go_to
from linli.domains.assistance.actions.money import keep_facts, settle, stop
from linli.domains.assistance.models import Application, MeasuredFacts, Member
from linli.domains.assistance.queries.applications import application_of_case, counted_in, members_of, scheme_of, verifies
from linli.domains.assistance.queries.consents import unchecked_in, untold_words
from linli.domains.assistance.queries.delegations import not_theirs
from linli.domains.assistance.queries.judging import answer, judge, procedure
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.queries.needs import hearing_owed, is_drawn
from linli.domains.assistance.queries.refusals import refusals, relative_of
from linli.domains.assistance.rules.delegations import ConfirmedBy
from linli.domains.assistance.rules.flow import CONFIRM
from linli.domains.assistance.rules.searches import GROUP
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import decide
from linli.kernel.cases.queries import decision
from linli.kernel.findings.actions import follow, take_up
from linli.kernel.findings.rules import Side
from linli.kernel.registry.actions import end_status, go_on_with_status, recognise_status
from linli.kernel.registry.queries import people_by_ids, statuses_of_people
from linli.law import Judgement, Zone, plain, recheck_after
from linli.law.grounds import Ground

RULE = "law.judge_together"
OWNED = ("dibao", "edge", "rigid", "tekun")
BY_OFFICER = Reason("officer_refused", "按现有事实计算符合条件，审批人依据驳回意见中写明的事实不予确认", "以办理意见为准")
UNCLEAR = "facts_unclear"
DECIDED = ("granted", "refused", "ended")
AT_ONCE = ("died", "moved", "wish")
"""How help ends without a verification."""


def before_judging(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A near relative of the family judges nothing of it (近亲属回避)."""
    one = _of(case)
    if relative := relative_of(one, by):
        raise Refused(relative)


def before_pass(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """Evidence, consents, notices and the law's answer as the step wants them; the district's decision is stored."""
    one = _of(case)
    found = answer(one.pk, on)
    if sentences := refusals(one, on, by, found):
        raise Refused(sentences[0] if len(sentences) == 1 else "；".join(line.rstrip("。") for line in sentences) + "。")
    if case.step in scheme_of(one).decides and found.judgement is not None:
        outcome = by_delegation(one, on, found.judgement.outcome)
        decide(by=by, on=on, case=one.case, outcome=outcome, rule=RULE, facts=plain(found.family.home, found.family.asked))


def on_papers_asked(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """What the register of residents shows is not asked of the family (57号 §10; 社会救助法 §62)."""
    if "disability" not in event.facts.get("papers", ()):
        return
    rows = members_of(_of(case))
    held = statuses_of_people([row.person for row in rows], on)
    known = [row.person.name for row in rows if any(one.kind == "disabled" for one in held.get(row.person_id, ()))]
    if known:
        raise Refused(
            f"{'、'.join(known)}的残疾类别和等级在居民登记中已有，不得再要求提供残疾人证（社会救助法 §62）。"
            "登记有误或其他成员需要提供的，请在清单外的材料中写明是谁的。", field="papers",
        )


def before_refuse(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """The refusal is stored with the law's answer; or, where the facts stay unclear or the officer differs, with that."""
    one = _of(case)
    if case.step not in scheme_of(one).decides:
        return
    if sentence := hearing_owed(one, on, None):
        raise Refused(sentence)
    if sentences := untold_words(list(unchecked_in(one, on).values()), on, one.area):
        raise Refused(sentences[0])
    found = answer(one.pk, on)
    if found.lawless:
        raise Refused(found.fault)
    if said := not_theirs(one, by, None):
        raise Refused(said)
    if found.judgement is None:
        outcome = Outcome(False, 0, (Reason(UNCLEAR, f"事实不清，不能认定：{found.fault.rstrip('。')}", "以办理意见为准"),))
    else:
        outcome = found.judgement.outcome
        if outcome.granted:
            outcome = Outcome(False, 0, (BY_OFFICER,), outcome.steps, outcome.values)
    outcome = by_delegation(one, on, outcome)
    decide(by=by, on=on, case=one.case, outcome=outcome, rule=RULE, facts=plain(found.family.home, found.family.asked))


def on_passed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """The town's way: who qualifies is posted, who does not goes to the district for a refusal. The lot is drawn on arrival.

    Whoever comes to be posted is posted anew: what an earlier notice said counts no more.
    """
    one = _of(case)
    decides = scheme_of(one).decides
    if event.step == "survey" and scheme_of(one).posts:
        granted = not unchecked_in(one, on) and judge(one.pk, on).outcome.granted
        if granted and event.to in decides:
            raise Refused("按规则认定符合条件，应先公示，请选择“公示”。", field="to")
        if not granted and event.to not in decides:
            said = "提请决定" if scheme_of(one).delegated else "报区民政局决定"
            raise Refused(f"按现有事实认定不符合条件，不能公示。请核对事实，或选择{said}。", field="to")
    if event.to in decides:
        must_go_to(one, on, event.to, refused=event.step == "survey")
    if event.to in scheme_of(one).posts:
        Application.objects.filter(pk=one.pk).update(posted={})
    if event.to in ("county", "approval") and not one.drawn and is_drawn(one):
        Application.objects.filter(pk=one.pk).update(drawn=True)


def on_closed(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """When the case ends: recognised and granted, refused, or taken back; the members are free for another application."""
    one = _of(case)
    if one.state != "open":
        return
    if event.step == CONFIRM:
        confirmed_by_town(on, one)
    if case.outcome == "granted":
        grant(by=by, on=on, application=one)
        return
    Member.objects.filter(application=one).update(live=False)
    stored = decision(case)
    refused = case.outcome == "refused" and stored is not None
    words: dict[str, Any] = {}
    if refused and stored:
        words = {"refused_for": stored.outcome["reasons"][0]["code"], "decided_on": on, "days": (on - one.applied_on).days}
    Application.objects.filter(pk=one.pk).update(state="refused" if refused else "withdrawn", result="nothing", **words)
    if refused and (found := answer(one.pk, on)).judgement:
        keep_facts(one, found.judgement, [])
    if verifies(one):
        _after_verification(by, on, one, refused)


def on_reopened(*, by: Actor, on: date, case: Any, event: Any) -> None:
    """A refused or withdrawn case is taken up again: the application is open, its members stand in it, its facts can be mended.

    :raises Refused: it was granted, the family that it verified is helped no more, or a member stands in another application.
    """
    one = _of(case)
    if one.state not in ("refused", "withdrawn"):
        raise Refused("这户已经确认，情况有变化的请办理复核，不重新办理原件。")
    if one.former is not None and one.former.state != "granted":
        raise Refused("原来的救助已经终止，请由家庭重新申请。")
    if one.former is not None:
        Member.objects.filter(application=one.former, replaced_on=None).update(live=False)
    try:
        with transaction.atomic():
            Member.objects.filter(application=one, replaced_on=None).update(live=True)
    except IntegrityError as fault:
        raise Refused("这户有成员已在另一份申请或救助中，不能重新办理这一件。") from fault
    MeasuredFacts.objects.filter(application=one).delete()
    words: dict[str, Any] = {"state": "open", "result": "", "refused_for": "", "decided_on": None, "days": None, "posted": {},
                             "confirmed_by": ConfirmedBy.DISTRICT.value, "told_on": None, "told_to": ""}
    Application.objects.filter(pk=one.pk).update(**words)
    about("assistance.application", one.pk, area=one.area, case=case.pk)


def _after_verification(by: Actor, on: date, one: Application, refused: bool) -> None:
    """Stopped: the help ends. Given up: it goes on as before."""
    why = f"复核不符合条件（{one.case.number}）"
    if refused and one.former is not None:
        stored = decision(one.case)
        _end(by, on, one.former, "stopped", why, Outcome.from_json(stored.outcome) if stored else None)
        return
    if refused:
        recognise(by, on, {}, also=[row.person_id for row in members_of(one)], evidence=why)
        return
    Member.objects.filter(application=one.former, replaced_on=None).update(live=True)


@action("assistance.settle")
def grant(*, by: Actor, on: date, application: Application) -> Application:
    """What was decided takes effect: class, amount, first month, day of verification, and the statuses of the people.

    Who does not count is bound no longer, and may apply with an own family. :raises Refused: its case is not ended by a grant.
    """
    if application.case.outcome != "granted":
        raise Refused("还没有作出予以确认的决定。")
    judgement = judge(application.pk, on)
    law, area, known = procedure(on, application.area), application.area, law_now()
    reasons = judgement.family.judged.reasons if judgement.group and judgement.family else Ground.CLASS_A.value
    changed = Application.objects.filter(pk=application.pk, state="open").update(
        state="granted", result=judgement.result, supported=len(judgement.supported), people=judgement.people,
        group=judgement.group, amount=judgement.outcome.amount, decided_on=on, days=(on - application.applied_on).days,
        pay_from=months_later(on, law.paid_after_months),
        verify_by=day_later(on, recheck_after(reasons, known, on=on, area=area).term.n),
    )  # fmt: skip
    if not changed:
        raise Stale
    rows = members_of(application)
    since = months_later(on, law.paid_after_months)
    ids = [row.person_id for row in rows]
    settle(by=by, on=on, application=application, judgement=judgement, people=ids, since=since)
    former = application.former
    if former is not None:
        Application.objects.filter(pk=former.pk, state="granted").update(
            state="ended", ended_on=on, ended_as="replaced", ended_why=f"复核（{application.case.number}）"
        )
    people = counted_in(former) if former else []
    inside = {ids[place] for place in (*judgement.inside, *judgement.supported)}
    Member.objects.filter(application=application, replaced_on=None).exclude(person__in=inside).update(counted=False)
    recognise(by, on, _kinds(application, judgement), also=[*ids, *people], evidence=f"{application.case.number}号决定")
    for side in Side:  # what was found of them came true
        follow(by=by, on=on, group=GROUP, side=side, people={*ids, *people})
    about("assistance.application", application.pk, area=area, result=judgement.result, amount=judgement.outcome.amount)
    application.refresh_from_db()
    return application


def _kinds(one: Application, judgement: Judgement) -> dict[int, tuple[str, str]]:
    """As what each person is recognised: kind and grade."""
    rows = members_of(one)
    held = {asked.member: asked.institution for asked, _ in judgement.persons}
    family = judgement.result if judgement.result != "tekun" else ""
    found = {rows[i].person_id: (family, Zone(one.zone).key if family == "dibao" else "") for i in judgement.inside}
    return found | {rows[i].person_id: ("tekun", "institution" if held[i] else "home") for i in judgement.supported}


def recognise(
    by: Actor, on: date, wanted: Mapping[int, tuple[str, str]], *, also: list[int] | None = None, evidence: str = ""
) -> None:
    """Bring the statuses of these people to what was decided: others of this package end, missing ones begin.

    What ends with today already is left to end, or goes on where the same was decided again on the day.
    """
    people = people_by_ids({*wanted, *(also or ())})
    held, tomorrow = statuses_of_people(people.values(), on), on + timedelta(days=1)
    for pk, person in people.items():
        kind, grade = wanted.get(pk, ("", ""))
        running = [row for row in held.get(pk, ()) if row.kind in OWNED]
        for row in running:
            same = (row.kind, row.grade) == (kind, grade)
            if row.until == tomorrow and same and not person.died_on:
                go_on_with_status(by=by, on=on, status_id=row.pk)
            elif row.until != tomorrow and not same:
                end_status(by=by, on=on, status_id=row.pk, reason=evidence or "救助终止")
        if kind and not person.died_on and (kind, grade) not in {(row.kind, row.grade) for row in running}:
            recognise_status(by=by, on=on, person_id=pk, kind=kind, grade=grade, since=on, source="社会救助", evidence=evidence)


@action("assistance.enter")
def tell(*, by: Actor, on: date, application: Application, told_on: date, told_to: str) -> Application:
    """The letter of the decision was handed over: when and to whom. Once; from then on the days of the remedy run."""
    if application.decided_on is None or application.state not in DECIDED:
        raise Refused("还没有决定，没有可以送达的决定书。")
    if not application.decided_on <= told_on <= on:
        raise Refused(f"送达日期应在{application.decided_on}决定之后，且不晚于今天，请核对。", field="told_on")
    if not told_to.strip():
        raise Refused("请填写签收人；拒绝签收的，写明见证人。", field="told_to")
    words = {"told_on": told_on, "told_to": told_to.strip()[:50]}
    if not Application.objects.filter(pk=application.pk, told_on=None).update(**words):
        raise Stale("这份决定书已经登记送达，请刷新后再看。")
    about("assistance.application", application.pk, area=application.area, told_on=told_on.isoformat())
    application.refresh_from_db()
    return application


@action("assistance.end")
def end(*, by: Actor, on: date, application: Application, how: str, why: str) -> Application:
    """The help ends at once: death of the last member, moving away, the family's own wish. All else is a verification.

    :raises Refused: the law wants a verification, a member lives, or no reason is given.
    """
    if how not in AT_ONCE:
        raise Refused("收入、财产或人口变化引起的停发，须先办理复核，听取陈述申辩后由区级决定。", field="how")
    if not why.strip():
        raise Refused("请写明终止的原因。", field="why")
    living = [row.person.name for row in members_of(application) if row.counted and not row.person.died_on]
    if how == "died" and living:
        raise Refused(f"{'、'.join(living)}没有登记死亡。请先在居民登记中登记；家中还有其他成员的，请办理复核。", field="how")
    return _end(by, on, application, how, why.strip())


def _end(
    by: Actor, on: date, application: Application, how: str, why: str, outcome: Outcome | None = None
) -> Application:
    changed = Application.objects.filter(pk=application.pk, state="granted").update(
        state="ended", ended_on=on, ended_as=how, ended_why=why[:200]
    )
    if not changed:
        raise Stale("这户的救助已经终止，请刷新后再看。")
    people = counted_in(application)
    Member.objects.filter(application=application).update(live=False)
    stop(by=by, on=on, application=application, people=people, since=months_later(on, 1), how=how, outcome=outcome)
    note = f"终止救助（{application.case.number}）"
    take_up(by=by, on=on, group=GROUP, side=Side.PAST, people=people, note=note)
    follow(by=by, on=on, group=GROUP, side=Side.PAST, people=people)
    recognise(by, on, {}, also=people, evidence=why[:100])
    about("assistance.application", application.pk, area=application.area, how=how)
    application.refresh_from_db()
    return application


def months_later(day: date, months: int) -> date:
    """The first day of the month so many months after this day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def day_later(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last of that month (民法典 §202)."""
    first = months_later(day, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _of(case: Any) -> Application:
    found = application_of_case(case.pk)
    if found is None and Application.objects.filter(case=case.pk).exists():
        raise Refused("申请人已迁到别的村（社区），本岗位看不到其登记。请先把此件转办到现居住地，再由那里办理。")
    if found is None:
        raise Refused("这件案件没有对应的救助申请。")
    found.case = case  # the row that the move works on: a decision stored on another one would make it stale
    return found
