"""Applications: taken once, from what the registry knows and the few things that it cannot know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from linli.domains.charity.models import Application, Campaign, Doubt
from linli.domains.charity.queries.applications import facts_for, helped_by, standing_application
from linli.domains.charity.queries.campaigns import closed_because
from linli.domains.charity.rules import AID, AIDS, FLOW, ILLNESSES, MISSED, PROJECTS, Ask, Need
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.cases.actions import ask_papers, open_case, receive_papers
from linli.kernel.cases.queries import hindrance
from linli.kernel.cases.rules import Received
from linli.kernel.files.forms import Upload
from linli.kernel.registry.queries import household_of, members_of, person_by_id, statuses_of_people

FORM = Received("form", original=True)
"""What an application comes with when nothing else is said: the signed form."""
CORRECTABLE = ("illness", "own_cost", "enrolled", "diagnosed")


@action("charity.submit")
def apply(
    *, by: Actor, on: date, campaign: Campaign, person_id: int, need: Need, illness: str = "", own_cost: int = 0,
    enrolled: bool = False, diagnosed: bool = False, aid: str = "", statement: str = "", papers: Sequence[Received] = (FORM,),
    source: str = "door", opinion: str = "",
) -> Application:  # fmt: skip
    """Take an application. Whoever applies is heard: conditions are judged later, step by step.

    Refused at once is only what cannot become a case: a closed campaign, a person who is not of this area or has died, a
    household that has an application in this campaign already.
    """
    person = person_by_id(person_id)
    if person is None:
        raise Refused("没有找到这个人，或其不在本辖区。请先在居民查询中核对。", field="person")
    if person.died_on and person.died_on <= on:
        raise Refused(f"{person.name}已于{person.died_on}登记死亡，不能申请。", field="person")
    if why := closed_because(campaign, person.area, on):
        raise Refused(f"“{campaign.title}”{why}。", field="campaign")
    _check_need(campaign, need, illness, own_cost)
    _check_aid(campaign, aid)
    household = household_of(person, on)
    members = members_of(household, on) if household else [person]
    _check_twice(campaign, person_id, household.pk if household else None)
    case = open_case(
        by=by, on=on, flow=AID, title=f"{person.name}·{PROJECTS[campaign.project].zh}", area=person.area, person_id=person.pk,
        household_id=household.pk if household else None, opinion=opinion,
        facts=_snapshot(campaign, members, need, illness, own_cost, on), papers=papers,
    )  # fmt: skip
    made = Application.objects.create(
        campaign=campaign, case=case, person=person, household=household, need=need.value, illness=illness, own_cost=own_cost,
        enrolled=enrolled, diagnosed=diagnosed, aid=aid, statement=statement, source=source, applied_on=on, area=person.area,
        area_then=person.area,
    )  # fmt: skip
    _answer_doubts(by, on, made, household)
    about("charity.application", made.pk, area=made.area, case=case.pk, campaign=campaign.pk)
    return made


def _answer_doubts(by: Actor, on: date, made: Application, household: Any) -> None:
    """That this family was missed is answered by its application; nobody types it again."""
    whose = Q(household=household) if household else Q(person=made.person_id)
    found = Doubt.objects.filter(whose, kind=MISSED, campaign=made.campaign_id, answer="")
    note = f"{made.case.title}（{made.case.number}）"
    found.update(answer="told", note=note[:200], answered_by_id=by.staff_id or None, answered_on=on)


def _check_need(campaign: Campaign, need: Need, illness: str, own_cost: int) -> None:
    if own_cost < 0:
        raise Refused("自付医疗费用不能是负数，请修改。", field="own_cost")
    if illness and illness not in ILLNESSES:
        raise Refused("病种不在列表中，请重新选择。", field="illness")


def _check_aid(campaign: Campaign, aid: str) -> None:
    if aid and (aid not in AIDS or Ask.AID not in PROJECTS[campaign.project].asks):
        raise Refused(f"“{PROJECTS[campaign.project].zh}”不能申请这种辅具，请从列表中选择。", field="aid")


def _check_twice(campaign: Campaign, person_id: int, household_id: int | None) -> None:
    """One application of a household to a campaign; whoever applies at the same moment waits here and is told."""
    with connection.cursor() as cursor:
        who = f"apply:{campaign.pk}:{f'h{household_id}' if household_id else f'p{person_id}'}"
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [who])
    if (found := standing_application(campaign, person_id, household_id)) is not None:
        raise Refused(f"该户在本批次已有申请（{found.case.number}），一户只能申请一次。", field="person")


def _snapshot(campaign: Campaign, members: Sequence[Any], need: Need, illness: str, own_cost: int, on: date) -> dict[str, Any]:
    statuses = sorted({status.kind for rows in statuses_of_people(members, on).values() for status in rows})
    return {
        "campaign": campaign.pk, "project": campaign.project, "need": need.value, "illness": illness, "own_cost": own_cost,
        "members": len(members), "statuses": statuses, "helped": list(helped_by([one.pk for one in members], campaign, on)),
    }  # fmt: skip


@action("charity.submit")
def apply_at_the_door(
    *, by: Actor, on: date, campaign: Campaign, person_id: int, papers: Sequence[Received], photos: Mapping[str, Upload],
    **words: Any,
) -> Application:
    """Take an application with the papers that came with it, on paper or as a photo (by the paper's key), and tell the
    applicant once what is still missing (一次性告知), where the actor may work on the case at its first step.

    A paper that came was looked at: the letter of admission and the diagnosis count as checked.
    """
    came = {paper.key for paper in papers}
    checked: dict[str, Any] = {"enrolled": "admission" in came, "diagnosed": "diagnosis" in came}
    seen, shot = ([paper for paper in papers if (paper.key in photos) is taken] for taken in (False, True))
    made = apply(by=by, on=on, campaign=campaign, person_id=person_id, papers=seen, **checked, **words)
    if shot:
        receive_papers(by=by, on=on, case=made.case, papers=shot, photos=photos)
    missing = PROJECTS[campaign.project].missing(came, facts_for(made, on).grade)
    if missing and not hindrance(made.case, FLOW.steps[0], by):
        ask_papers(by=by, on=on, case=made.case, papers=missing)
    return made


@action("charity.correct")
def correct_application(*, by: Actor, on: date, application: Application, why: str, **found: Any) -> Application:
    """Put right what the survey found otherwise (illness, own_cost, enrolled, diagnosed), with the reason; the case keeps
    what was said at the door."""
    if unknown := found.keys() - set(CORRECTABLE):
        raise TypeError(f"not to be corrected: {sorted(unknown)}")
    if not found:
        raise Refused("这个项目没有可以更正的内容。")
    if application.state != "open":
        raise Refused("申请已办结，不能再更正。")
    if not why.strip():
        raise Refused("请写明更正的依据，例如：经核对结算单。", field="why")
    before = {name: getattr(application, name) for name in CORRECTABLE}
    _check_need(application.campaign, Need(application.need), found.get("illness", ""), found.get("own_cost", 0))
    if not Application.objects.filter(pk=application.pk, state="open", **before).update(**found):
        raise Stale()
    application.refresh_from_db()
    about("charity.application", application.pk, area=application.area, before=before, why=why[:100])
    return application
