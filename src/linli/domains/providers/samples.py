"""Made-up providers and services for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from linli.base.areas import WHOLE
from linli.domains.providers import actions, queries
from linli.domains.providers.rules import GROUP, GROUP_ZH, Contested, Measure, ProviderKind, Service
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import order_by_id
from linli.kernel.orders.rules import CallOutcome, Channel, Satisfaction
from linli.kernel.orders.samples import COMMUNITY, DAY, TOWN, make_desks, moment
from linli.kernel.registry.actions import recognise_status, register_organisation
from linli.kernel.registry.queries import people_list, people_with_status
from linli.kernel.registry.samples import make_areas, make_person

AT = moment(DAY, 9)
HOUR = timedelta(hours=1)
ITEMS = {
    Service.CLEANING: ("日常保洁", Measure.HOUR, 30_00), Service.MEALS: ("午餐配送", Measure.PIECE, 10_00),
    Service.HAIRCUT: ("上门理发", Measure.TIME, 15_00), Service.REPAIR: ("水电小修", Measure.TIME, 40_00),
    Service.MEDICAL: ("测血压换药", Measure.TIME, 30_00), Service.OLD: ("老人看护", Measure.HOUR, 25_00),
}  # fmt: skip


WISH: dict[str, Any] = {"name": "孙女士", "address": "和平路12号", "using": "default"}


@dataclass(frozen=True)
class Centre:
    """The people around a service: who orders, who decides, who is second, who pays, who works near the households."""

    operator: Actor
    chief: Actor
    second: Actor
    worker: Actor
    reviewer: Actor
    maker: Actor
    founders: tuple[Actor, Actor]


def make_centre() -> Centre:
    """A centre with desks for all areas; no provider yet."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "operator": ("ming", "明坐席", Role.HOTLINE_OPERATOR, DISTRICT),
        "chief": ("fu", "傅值班", Role.DISTRICT_APPROVER, DISTRICT),
        "second": ("pan", "潘复核", Role.DISTRICT_APPROVER, DISTRICT),
        "worker": ("hu", "胡社工", Role.COMMUNITY_WORKER, COMMUNITY), "reviewer": ("bai", "白审核", Role.TOWN_REVIEWER, TOWN),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
    }  # fmt: skip
    made = {key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()}
    make_desks(made["chief"], FIRST_DAY)
    return Centre(**made, founders=founders)


def make_provider(
    by: Actor, on: date = FIRST_DAY, name: str = "洁万家家政", services: tuple[Service, ...] = (Service.CLEANING,), **words: Any
) -> Any:
    """An application with its items at their usual prices, or ``price`` fen for each; a firm is a registered unit."""
    price, kind = words.pop("price", None), words.get("kind", ProviderKind.FIRM)
    if kind is not ProviderKind.PERSON and "organisation_id" not in words:
        registrar = words.pop("registrar", by)
        unit = register_organisation(by=registrar, on=on, name=name, kind="company", area=registrar.area)
        words["organisation_id"] = unit.pk
    words.pop("registrar", None)
    given = {
        "kind": kind, "contact": "陶经理", "phone": "0632-7711001", "licence": "营业执照齐全", "staff": 6,
        "everywhere": True,
    }  # fmt: skip
    made = actions.apply(by=by, on=on, name=name, **(given | words))
    for one in services:
        item, measure, fen = ITEMS[one]
        actions.add_offer(by=by, on=on, provider=made, service=one, name=item, measure=measure, fen=price or fen)
    return made


def make_trial(centre: Any, on: date = FIRST_DAY, name: str = "洁万家家政", **words: Any) -> Any:
    """A provider on trial since a day: it has a seat, a desk, and gets orders."""
    made = make_provider(centre.operator, on, name, registrar=centre.worker, **words)
    return actions.start_trial(by=centre.chief, on=on, provider=made)


def make_clerk(centre: Any, provider: Any, username: str = "tao", name: str = "陶经理") -> Actor:
    """The provider's own account: a post at its seat."""
    return make_staff(username, name, Role.DESK_CLERK, provider.area, FIRST_DAY, centre.founders)


