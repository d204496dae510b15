"""Applications: taken once, from what the registry knows and the few things that it cannot know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.applications import helped_by
from linli.domains.charity.rules import AID, AIDS, ILLNESSES, PROJECTS, Need
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import open_case
from linli.kernel.cases.rules import Received
from linli.kernel.registry.queries import household_of, members_of, person_by_id, statuses_of_people


@action("charity.submit")
def apply(
    *, by: Actor, on: date, campaign: Campaign, person_id: int, need: Need, illness: str = "", own_cost: int = 0,
    enrolled: bool = False, diagnosed: bool = False, aid: str = "", statement: str = "", papers: Sequence[str] = ("form",),
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
    _check_campaign(campaign, on)
    _check_need(campaign, need, illness, own_cost)
    _check_aid(campaign, aid)
    household = household_of(person, on)
    members = members_of(household, on) if household else [person]
    _check_twice(campaign, person_id, household.pk if household else None)
    case = open_case(
        by=by, on=on, flow=AID, title=f"{person.name}·{PROJECTS[campaign.project].zh}", area=person.area, person_id=person.pk,
        household_id=household.pk if household else None, opinion=opinion,
        facts=_snapshot(campaign, members, need, illness, own_cost, on), papers=[Received(key, original=True) for key in papers],
    )  # fmt: skip
    made = Application.objects.create(
        campaign=campaign, case=case, person=person, household=household, need=need.value, illness=illness, own_cost=own_cost,
        enrolled=enrolled, diagnosed=diagnosed, aid=aid, statement=statement, source=source, applied_on=on, area=person.area,
        area_then=person.area,
    )  # fmt: skip
    about("charity.application", made.pk, area=made.area, case=case.pk, campaign=campaign.pk)
    return made


def _check_campaign(campaign: Campaign, on: date) -> None:
    if campaign.state != "open" or not campaign.opens_on <= on <= campaign.closes_on:
        days = f"{campaign.opens_on}至{campaign.closes_on}"
        raise Refused(f"“{campaign.title}”的受理时间是{days}，今天不能受理。", field="campaign")


def _check_need(campaign: Campaign, need: Need, illness: str, own_cost: int) -> None:
    if own_cost < 0:
        raise Refused("自付医疗费用不能是负数，请修改。", field="own_cost")
    if illness and illness not in ILLNESSES:
        raise Refused("病种不在列表中，请重新选择。", field="illness")


def _check_aid(campaign: Campaign, aid: str) -> None:
    if aid and (aid not in AIDS or campaign.project != "zhu_can"):
        raise Refused("只有“爱心助残”可以申请辅具，请从列表中选择。", field="aid")


def _check_twice(campaign: Campaign, person_id: int, household_id: int | None) -> None:
    mine = Application.objects.filter(campaign=campaign, state__in=["open", "granted"]).select_related("case")
    found = mine.filter(household_id=household_id).first() if household_id else mine.filter(person_id=person_id).first()
    if found is not None:
        raise Refused(f"该户在本批次已有申请（{found.case.number}），一户只能申请一次。", field="person")


def _snapshot(campaign: Campaign, members: Sequence[Any], need: Need, illness: str, own_cost: int, on: date) -> dict[str, Any]:
    statuses = sorted({status.kind for rows in statuses_of_people(members, on).values() for status in rows})
    return {
        "campaign": campaign.pk, "project": campaign.project, "need": need.value, "illness": illness, "own_cost": own_cost,
        "members": len(members), "statuses": statuses, "helped": list(helped_by([one.pk for one in members], campaign, on)),
    }  # fmt: skip


@action("charity.correct")
def correct_application(
    *, by: Actor, on: date, application: Application, illness: str, own_cost: int, enrolled: bool, diagnosed: bool,
    why: str,
) -> Application:  # fmt: skip
    """Put right what the survey found otherwise, with the reason; the case keeps what was said at the door."""
    if application.state != "open":
        raise Refused("申请已办结，不能再更正。")
    if not why.strip():
        raise Refused("请写明更正的依据，例如：经核对结算单。", field="why")
    _check_need(application.campaign, Need(application.need), illness, own_cost)
    before = {"illness": application.illness, "own_cost": application.own_cost}
    Application.objects.filter(pk=application.pk, state="open").update(
        illness=illness, own_cost=own_cost, enrolled=enrolled, diagnosed=diagnosed
    )
    application.refresh_from_db()
    about("charity.application", application.pk, area=application.area, before=before, why=why[:100])
    return application
