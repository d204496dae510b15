"""Campaigns: announced by the federation, with quotas by town and the funds that pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.base.areas import Level, level_of
from linli.domains.charity.models import Campaign, Payer, Quota
from linli.domains.charity.rules import PROJECTS, exclusions, group_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.ledgers.actions import exclude_groups, open_purpose


@action("charity.campaign")
def open_campaign(
    *, by: Actor, on: date, project: str, year: int, opens_on: date, closes_on: date, title: str = "", plan: int = 0,
    quotas: Mapping[str, int] | None = None,
) -> Campaign:  # fmt: skip
    """Announce a project for a year. ``plan``: the money planned (fen); ``quotas``: how many each town may report.

    The project's purpose and the pairs of projects that exclude each other are entered in the books at the same time.
    """
    if project not in PROJECTS:
        raise Refused("没有这个救助项目，请从列表中选择。", field="project")
    if closes_on < opens_on:
        raise Refused("截止日期早于受理日期，请修改。", field="closes_on")
    title = title.strip() or f"{year}年{PROJECTS[project].zh}"
    if Campaign.objects.filter(project=project, year=year, area=by.area, title=title).exists():
        raise Refused(f"“{title}”已经建立，请直接使用或换一个名称。", field="title")
    made = Campaign.objects.create(
        project=project, year=year, title=title, opens_on=opens_on, closes_on=closes_on, plan=plan, area=by.area,
        made_by_id=by.own_hand,
    )  # fmt: skip
    open_purpose(by=by, on=on, key=group_of(project), name=PROJECTS[project].zh)
    for first, second in exclusions():
        if group_of(project) in {first, second}:
            exclude_groups(by=by, on=on, group=first, other=second, basis="慈善救助不重复救助原则")
    for place, count in (quotas or {}).items():
        set_quota(by=by, on=on, campaign=made, place=place, count=count)
    about("charity.campaign", made.pk, area=made.area, project=project, year=year)
    return made


@action("charity.campaign")
def set_quota(*, by: Actor, on: date, campaign: Campaign, place: str, count: int) -> Quota:
    """How many this town may report."""
    if level_of(place) is not Level.TOWN or not by.covers(place):
        raise Refused("名额应分配到本区的镇、街道，请核对区划代码。", field="place")
    quota, _ = Quota.objects.update_or_create(campaign=campaign, place=place, defaults={"count": count, "area": campaign.area})
    about("charity.campaign", campaign.pk, area=campaign.area, place=place, count=count)
    return quota


@action("charity.campaign")
def add_payer(*, by: Actor, on: date, campaign: Campaign, fund_id: int, level: str, place: str = "") -> Payer:
    """Name the fund that pays the district's share, or a town branch's share for its own families."""
    if Payer.objects.filter(campaign=campaign, level=level, place=place).exists():
        raise Refused("这一出资方已经登记，如有变化请先停用原资金。", field="fund")
    payer = Payer.objects.create(campaign=campaign, fund_id=fund_id, level=level, place=place, area=campaign.area)
    about("charity.campaign", campaign.pk, area=campaign.area, fund=fund_id, level=level)
    return payer


@action("charity.campaign")
def close_campaign(*, by: Actor, on: date, campaign: Campaign) -> Campaign:
    """Take no more applications; those under way go on."""
    if not Campaign.objects.filter(pk=campaign.pk, state="open").update(state="closed"):
        raise Stale()
    campaign.refresh_from_db()
    about("charity.campaign", campaign.pk, area=campaign.area)
    return campaign