def make_resident(worker: Actor, kind: str = "dibao", name: str = "孙奶奶", birth: date = date(1928, 3, 1), **facts: Any) -> Any:
    """Somebody of the worker's community, recognised as something if said."""
    person = make_person(worker, name=name, birth=birth, phone="13806320001", **facts)
    if kind:
        grade = {"dibao": "urban", "tekun": "home", "disabled": "41"}.get(kind, "")
        recognise_status(by=worker, on=FIRST_DAY, person_id=person.pk, kind=kind, grade=grade, since=FIRST_DAY, source="sample")
    return person


def offer_of(provider: Any, service: Service | None = None, on: date = DAY) -> Any:
    """An item of a provider with its price of the day."""
    with scoped(WHOLE):
        rows = queries.offers_of(provider, on)
        return (rows.filter(service=service) if service else rows).first()


def make_service(by: Actor, offer: Any, at: datetime = AT, person: Any = None, **words: Any) -> Any:
    """A service ordered at the price that was told."""
    given = {
        "place": person.area if person else COMMUNITY, "caller": person.name if person else "孙来电", "phone": "13806320001",
        "address": "和平路12号院", "wanted_on": at.date(), "person_id": person.pk if person else None,
        "agreed": offer.fen, "channel": Channel.PHONE, "again": True,
    } | words  # fmt: skip
    return actions.order_service(by=by, at=at, offer_id=offer.pk, **given)


def read(service: Any) -> Any:
    """The service order as it stands, whoever may see it."""
    with scoped(WHOLE):
        return queries.service(service.pk)


def serve(by: Actor, service: Any, at: datetime) -> Any:
    """Sign, come an hour later, be done after another."""
    one = read(service)
    if one.order.stage == "sent":
        actions.accept(by=by, at=at, service=one)
    actions.begin(by=by, at=at + HOUR, service=read(one), started_at=at + HOUR)
    return actions.finish(by=by, at=at + 2 * HOUR, service=read(one), ended_at=at + 2 * HOUR, result="已做完，现场已整理。")


def confirm(by: Actor, service: Any, at: datetime, grade: Satisfaction = Satisfaction.GOOD, solved: bool = True) -> Any:
    """The resident is called back."""
    with scoped(WHOLE):
        order = order_by_id(service.order_id)
    work.call_back(by=by, at=at, order=order, outcome=CallOutcome.REACHED, solved=solved, grade=grade)
    return read(service)


def make_done(centre: Any, offer: Any, at: datetime = AT, person: Any = None, by: Actor | None = None, **words: Any) -> Any:
    """A service that was ordered, done and confirmed; ``by``: the provider's clerk, else the centre enters for it."""
    one = make_service(centre.operator, offer, at, person, **words)
    serve(by or centre.chief, one, at + HOUR)
    return confirm(centre.operator, one, at + 5 * HOUR)


def make_service_fund(maker: Actor, amount: int = 1_000_000, on: date = DAY, code: str = "FW-1", area: str = DISTRICT) -> Any:
    """Money of the budget for services at home only."""
    books.open_purpose(by=maker, on=on, key=GROUP, name=GROUP_ZH)
    fund = books.open_fund(
        by=maker, on=on, code=code, name="居家服务补贴资金", kind=FundKind.FISCAL, level=FundLevel.DISTRICT, area=area,
        purposes={GROUP: "财政专项资金"},
    )  # fmt: skip
    books.receive(by=maker, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo="居家服务补贴到账")
    return fund


NEXT_MONTH = date(2011, 1, 4)


def make_statement(centre: Any, provider: Any, month: date = DAY, on: date = NEXT_MONTH, by: Actor | None = None) -> Any:
    """What the provider's bill says is what the residents confirmed."""
    with scoped(WHOLE):
        (due,) = queries.owed(month.replace(day=1), provider.pk)
    return actions.state_month(
        by=by or centre.second, on=on, provider=provider, month=month, orders=due.orders, amount=due.amount
    )



