"""A district with two towns at work, so that each can be tried against the other; all through the real actions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from linli.domains.charity import actions as charity
from linli.domains.charity.queries import source_of
from linli.domains.charity.samples import DAY, TOWN, Office, carry, make_application, make_campaign, make_family, make_office
from linli.domains.fundraising import samples as fundraising
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.figures.actions import draft_report
from linli.kernel.figures.rules import year_period
from linli.kernel.files.samples import make_file
from linli.kernel.ledgers.actions import make_batch
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import FundLevel
from linli.kernel.ledgers.samples import account_number, make_fund
from linli.kernel.registry.actions import add_bank_account, register_organisation, register_place

OTHER_TOWN, OTHER_COMMUNITY = "370404100000", "370404100201"
STEPS = ("granted", "shown", "survey")


def make_world() -> tuple[Office, Office]:
    """Two towns under the same district staff: families, applications at every step, notices, funds, a batch, reports."""
    here = make_office()
    founders = make_founders()
    there = replace(
        here,
        worker=make_staff("li2", "刘社工", Role.COMMUNITY_WORKER, OTHER_COMMUNITY, founders=founders),
        reviewer=make_staff("zhao2", "郑审核", Role.TOWN_REVIEWER, OTHER_TOWN, founders=founders),
    )
    for name, role in (("shen", Role.AUDITOR), ("qin", Role.LEADER), ("wei", Role.AUDIT_ADMIN)):
        make_staff(name, f"{role.zh}甲", role, DISTRICT, founders=founders)
    clerks = {}
    for town, mark in ((TOWN, "1"), (OTHER_TOWN, "2")):
        clerks[town] = make_staff(f"branch{mark}", f"分会经办{mark}", Role.FEDERATION_CLERK, town, founders=founders)
        make_staff(f"cash{mark}", f"分会会计{mark}", Role.FINANCE_MAKER, town, founders=founders)
    campaign = make_campaign(here)
    branch: dict[str, Any] = {"area": OTHER_TOWN, "level": FundLevel.TOWN, "name": "古邵镇慈善分会资金"}
    fund = make_fund(here.clerk, amount=1_000_000, code="ZHEN-100", **branch)
    charity.add_payer(by=here.clerk, on=DAY, campaign=campaign, fund_id=fund.pk, level="town", place=OTHER_TOWN)
    for number, office in enumerate((here, there), 1):
        _make_town(office, campaign, number)
    federation = fundraising.Federation(here.clerk, clerks[TOWN], here.checker, here.approver, here.maker, tuple(clerks.values()))
    fundraising.make_fundraising_year(federation, gifts=3)
    return here, there


def _make_town(office: Office, campaign: Any, number: int) -> None:
    made = []
    for place, step in enumerate(STEPS):
        family = tuple(f"{surname}{'一二三四'[number - 1]}{'甲乙丙'[place]}" for surname in ("赵", "钱"))
        head = make_family(office, names=family)
        add_bank_account(by=office.worker, on=DAY, person_id=head.pk, bank="枣庄银行", number=account_number(number * 10 + place))
        made.append(make_application(office, campaign, head))
        carry(office, made[-1], to=step)
    with scoped(office.maker):
        order = order_by_source(source_of(made[0]))
    assert order is not None
    make_batch(by=office.maker, on=DAY, number=f"P{number}", item="情暖万家", orders=[order.pk])
    area = office.worker.area
    register_organisation(by=office.worker, on=DAY, name=f"第{number}福利院", kind="institution", area=area)
    register_place(by=office.worker, on=DAY, name=f"第{number}幸福院", kind="home", area=area)
    draft_report(by=office.reviewer, on=DAY, template="charity.circular", period=year_period(2010), area=office.reviewer.area)
    make_file(office.worker)
