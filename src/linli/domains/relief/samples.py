"""Families in an emergency, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.relief import actions, queries
from linli.domains.relief.models import Request
from linli.domains.relief.rules import GROUP, GROUP_ZH
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.cases.actions import pass_step, receive_papers, refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.cases.rules import Received
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.queries import households_of, people_list
from linli.kernel.registry.samples import make_areas, make_household, make_person
from linli.law import Degree, Zone

DAY = date(2026, 8, 10)
COMMUNITY, TOWN = "370404001001", "370404001000"
PAPERS = ("form", "identity")


@dataclass(frozen=True)
class Office:
    """The people along the chain of a request, and finance."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    maker: Actor


def make_office() -> Office:
    """One community, its town, the district's approver and finance."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, TOWN),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
    }
    return Office(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_family(office: Any, names: tuple[str, ...] = ("李国强", "张桂英", "李小宝")) -> Any:
    """A household; gives its head's id as a person."""
    return make_household(office.worker, names=names).head


def make_stranger(office: Any, name: str = "外乡人") -> Any:
    """Somebody registered in another province, whom the emergency befell here."""
    return make_person(office.worker, name=name, registered_area="320311000000")


def make_relief_fund(maker: Actor, amount: int = 10_000_000, on: date = DAY, code: str = "LJ-1") -> Any:
    """Money of the budget for temporary relief only."""
    books.open_purpose(by=maker, on=on, key=GROUP, name=GROUP_ZH)
    fund = books.open_fund(
        by=maker, on=on, code=code, name="临时救助资金", kind=FundKind.FISCAL, level=FundLevel.DISTRICT, area=DISTRICT,
        purposes={GROUP: "财政预算"},
    )  # fmt: skip
    books.receive(by=maker, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo="临时救助资金到账")
    return fund


def make_stock(maker: Actor, pieces: int = 100, on: date = DAY, code: str = "LJ-WZ") -> Any:
    """Quilts in the store."""
    books.open_goods(by=maker, on=on, key="棉被/床", name="棉被", measure="床")
    words = {"name": "救助物资", "kind": FundKind.FISCAL, "level": FundLevel.DISTRICT, "area": DISTRICT}
    fund = books.open_fund(by=maker, on=on, code=code, purposes=None, **words)
    books.bring_in_goods(by=maker, on=on, fund=fund, goods="棉被/床", pieces=pieces, reference=f"in:{code}", memo="冬令物资")
    with scoped(maker):
        return next(one for one in queries.stores() if one.fund_id == fund.pk)


def make_request(office: Any, person: Any, on: date = DAY, **words: Any) -> Request:
    """A request that the worker took; ``words`` change what is asked."""
    asked: dict[str, Any] = {
        "event": "accident", "happened_on": on, "degree": Degree.LIGHT, "zone": Zone.URBAN, "statement": "骑车被撞，住院没有钱。",
    }  # fmt: skip
    if words.get("event") in ("illness", "study"):
        asked["burden"] = 1_000_000
    return actions.apply(by=office.worker, on=on, person_id=person.pk, **(asked | words))


def survey(office: Any, one: Request, on: date = DAY, **words: Any) -> Request:
    """The worker was at the home and found what the family said."""
    told: dict[str, Any] = {"degree": Degree(one.degree), "months": one.months, "burden": one.burden}
    told["found"] = "两人入户，情况属实。"
    if one.cause == "spending":
        told |= {"means": "fits", "means_report": "核对报告第1号", "consent": True}
    with scoped(office.worker):
        return actions.record_survey(by=office.worker, on=on, request=one, **(told | words))


def papers(office: Any, one: Request, on: date = DAY) -> None:
    """Form and identity came in."""
    with scoped(office.worker):
        got = [Received(key, original=True) for key in PAPERS]
        receive_papers(by=office.worker, on=on, case=case_by_id(one.case_id), papers=got)


def step(by: Actor, one: Request, on: date = DAY, to: str = "", opinion: str = "情况属实，同意。") -> Request:
    """Pass the present step."""
    with scoped(by):
        pass_step(by=by, on=on, case=case_by_id(one.case_id), to=to, opinion=opinion)
        return queries.request(one.pk)


def post(office: Any, area: str = COMMUNITY, on: date = DAY) -> date:
    """Draft and publish; the first day on which the requests can go on."""
    by = office.reviewer
    with scoped(by):
        notice = publish(by=by, on=on, notice=actions.draft_posting(by=by, on=on, area=area))
    return notice.until + timedelta(days=1)


def make_files(office: Any, number: int, on: date = DAY) -> list[Request]:
    """A request of this office in every state, goods and money given; ``number`` tells two offices apart."""
    sign = "一二三四五"[number - 1]
    names = [f"{word}{sign}难" for word in ("祁", "邢", "穆", "连", "柏")]
    people = [make_person(office.worker, on, name) for name in names]
    fund = make_relief_fund(office.maker, 1_000_000, on, f"LJ-{number}")
    stock = make_stock(office.maker, 20, on, f"LJ-WZ-{number}")
    waiting, paid, shown, under_way = (
        make_request(office, people[0], on, fast=True, wants="棉被1床"), make_request(office, people[1], on, fast=True),
        make_request(office, people[2], on, event="illness", burden=10_000, papers=PAPERS), make_request(office, people[3], on),
    )  # fmt: skip
    paid = step(office.reviewer, paid, on, opinion="情况紧急，先行救助。")
    step(office.worker, survey(office, shown, on), on, to="notice")
    post(office, shown.area, on)
    posted_next = make_request(office, people[4], on, event="study", burden=10_000, papers=PAPERS)
    step(office.worker, survey(office, posted_next, on), on, to="notice")
    with scoped(office.maker):
        actions.give_goods(by=office.maker, on=on, request=paid, stock=stock, pieces=1, proof="本人签字")
        if number == 1:
            actions.order_money(by=office.maker, on=on, request=paid, fund_id=fund.pk)
    return [waiting, paid, shown, under_way]