def make_provider_files(office: Any, number: int, on: date) -> None:
    """A provider that has applied and one on trial with services at every step; ``number`` tells two offices apart.

    The operator "he" and the desks are those of the orders' files.
    """
    operator, mark = demo_actor("he", FIRST_DAY), "一二三四五"[number - 1]
    names = {"registrar": office.worker, "everywhere": False, "reaches": (f"{office.worker.area[:9]}000",)}
    make_provider(operator, on, f"申请家政{mark}", **names)
    words = {"services": (Service.MEALS, Service.CLEANING), **names}
    made = make_provider(operator, FIRST_DAY, f"试用家政{mark}", **words)
    actions.add_department(by=operator, on=FIRST_DAY, provider=made, name=f"第{mark}服务部", staff=3)
    made = actions.start_trial(by=office.approver, on=FIRST_DAY, provider=made)
    clerk = make_staff(f"firm{number}", f"陶经理{mark}", Role.DESK_CLERK, made.area, FIRST_DAY, make_founders())
    meals, person = offer_of(made, Service.MEALS), make_resident(office.worker, "tekun", f"孙奶奶{mark}")
    november = moment(date(2010, 11, 8))
    make_service(operator, meals, november - timedelta(days=4), place=office.worker.area)  # nobody signs it
    actions.watch(by=machine_actor("providers.watch", DISTRICT), at=moment(on, 7))
    done = [_eaten(operator, clerk, meals, november + timedelta(days=rank), person) for rank in range(3)]
    actions.contest(by=clerk, on=on, service=done[0], ground=Contested.TIME, text="送到的时间记错了，请更正。")
    if number == 1:
        fund = make_service_fund(office.maker, 1_000_00, on, f"FW-{number}")
        statement = make_statement(SecondOf(office.approver), made, november.date(), on)
        actions.pay_statement(by=office.maker, on=on, statement=statement, fund_id=fund.pk)
    _steps(operator, clerk, meals, moment(on, 8), person)
    wish = {"service": Service.CLEANING, "place": office.worker.area} | WISH
    for rank in range(2):
        actions.wish_from_web(on=on, phone=f"1380632000{number * 2 + rank}", wanted_on=on + timedelta(days=rank), **wish)


@dataclass(frozen=True)
class SecondOf:
    """Who states what others entered."""

    second: Actor


def _eaten(operator: Actor, clerk: Actor, meals: Any, at: datetime, person: Any) -> Any:
    one = make_service(operator, meals, at, person)
    serve(clerk, one, at + HOUR)
    return confirm(operator, one, at + 5 * HOUR)


def _steps(operator: Actor, clerk: Actor, meals: Any, at: datetime, person: Any) -> None:
    """Services that wait to be signed, begun, ended, confirmed, and one that was cancelled."""
    waiting, signed, begun, handled, gone = (
        make_service(operator, meals, at, wanted_on=at.date() + timedelta(days=rank), place=person.area)
        for rank in range(5)
    )
    for one in (signed, begun):
        actions.accept(by=clerk, at=at, service=read(one))
    actions.begin(by=clerk, at=at, service=read(begun), started_at=at)
    serve(clerk, handled, at)
    number = read(handled).order.number
    with scoped(operator):
        code = queries.code_of(number)
    actions.reply_from_web(at=at + 3 * HOUR, number=number, code=code, grade=Satisfaction.BEST, using="default")
    actions.cancel(by=operator, on=at.date(), service=read(gone), why="临时有事")
    assert waiting


BESIDE: tuple[tuple[str, tuple[Service, ...], dict[str, Any]], ...] = (
    ("利民水电维修部", (Service.REPAIR,), {"phone": "0632-7711002", "contact": "韩师傅", "staff": 4}),
    ("康宁居家护理站", (Service.MEDICAL, Service.OLD), {"phone": "0632-7711003", "contact": "尤护士", "staff": 5}),
)
"""Who else is on trial in the demo: residents find repairs, care and a nurse beside meals and cleaning."""


