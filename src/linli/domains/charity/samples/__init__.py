"""A federation at work, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.charity import actions
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.rules import Need
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.ledgers.rules import FundLevel
from linli.kernel.ledgers.samples import make_fund
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.samples import make_areas, make_household

DAY = date(2010, 12, 1)
COMMUNITY, TOWN = "370404001001", "370404001000"


@dataclass(frozen=True)
class Office:
    """The people along the chain of an application."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    clerk: Actor
    maker: Actor
    checker: Actor


def make_office(community: str = COMMUNITY, with_areas: bool = True) -> Office:
    """One community, its town, and the district's federation and finance office."""
    founders = make_founders()
    if with_areas:
        make_areas(founders[0])
    town = community[:9] + "000"
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, community),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, town),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "clerk": ("zhou", "周经办", Role.FEDERATION_CLERK, DISTRICT),
        "maker": ("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
    }
    made = {key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()}
    return Office(**made)


def make_campaign(
    office: Office, project: str = "qing_nuan", money: int = 100_000_00, on: date = DAY, year: int = 2010
) -> Campaign:
    """A campaign with a district fund and a town branch's fund that hold ``money`` fen each."""
    campaign = actions.open_campaign(
        by=office.clerk, on=on, project=project, year=year, opens_on=date(year, 1, 1), closes_on=date(year, 12, 31)
    )
    mark = f"{project}-{year}"
    district = make_fund(office.clerk, amount=money, code=f"QU-{mark}", name="区慈善总会资金")
    branch = {"area": TOWN, "level": FundLevel.TOWN, "name": "坛山街道慈善分会资金"}
    town = make_fund(office.clerk, amount=money, code=f"ZHEN-{mark}", **branch)
    actions.add_payer(by=office.clerk, on=on, campaign=campaign, fund_id=district.pk, level="district")
    actions.add_payer(by=office.clerk, on=on, campaign=campaign, fund_id=town.pk, level="town")
    return campaign


def make_family(office: Office, status: str = "dibao", on: date = FIRST_DAY, **words: Any) -> Any:
    """A household whose head is recognised as this; "" for none. Gives the head."""
    household = make_household(office.worker, on, **words)
    with scoped(office.worker):
        head = household.head
    if status:
        grade = {"dibao": "urban", "disabled": "41"}.get(status, "")
        recognise_status(by=office.worker, on=on, person_id=head.pk, kind=status, grade=grade, since=on, source="sample")
    return head


def make_application(office: Office, campaign: Campaign, head: Any, on: date = DAY, **words: Any) -> Application:
    """An application taken by the community worker."""
    words.setdefault("need", Need.HARDSHIP)
    return actions.apply(by=office.worker, on=on, campaign=campaign, person_id=head.pk, **words)


def carry(office: Office, application: Application, to: str = "granted", on: date = DAY) -> date:
    """Carry an application along the chain up to a step ("survey", "notice", "shown", "approval", "granted"): the day then."""
    day = on

    def case() -> Any:
        return case_by_id(application.case_id)

    with scoped(office.worker):
        pass_step(by=office.worker, on=day, case=case(), opinion="情况属实，同意上报。")
    if to == "survey":
        return day
    day += timedelta(days=1)
    with scoped(office.reviewer):
        pass_step(by=office.reviewer, on=day, case=case(), opinion="经调查，符合条件。")
        if to == "notice":
            return day
        notice = actions.draft_notice_for(by=office.reviewer, on=day, campaign=application.campaign)
        shown = actions.show_notice(by=office.reviewer, on=day, notice=notice)
        if to == "shown":
            return day
        day = shown.until + timedelta(days=1)
        actions.pass_noticed(by=office.reviewer, on=day, campaign=application.campaign, opinion="公示无异议，同意上报。")
    if to == "approval":
        return day
    with scoped(office.approver):
        pass_step(by=office.approver, on=day, case=case(), opinion="同意救助。")
    return day