@dataclass(frozen=True)
class Chain:
    """The hands of one town in the demo."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    maker: Actor


SHOWN = 5
"""Towns of the demo with requests; the goods go to all."""
SAID = {
    "accident": "骑车被撞，住院没有钱。", "fire": "昨夜厨房起火，衣被和粮食都烧了。",
    "sudden_illness": "突然脑梗，正在抢救，交不起押金。", "stranded": "没有拿到工钱，没有饭吃，也没有路费。",
}  # fmt: skip
"""What befell the families of the demo, in their words."""


def demo_relief(plan: DemoPlan) -> None:
    """In some towns help given at once, paid, waiting or revoked; ordinary requests at each of their steps; quilts for all."""
    maker, approver = demo_actor("maker", plan.on), demo_actor("district", plan.on)
    opened = plan.on - timedelta(days=60)
    fund = make_relief_fund(maker, 5_000_000, opened, f"LJ-{opened.year}")
    stock = make_stock(maker, 300, opened, f"LJ-WZ-{opened.year}")
    for index in range(SHOWN):
        plan.tell("临时救助", index, SHOWN)
        chain = Chain(demo_actor(f"worker{index + 1}", plan.on), demo_actor(f"town{index + 1}", plan.on), approver, maker)
        _town(plan, chain, fund, stock, index)
    with scoped(maker):
        if queries.needy_by_town(plan.on):
            words = {"title": f"{plan.on.year}年冬令救济第一批", "pieces": 200, "proof": "各镇街签收单"}
            actions.share_goods(by=maker, on=plan.on - timedelta(days=5), stock=stock, **words)


def _town(plan: DemoPlan, chain: Chain, fund: Any, stock: Any, index: int) -> None:
    with scoped(chain.worker):
        people = _of_different_homes(plan.on)
    zone = Zone.URBAN if chain.worker.area[6:9] < "100" else Zone.RURAL
    days = (12, 1) if index < 2 else (12,)
    for person, ago in zip(people[:2], days, strict=False):
        day = plan.on - timedelta(days=ago)
        event = list(SAID)[(index + ago) % len(SAID)]
        words = {"event": event, "statement": SAID[event], "zone": zone, "whole": ago > 1}
        words["wants"] = "棉被1床" if index % 2 else ""
        one = make_request(chain, person, day, fast=True, **words)
        if ago > 1 or index % 3 == 0:
            one = step(chain.reviewer, one, day, opinion="情况紧急，先行救助。")
        if ago > 1:
            _give(chain, fund, stock, one, day + timedelta(days=1))
            _end(chain, one, day + timedelta(days=4), index)
    if people[2:] and index < len(ORDINARY):
        _ordinary(plan, chain, people[2], zone, ORDINARY[index])


def _of_different_homes(on: date) -> list[Any]:
    """Three people: two of one home would ask for the same emergency."""
    found = list(people_list(on=on, age_from=35, age_to=60).order_by("-id")[:30])
    homes = households_of([person.pk for person in found], on)
    first = {homes.get(person.pk) or -person.pk: person for person in reversed(found)}
    return sorted(first.values(), key=lambda person: -person.pk)[:3]


def _end(chain: Chain, one: Request, day: date, index: int) -> None:
    """The papers came in one town out of three; in one town it turned out to be untrue."""
    if index % 3 == 1:
        papers(chain, one, day)
        step(chain.reviewer, one, day, opinion="手续已补齐，情况属实。")
    if index == 2:
        with scoped(chain.reviewer):
            refuse(by=chain.reviewer, on=day, case=case_by_id(one.case_id), reason="untrue", opinion="经查没有发生事故。")


def _give(chain: Chain, fund: Any, stock: Any, one: Request, day: date) -> None:
    with scoped(chain.maker):
        actions.order_money(by=chain.maker, on=day, request=one, fund_id=fund.pk, cash=True)
        if one.wants:
            actions.give_goods(by=chain.maker, on=day, request=one, stock=stock, pieces=1, proof="本人签字，领用单存档")


ORDINARY = ("shown", "granted", "waiting", "asked")
"""How far a request of the ordinary way has come, town by town."""


def _ordinary(plan: DemoPlan, chain: Chain, person: Any, zone: Zone, until: str) -> None:
    day = plan.on - timedelta(days=20 if until == "granted" else 6)
    one = make_request(
        chain, person, day, event="illness", degree=Degree.MEDIUM, zone=zone, burden=800_000, papers=PAPERS,
        statement="妻子住院，报销后自己负担八千元。",
    )  # fmt: skip
    if until == "asked":
        return
    one = survey(chain, one, day + timedelta(days=2))
    one = step(chain.worker, one, day + timedelta(days=2), to="notice", opinion="入户核实，情况属实。")
    if until == "waiting":
        return
    day = post(chain, one.area, day + timedelta(days=3))
    if until == "shown":
        return
    with scoped(chain.reviewer):
        actions.pass_posted(by=chain.reviewer, on=day, opinion="公示期满无异议。")
        one = queries.request(one.pk)
    step(chain.reviewer if one.case.step == "town" else chain.approver, one, day + timedelta(days=1), opinion="同意救助。")
