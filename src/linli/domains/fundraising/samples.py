"""A federation that raises money, for tests and the demo, through the real actions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from linli.base.money import split
from linli.domains.fundraising import actions, queries
from linli.domains.fundraising.actions import DonorFacts
from linli.domains.fundraising.models import Campaign, Contract, Gift
from linli.domains.fundraising.rules import CampaignKind, ContractKind, DonorKind, GiftForm, Plan, Terms
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, demo_actor, make_founders, make_staff
from linli.kernel.registry.samples import TOWNS, make_areas

DAY = date(2010, 12, 20)
TOWN = "370404100000"
PURPOSES = {
    "charity.da_bing": "大病救助",
    "charity.yuan_meng": "圆梦工程",
    "charity.qing_nuan": "情暖万家",
    "office.cost": "管理费用",
}
UNITS = ("区第一中学", "区实验小学", "区人民医院", "区供电所", "区文化馆", "区环卫所")
COMPANIES = ("欧宝食品有限公司", "福星纺织有限公司", "冠石建材有限公司", "榴宝饮品有限公司")
PEOPLE = ("张桂兰", "李明", "王小虎", "赵䶮", "孙㛃", "周𠮷", "欧阳小明", "刘建国")
THREE = ("charity.da_bing", "charity.yuan_meng", "charity.qing_nuan")
WAN = 10_000_00


@dataclass(frozen=True)
class Federation:
    """The people who raise money: the district's clerk, one clerk for each branch, and who checks and signs."""

    clerk: Actor
    town: Actor
    checker: Actor
    approver: Actor
    maker: Actor
    branches: tuple[Actor, ...]


def make_federation(with_areas: bool = True, towns: int = 1) -> Federation:
    """The district federation with clerks in the first ``towns`` branches (古邵镇 is the first)."""
    founders = make_founders()
    if with_areas:
        make_areas(founders[0])
    people = {
        "clerk": ("fed", "周慈善", Role.FEDERATION_CLERK),
        "checker": ("fedcheck", "孙复核", Role.FINANCE_CHECKER),
        "approver": ("fedsign", "王科长", Role.DISTRICT_APPROVER),
        "maker": ("fedmoney", "钱会计", Role.FINANCE_MAKER),
    }
    made = {key: make_staff(username, name, role, DISTRICT, founders=founders) for key, (username, name, role) in people.items()}
    return Federation(**made, **_branches(founders, towns))


def _branches(founders: tuple[Actor, Actor], towns: int) -> dict[str, object]:
    order = sorted(TOWNS, key=lambda town: town[0] != TOWN)[:towns]
    clerks = tuple(
        make_staff(f"fed{number}", f"郑{name[:2]}", Role.FEDERATION_CLERK, code, founders=founders)
        for number, (code, name, _) in enumerate(order, 1)
    )
    return {"town": clerks[0], "branches": clerks}


def make_purposes(by: Actor, on: date = DAY) -> None:
    """The purposes that the samples' money is for."""
    for key, name in PURPOSES.items():
        actions.add_purpose(by=by, on=on, key=key, name=name)


def make_plan(kind: CampaignKind = CampaignKind.ONE_DAY, year: int = 2010, **words: object) -> Plan:
    """A whole plan, filed in time."""
    since = date(year, 5, 1)
    whole = {
        "kind": kind, "since": since, "until": date(year, 12, 31), "aim": "扶贫济困，救助困难群众", "place": "峄城区",
        "responsible": "周慈善", "account": "区慈善总会捐赠专户", "beneficiary": "全区困难家庭", "use": "大病救助、助学、慰问",
        "cost": 5_000_00, "surplus": "转入下一年度同类项目", "filed_on": since - timedelta(days=20), "filing": f"峄慈备{year}-01",
    }  # fmt: skip
    return Plan(**(whole | words))  # type: ignore[arg-type]


def make_campaign(
    by: Actor, *, title: str = "2010年慈心一日捐", kind: CampaignKind = CampaignKind.ONE_DAY, on: date = DAY, year: int = 2010,
    purposes: tuple[str, ...] = THREE, plan: Plan | None = None, **words: object,
) -> Campaign:  # fmt: skip
    """A campaign whose money is held to three purposes."""
    make_purposes(by, on)
    return actions.open_campaign(by=by, on=on, title=title, plan=plan or make_plan(kind, year), purposes=purposes, **words)  # type: ignore[arg-type]


