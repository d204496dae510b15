"""A district with two towns at work, so that each can be tried against the other; all through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import transaction

from linli.domains.assistance.samples import make_files as make_assistance
from linli.domains.assistance.samples.delegated import make_delegation_files
from linli.domains.broadcast.samples import make_broadcast_files
from linli.domains.callers.samples import make_caller_files
from linli.domains.charity import actions as charity
from linli.domains.charity.queries import source_of
from linli.domains.charity.samples import DAY, TOWN, Office, carry, make_application, make_campaign, make_family, make_office
from linli.domains.complaints.samples import make_complaint_files
from linli.domains.concession.samples import make_concession_files
from linli.domains.disability.samples import make_disability_files
from linli.domains.federation import samples as federation
from linli.domains.fundraising import samples as fundraising
from linli.domains.hall.samples import make_files as make_hall
from linli.domains.hotline.samples import make_survey_files
from linli.domains.intake.samples import make_client
from linli.domains.medical.samples import make_medical_files
from linli.domains.mutual.samples import make_mutual_files
from linli.domains.oneoff.samples import make_oneoff_files
from linli.domains.pairing.samples import make_pair, make_visit
from linli.domains.providers.samples import make_provider_files
from linli.domains.provision.rules import CARDS
from linli.domains.relief.samples import make_files as make_relief
from linli.domains.treatment.actions import recommend
from linli.domains.treatment.samples import make_round
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_moment
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.calls.samples import make_call_files
from linli.kernel.figures.actions import draft_report
from linli.kernel.figures.rules import year_period
from linli.kernel.files.samples import make_file
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.actions import make_batch
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import FundLevel, Receiver
from linli.kernel.ledgers.samples import account_number, make_fund
from linli.kernel.orders.samples import make_order_files
from linli.kernel.registry.actions import add_bank_account, add_rooms, join_unit, register_organisation, register_place

OTHER_TOWN, OTHER_COMMUNITY = "370404100000", "370404100201"
STEPS = ("granted", "shown", "survey")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
    make_client(founders[0], DAY)
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
    body = fundraising.Federation(here.clerk, clerks[TOWN], here.checker, here.approver, here.maker, tuple(clerks.values()))
    fundraising.make_fundraising_year(body, gifts=3)
    _make_network(here, there)
    return here, there


def _make_network(here: Office, there: Office) -> None:
    """The federation and a branch in each town; a bulletin on a year that nothing changes any more, a report, a model."""
    federation.make_body(here.clerk, DAY)
    for office, town in ((here, "坛山街道"), (there, "古邵镇")):
        branch = federation.make_branch(office.reviewer, DAY, office.worker.area, town)
        federation.make_officer(office.reviewer, DAY, branch, "褚德厚")
        federation.make_paper(office.reviewer, DAY, branch, "分会工作制度", "rule")
    told, _ = (federation.make_signed_report(here.clerk, here.approver, DAY, year_period(2009)) for _ in range(2))
    federation.make_question(here.clerk, DAY, federation.make_bulletin(here.clerk, DAY, told))
    federation.make_contact(here.clerk, DAY, federation.make_honour(here.clerk, DAY))


def _make_things(office: Office, home: Any, number: int) -> None:
    """Goods in the home, a family's card, and a patient who was recommended."""
    fund = make_fund(office.clerk, amount=1_000_00, code=f"WZ-{number}", name="物资与救助卡")
    words: dict[str, Any] = {"by": office.clerk, "on": DAY, "fund": fund, "goods": "棉被/床", "pieces": 3}
    books.open_goods(by=office.clerk, on=DAY, key="棉被/床", name="棉被", measure="床")
    books.bring_in_goods(reference=f"world:{number}", memo="受赠", **words)
    to = Receiver(home.name, home.area, place=home.pk)
    books.hand_out_goods(reference=f"world-out:{number}", memo="发放", to=to, proof="院长签字", **(words | {"pieces": 1}))
    books.open_purpose(by=office.clerk, on=DAY, key=CARDS, name="慈善超市救助卡")
    head = make_family(office, names=(f"冯{'一二三四'[number - 1]}卡",))
    order = books.order_payment(
        by=office.approver, on=DAY, source=f"world.card:{head.pk}", amount=50_00, purpose=CARDS, shares={fund.pk: 50_00},
        payee=head.name, area=head.area, person=head.pk,
    )  # fmt: skip
    books.issue_card(
        by=office.clerk, on=DAY, order=order, number=f"WORLD-{number}", expires_on=DAY.replace(year=2011), proof="本人签领"
    )
    clinic = register_organisation(by=office.worker, on=DAY, name=f"第{number}医院", kind="hospital", area=home.area)
    round = make_round(office.clerk, clinic, project="sight", number=number, on=DAY)
    recommend(by=office.worker, on=DAY, round=round, person_id=head.pk, diagnosis="cataract_one")


def _make_town(office: Office, campaign: Any, number: int) -> None:
    made, homes = [], []
    for place, step in enumerate(STEPS):
        family = tuple(f"{surname}{'一二三四'[number - 1]}{'甲乙丙'[place]}" for surname in ("赵", "钱"))
        head = make_family(office, names=family)
        add_bank_account(by=office.worker, on=DAY, person_id=head.pk, bank="枣庄银行", number=account_number(number * 10 + place))
        made.append(make_application(office, campaign, head))
        carry(office, made[-1], to=step)
        homes.append(made[-1].household_id)
    pair = make_pair(office.reviewer, homes[0], on=DAY, since=DAY)
    make_visit(office.worker, pair, on=DAY)
    make_pair(office.reviewer, homes[1], on=DAY, since=DAY)
    with scoped(office.maker):
        order = order_by_source(source_of(made[0]))
    assert order is not None
    make_batch(by=office.maker, on=DAY, number=f"P{number}", item="情暖万家", orders=[order.pk])
    area = office.worker.area
    unit = register_organisation(by=office.worker, on=DAY, name=f"第{number}福利院", kind="institution", area=area)
    join_unit(by=office.worker, on=DAY, organisation_id=unit.pk, person_id=made[-1].person_id, role="staff")
    home = register_place(by=office.worker, on=DAY, name=f"第{number}幸福院", kind="home", area=area)
    add_rooms(by=office.worker, on=DAY, place_id=home.pk, rooms="101、102")
    _make_things(office, home, number)
    make_assistance(office, number)
    make_relief(office, number, DAY)
    make_medical_files(office, number, DAY)
    make_oneoff_files(office, number, DAY)
    make_mutual_files(office, number, DAY)
    make_concession_files(office, number, DAY)
    make_hall(office, number, DAY)
    make_order_files(office, number, DAY)
    make_caller_files(office, number, DAY)
    make_call_files(office.approver, business_moment(), str(number))
    make_complaint_files(office, number, DAY)
    make_provider_files(office, number, DAY)
    make_broadcast_files(office, number, DAY)
    make_survey_files(office, number, DAY)
    make_disability_files(office, number)  # of 2026: there was no such subsidy before
    make_delegation_files(office, number)  # of 2026, too: no town could confirm before
    draft_report(by=office.reviewer, on=DAY, template="charity.circular", period=year_period(2010), area=office.reviewer.area)
    make_file(office.worker)
