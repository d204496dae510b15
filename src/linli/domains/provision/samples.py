"""Homes with rooms, a scheme, cards and a shop, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.provision import actions, queries
from linli.domains.provision.models import Scheme
from linli.domains.provision.rules import CARDS, HOMES
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.ledgers.rules import FundKind, FundLevel, Receiver
from linli.kernel.registry.actions import add_rooms, register_organisation, register_place
from linli.kernel.registry.queries import household_of, people_with_status, places
from linli.kernel.registry.queries import rooms as rooms_of
from linli.kernel.registry.samples import TOWNS, make_areas, make_household

DAY = date(2010, 9, 20)
COMMUNITY = "370404100201"
SET = "彩色电视机/台"


@dataclass(frozen=True)
class Team:
    """The federation's clerk, finance, the approver, and the worker of a village with a home."""

    clerk: Actor
    maker: Actor
    checker: Actor
    approver: Actor
    worker: Actor


def make_team() -> Team:
    """One village, and the district's offices."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "clerk": ("fed", "吴善行", Role.FEDERATION_CLERK, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("fuhe", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY),
    }  # fmt: skip
    return Team(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_home(worker: Actor, name: str = "古邵镇敬老院", rooms: str = "101-110", on: date = DAY) -> Any:
    """A home with its rooms in the worker's village."""
    home = register_place(by=worker, on=on, name=name, kind="home", area=worker.area)
    add_rooms(by=worker, on=on, place_id=home.pk, rooms=rooms)
    return home


def make_shop(worker: Actor, name: str = "峄城慈善超市", on: date = DAY) -> Any:
    """A shop where cards can be used, or that sells goods."""
    return register_organisation(by=worker, on=on, name=name, kind="company", area=worker.area)


def make_scheme(clerk: Actor, on: date = DAY) -> Scheme:
    """银屏惠老: one television set for every room before National Day."""
    words = {"title": "银屏惠老", "name": "彩色电视机", "measure": "台"}
    return actions.open_scheme(by=clerk, on=on, due_on=date(on.year, 9, 30), **words)


def make_goods_fund(clerk: Actor, code: str, name: str, amount: int, on: date = DAY) -> Any:
    """A fund of donated money that is not restricted."""
    words = {"kind": FundKind.DONATION, "level": FundLevel.DISTRICT, "area": DISTRICT}
    fund = books.open_fund(by=clerk, on=on, code=code, name=name, **words)
    books.receive(by=clerk, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo=f"{name}到账")
    return fund


def make_card_order(team: Team, fund: Any, number: int = 1, amount: int = 50_00, on: date = DAY) -> Any:
    """Aid that was granted to a family and waits for its card."""
    books.open_purpose(by=team.clerk, on=on, key=CARDS, name="慈善超市救助卡")
    home = make_household(team.worker, names=(f"赵{'一二三四五六七八九十'[number % 10]}",))
    words = {"person": home.head_id, "household": home.pk, "payee": home.head.name, "area": team.worker.area}
    return books.order_payment(
        by=team.approver, on=on, source=f"sample.card:{home.pk}", amount=amount, purpose=CARDS, shares={fund.pk: amount}, **words
    )


def demo_provision(plan: DemoPlan) -> None:
    """Homes of all towns with their sets, quilts handed out and counted, cards of the supermarket in use."""
    workers = [demo_actor(f"worker{index}", plan.on) for index in range(1, len(TOWNS) + 1)]
    clerk, maker, checker = (demo_actor(name, plan.on) for name in ("federation", "maker", "checker"))
    opened = plan.on - timedelta(days=110)
    homes = [_home(demo_actor(f"town{index}", plan.on), index, opened) for index in range(1, len(TOWNS) + 1)]
    shop = make_shop(workers[0], on=opened)
    _sets(clerk, workers, homes, opened)
    plan.tell("物资与救助卡", 1, 3)
    _quilts(clerk, checker, workers, plan.on)
    plan.tell("物资与救助卡", 2, 3)
    _cards(clerk, maker, shop.pk, plan.on)


def _home(reviewer: Actor, index: int, on: date) -> Any:
    """The town's home, with the numbers of its rooms."""
    with scoped(reviewer):
        home = places(on, kind="home").first()
    assert home is not None, f"{reviewer.area} has no home"
    add_rooms(by=reviewer, on=on, place_id=home.pk, rooms=f"101-{106 + index}、201-{204 + index}")
    return home