def make_gift(by: Actor, campaign: Campaign, amount: int = 100_00, name: str = "张桂兰", on: date = DAY, **words: object) -> Gift:
    """A gift in money of a person who agrees to be named."""
    words.setdefault("donor", DonorFacts(name, consents=True))
    return actions.record_gift(by=by, on=on, campaign=campaign, day=words.pop("day", on), amount=amount, **words)  # type: ignore[arg-type]


def _company(name: str) -> DonorFacts:
    return DonorFacts(name, DonorKind.COMPANY, consents=True)


def make_contract(
    by: Actor, on: date = DAY, *, campaign: Campaign | None = None, number: str = "HT-01", principal: int = 100 * WAN,
    rate: int = 500, since: date = date(2009, 6, 1), count: int = 3, company: str = COMPANIES[0],
) -> Contract:  # fmt: skip
    """An enterprise keeps 100 万元 and pays 5 % a year."""
    if campaign is None:
        plan = Plan(CampaignKind.CONTRACT, since, None)
        campaign = make_campaign(by, title="留本付息捐赠", plan=plan, purposes=(), on=on)
    donor = actions.register_donor(by=by, on=on, donor=_company(company))
    terms = Terms(ContractKind.INTEREST, principal, since, 12, count, rate)
    return actions.conclude_contract(
        by=by, on=on, number=number, campaign=campaign, donor=donor, terms=terms, signed_on=min(since, on)
    )