def _barber(worker: Actor, on: date) -> list[Any]:
    """A resident with a skill (一技之长) who comes to cut the hair of the old."""
    with scoped(worker):
        person = people_list(on=on, area=worker.area, age_from=30, age_to=59).first()
    if person is None:
        return []
    words = {
        "kind": ProviderKind.PERSON, "person_id": person.pk, "phone": "0632-7711004", "contact": person.name, "staff": 1,
        "licence": "理发师职业资格证",
    }  # fmt: skip
    return [(f"{person.name}（一技之长）", (Service.HAIRCUT,), words)]


def _member(plan: DemoPlan, operator: Actor, chief: Actor, worker: Actor) -> None:
    """A firm whose trial went well, admitted by another hand, which brought lunch all last month and was paid for it."""
    since = plan.on - timedelta(days=150)
    words = {"contact": "贺经理", "phone": "0632-7711005", "registrar": worker}
    firm = make_provider(operator, since, "康乐助老配餐中心", (Service.MEALS,), **words)
    firm = actions.start_trial(by=chief, on=since, provider=firm)
    month = plan.on.replace(day=1) - timedelta(days=1)
    with scoped(operator):
        people = list(people_list(on=month, age_from=80).order_by("id")[:3])
    if not people:
        return

    def eaten(day: date, person: Any) -> None:
        at = moment(day)
        one = make_service(operator, offer_of(firm, Service.MEALS, day), at, person)
        serve(chief, one, at + HOUR)
        confirm(operator, one, at + 5 * HOUR)

    for rank in range(6):
        eaten(since + timedelta(days=10 + 7 * rank), people[rank % len(people)])
    firm = actions.propose(by=operator, on=since + timedelta(days=92), provider=firm, why="六次配餐居民都满意，没有失约。")
    firm = actions.admit(by=chief, on=since + timedelta(days=94), provider=firm, opinion="同意加盟。")
    for rank in range(8):
        eaten(month.replace(day=2 + 3 * rank), people[rank % len(people)])
    stated = month + timedelta(days=3)
    with scoped(WHOLE):
        owed = queries.owed(month.replace(day=1), firm.pk)
    if not owed:
        return
    due = owed[0]
    statement = actions.state_month(
        by=demo_actor("district", plan.on), on=stated, provider=firm, month=month, orders=due.orders, amount=due.amount
    )
    maker = demo_actor("maker", plan.on)
    fund = make_service_fund(maker, 50_000_00, stated, "FW-2010")
    actions.pay_statement(by=maker, on=stated + timedelta(days=2), statement=statement, fund_id=fund.pk)


def demo_providers(plan: DemoPlan) -> None:
    """A member that is paid, a firm on trial, asked last month and today, a network that has applied, and a wish."""
    operator, chief, worker = (demo_actor(name, plan.on) for name in ("operator", "chief", "worker1"))
    since, wish_on = plan.on - timedelta(days=60), plan.on + timedelta(days=2)
    _member(plan, operator, chief, worker)
    firm = make_provider(operator, since, "万帮便民服务中心", (Service.MEALS, Service.CLEANING), registrar=worker)
    firm = actions.start_trial(by=chief, on=since, provider=firm)
    for name, services, words in (*BESIDE, *_barber(worker, plan.on)):
        made = make_provider(operator, since, name, services, registrar=worker, **words)
        actions.start_trial(by=chief, on=since, provider=made)
    network = {"kind": ProviderKind.NETWORK, "services": (Service.MEDICAL,), "registrar": worker}
    make_provider(operator, plan.on - timedelta(days=3), "百利民生社区网络服务中心", **network)
    with scoped(worker):
        person = people_with_status("dibao", plan.on).order_by("id").first()
    if person is not None:
        at = moment(plan.on.replace(day=1) - timedelta(days=9))
        one = make_service(operator, offer_of(firm, Service.MEALS, at.date()), at, person)
        serve(chief, one, at + HOUR)
        confirm(operator, one, at + 5 * HOUR)
    make_service(operator, offer_of(firm, Service.CLEANING, plan.on), moment(plan.on, 8), place=worker.area)
    actions.wish_from_web(
        on=plan.on, service=Service.CLEANING, place=worker.area, phone="13806320001", wanted_on=wish_on, **WISH
    )