def _sets(clerk: Actor, workers: list[Actor], homes: list[Any], opened: date) -> None:
    """Bought for all rooms; five homes have theirs, the sixth some, one set went back to be exchanged."""
    scheme = make_scheme(clerk, opened)
    seller = make_shop(workers[0], "峄城家电商场", opened)
    fund = make_goods_fund(clerk, f"YP-{opened.year}", "银屏惠老专项资金", 20_000_000, opened)
    bought = opened + timedelta(days=10)
    with scoped(clerk):
        wanted = rooms_of(opened, kind="home").count()
    books.buy_goods(
        by=clerk, on=bought, fund=fund, goods=SET, pieces=wanted, price=1_180_00, supplier=seller.pk, purpose=HOMES,
        reference="yin-ping", note="政府采购合同第7号",
    )  # fmt: skip
    for index, home in enumerate(homes[:6]):
        day = bought + timedelta(days=3 + index)
        with scoped(clerk):
            ids = list(queries.rooms_without(scheme, day, home.pk).values_list("pk", flat=True))
        part = ids if index < 5 else ids[:6]
        actions.furnish_home(
            by=clerk, on=day, scheme=scheme, fund=fund, home=home.pk, rooms=part, proof="院长签字，签收表第1页",
            key=f"demo{index}",
        )  # fmt: skip
    with scoped(clerk):
        slip = ledgers.slips(kind="issue", goods=SET).first()
    assert slip is not None
    books.give_back_goods(
        by=clerk, on=bought + timedelta(days=20), slip=slip, pieces=1, reason="屏幕损坏，退回更换", reference="demo-back"
    )


def _quilts(clerk: Actor, checker: Actor, workers: list[Actor], on: date) -> None:
    """Given quilts go to poor families of each town; a loss waits for the second person, an earlier one is posted."""
    with scoped(clerk):
        held = ledgers.stock(words="棉被", left=True).filter(area=DISTRICT).first()
    if held is None:
        return
    day = on - timedelta(days=12)
    for index, worker in enumerate(workers[:4]):
        with scoped(worker):
            person = people_with_status("dibao", day).order_by("id").first()
            home = household_of(person, day) if person else None
        if person is None or held.amount <= index + 1:
            continue
        to = Receiver(person.name, person.area, person=person.pk, household=home.pk if home else None)
        books.hand_out_goods(
            by=clerk, on=day, fund=held.fund, goods=held.unit, pieces=1, to=to, reference=f"demo-quilt{index}",
            memo=f"发放棉被1床：{person.name}", proof="本人签字，领用单存档",
        )  # fmt: skip
    with scoped(clerk):
        held = ledgers.stock_of(held.pk)
    lost = books.report_loss(by=clerk, on=on - timedelta(days=6), stock=held, pieces=1, reason="受潮霉变，照片存档")
    books.approve_adjustment(by=checker, on=on - timedelta(days=5), adjustment=lost, answer="属实，同意报损")
    with scoped(clerk):
        held = ledgers.stock_of(held.pk)
    books.count_goods(by=clerk, on=on - timedelta(days=1), stock=held, found=held.amount - 1, reason="月末盘点少一床，待查")


def _cards(clerk: Actor, maker: Actor, shop: int, on: date) -> None:
    """Families whose aid was granted have their cards, all but the last; some have bought, one lost the card."""
    with scoped(clerk):
        waiting = list(ledgers.waiting_for_cards(CARDS))
    issued = []
    for number, order in enumerate(waiting[:-2], 1):
        issued.append(
            books.issue_card(
                by=clerk, on=on - timedelta(days=10), order=order, number=f"CS{on.year}-{number:04d}",
                expires_on=queries.last_day_of_use(on, order.area), proof=f"本人签领，领卡登记第{1 + number // 20}页",
            )
        )  # fmt: skip
    for number, card in enumerate(issued[: len(issued) * 2 // 3], 1):
        amount = (18_50, 50_00, 32_00)[number % 3]
        books.use_card(
            by=clerk, on=on - timedelta(days=6), card=card, shop=shop, amount=amount, receipt=f"{on.year}12{number:04d}",
            bought="大米、面粉、食用油",
        )  # fmt: skip
    if issued:
        lost = books.lose_card(by=clerk, on=on - timedelta(days=4), card=issued[-1], note="赶集时遗失")
        number = f"CS{on.year}-9001"
        books.replace_card(by=clerk, on=on - timedelta(days=3), card=lost, number=number, proof="本人签领，补卡登记第1页")
    with scoped(maker):
        debt = ledgers.shop_debts().first()
    if debt is not None and debt.owed > 100_00:
        day, voucher = on - timedelta(days=2), f"{on.year}-1201"
        books.settle_shop(by=maker, on=day, fund=debt.fund, shop=shop, amount=100_00, reference=voucher)