def make_fundraising_year(team: Federation, year: int = 2010, *, gifts: int = 12) -> list[Campaign]:
    """A plausible year: 慈心一日捐 of about 150 万元 over all branches, the giving month, 送温暖, a named fund, an
    enterprise's contract, money from above, goods, and a signed spending plan. ``gifts``: for each branch.
    """
    chance = random.Random(year)
    by = team.clerk
    one_day = make_campaign(by, title=f"{year}年慈心一日捐", on=date(year, 5, 1), year=year, target=150 * WAN)
    month = _open(by, CampaignKind.MONTH, f"{year}年慈善捐赠活动月", year, date(year, 9, 1), date(year, 9, 30))
    warmth = _open(by, CampaignKind.WARMTH, f"{year}年送温暖献爱心", year, date(year, 11, 1), date(year, 12, 31))
    weights = [7 + chance.randrange(8) for _ in team.branches]
    total = (92 + 4 * (year % 2009)) * WAN  # the towns give a little more each year
    shares = [part * 10_000 for part in split(total // 10_000, weights)]
    for clerk, share in zip((by, *team.branches), (60 * WAN, *shares), strict=True):
        _give_much(clerk, one_day, share, gifts, chance, date(year, 5, 12))
        _give_much(clerk, month, share // 10, max(gifts // 3, 1), chance, date(year, 9, 10))
        goods = {"form": GiftForm.GOODS, "goods": "棉被", "measure": "床", "pieces": 10 + chance.randrange(20)}
        make_gift(clerk, warmth, 0, chance.choice(PEOPLE), date(year, 11, 20), **goods)
    return [one_day, month, warmth, *_special(team, year)]


def _open(by: Actor, kind: CampaignKind, title: str, year: int, since: date, until: date) -> Campaign:
    plan = make_plan(
        kind, year, since=since, until=until, filed_on=since - timedelta(days=15), filing=f"峄慈备{year}-{kind.value}"
    )
    return make_campaign(by, title=title, plan=plan, on=since)


def _give_much(by: Actor, campaign: Campaign, total: int, count: int, chance: random.Random, day: date) -> None:
    """``count`` gifts of units, companies and people that sum to the total, over some weeks."""
    weights = [1 + chance.randrange(9) for _ in range(count)]
    parts = [total * weight // sum(weights) // 100 * 100 for weight in weights]
    parts[0] += total - sum(parts)
    for number, amount in enumerate(parts):
        name, kind, unit = _somebody(number, chance)
        donor = DonorFacts(name, kind, unit, consents=number % 3 != 2)
        when = day + timedelta(days=number % 20)
        make_gift(by, campaign, amount, on=when, donor=donor, anonymous=number % 7 == 6)


def _somebody(number: int, chance: random.Random) -> tuple[str, DonorKind, str]:
    if number % 4 == 0:
        return COMPANIES[number // 4 % len(COMPANIES)], DonorKind.COMPANY, ""
    if number % 4 == 1:
        return UNITS[number // 4 % len(UNITS)], DonorKind.OFFICE, ""
    return chance.choice(PEOPLE), DonorKind.PERSON, chance.choice(UNITS)


def _special(team: Federation, year: int) -> list[Campaign]:
    """The named fund, the contract and the money from above, and the year's plan."""
    by, first = team.clerk, date(year, 3, 1)
    founder = actions.register_donor(by=by, on=first, donor=_company(COMPANIES[0]))
    named = Plan(CampaignKind.NAMED, date(year, 1, 1), date(year, 12, 31), use="资助困难家庭学生")
    fund = make_campaign(
        by, title=f"欧宝慈善助学基金（{year}）", plan=named, purposes=("charity.yuan_meng",), on=first, founder=founder
    )
    make_gift(by, fund, 40 * WAN, on=first, donor=_company(COMPANIES[0]))
    above = Plan(CampaignKind.UPPER, date(year, 1, 1), date(year, 12, 31), use="大病救助")
    words = {"source": "市慈善总会", "source_level": "city", "purposes": ("charity.da_bing",), "on": first}
    upper = make_campaign(by, title=f"{year}年市级大病救助资金", plan=above, **words)
    make_gift(by, upper, 300 * WAN, on=first, donor=DonorFacts("市慈善总会", DonorKind.SUPERIOR, consents=True))
    contract = _contract(by, year, first)
    with scoped(by):
        due = list(queries.instalments().filter(contract=contract, day__year=year))
    for one in due:
        make_gift(by, contract.campaign, one.amount, on=one.day, donor=_company(COMPANIES[1]), instalment=one)
    lines = [("charity.da_bing", 300 * WAN, 300), ("charity.yuan_meng", 60 * WAN, 200), ("charity.qing_nuan", 50 * WAN, 1000)]
    plan = actions.draft_plan(by=by, on=first, year=year, lines=lines)
    actions.sign_plan(by=team.approver, on=first, plan=plan)
    return [fund, upper, contract.campaign]


def _contract(by: Actor, year: int, on: date) -> Contract:
    heading = make_campaign(
        by, title=f"{year}年留本付息捐赠", plan=Plan(CampaignKind.CONTRACT, date(year, 1, 1), None), purposes=(), on=on
    )
    return make_contract(
        by,
        on,
        campaign=heading,
        number=f"HT-{year}-01",
        since=date(year - 1, 3, 1),
        count=4,
        principal=200 * WAN,
        company=COMPANIES[1],
    )


def _medical_fund(by: Actor) -> None:
    """The named fund that pays for serious illness."""
    first = date(2010, 1, 4)
    founder = actions.register_donor(by=by, on=first, donor=_company(COMPANIES[2]))
    words = {"purposes": ("charity.da_bing",), "on": first, "founder": founder}
    fund = make_campaign(by, title="慈善医疗基金", plan=Plan(CampaignKind.NAMED, first, None, use="救助重病患者"), **words)  # type: ignore[arg-type]
    make_gift(by, fund, 20 * WAN, on=first, donor=_company(COMPANIES[2]))


def demo_fundraising(plan: DemoPlan) -> None:
    """The two years 2009 and 2010 of the demo district's federation, with a clerk in each branch (fed1 …)."""
    staff = {"clerk": "federation", "checker": "checker", "approver": "district", "maker": "maker"}
    people = {key: demo_actor(username, plan.on) for key, username in staff.items()}
    team = Federation(**people, **_branches(make_founders(), len(TOWNS)))
    for done, year in enumerate((2009, 2010)):
        plan.tell("登记捐赠", done, 2)
        make_fundraising_year(team, year, gifts=8)
    _medical_fund(team.clerk)
    actions.tell_donors(by=team.clerk, on=plan.on)
