"""Halls at work, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.base.areas import Level, level_of
from linli.base.days import month_range, official_calendar
from linli.domains.hall import actions, queries
from linli.domains.hall.books import (
    CHANNEL_BOOK,
    HALL_BOOK,
    HOUR_BOOK,
    OPINION_BOOK,
    POINT_BOOK,
    SESSION_BOOK,
    SINCE,
    SYSTEM_BOOK,
    WINDOW_BOOK,
)
from linli.domains.hall.models import Handling
from linli.domains.hall.rules import DECISION, REVIEW, Act, Grade, Item, Stage
from linli.domains.hall.rules.network import DISTRICT_WATCH, JOINT, TOWN_WATCH, WATCH, System
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan, Refused, Role
from linli.kernel.access.samples import BEGUN, DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.duties.actions import attend, set_roster
from linli.kernel.duties.actions import plan as write_duties
from linli.kernel.duties.samples import done_before
from linli.kernel.records.actions import add_entry
from linli.kernel.records.rules import Book
from linli.kernel.registry.queries import people_list
from linli.kernel.registry.samples import make_areas, make_person

DAY = date(2010, 12, 20)
COMMUNITY, TOWN = "370404001001", "370404001000"
PHONE = "13806320001"


@dataclass(frozen=True)
class Halls:
    """Who sits at the counters of three levels, and who decides behind them."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    town_clerk: Actor
    clerk: Actor


def make_halls() -> Halls:
    """A community's hall, that of its town and that of the district."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY), "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, TOWN),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "town_clerk": ("ma", "马窗口", Role.HALL_CLERK, TOWN), "clerk": ("sun", "孙窗口", Role.HALL_CLERK, DISTRICT),
    }  # fmt: skip
    return Halls(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_resident(worker: Actor, name: str = "陈大妈", **words: Any) -> Any:
    """Somebody of the community, with a telephone."""
    return make_person(worker, name=name, phone=PHONE, **words)


def make_handling(by: Actor, person: Any, code: str = "FL01", on: date = DAY, **words: Any) -> Handling:
    """An item that this counter took, with everything that it asks for unless ``words`` say otherwise."""
    item = queries.item_on(code, on)
    assert item is not None
    words.setdefault("papers", [paper.key for paper in item.asked])
    return actions.take(by=by, on=on, person_id=person.pk, code=code, phone=PHONE, **words)


def mandating(agent: Actor, until: date, acts: tuple[Act, ...] = tuple(Act)) -> actions.Mandating:
    """A signed mandate for this agent."""
    return actions.Mandating(agent.own_hand, acts, until, "本人签字按印，原件存档")


def decide(by: Actor, one: Handling, on: date = DAY, opinion: str = "情况属实，同意。") -> Handling:
    """Pass the present step of the case."""
    with scoped(by):
        case = case_by_id(one.case_id)
        assert case is not None
        pass_step(by=by, on=on, case=case, opinion=opinion)
        return queries.handling(one.pk)


def make_files(office: Any, number: int, on: date = DAY) -> list[Handling]:
    """What a community's hall has at each stage; ``number`` tells two offices apart."""
    sign, worker = "一二三四五"[number - 1], office.worker
    people = [make_person(worker, on, f"{word}{sign}厅", phone=PHONE) for word in ("施", "岑", "柏")]
    agent = mandating(worker, on.replace(year=on.year + 1))
    waiting = make_handling(worker, people[0], "FL01", on, papers=["identity"], agent=agent)
    under_way = make_handling(worker, people[1], "FL01", on)
    done = decide(office.reviewer, make_handling(worker, people[2], "FL02", on), on)
    for window in ("aid", "aid", "welfare"):
        actions.draw_ticket(by=worker, on=on, window=window)
    actions.end_ticket(by=worker, on=on, ticket=actions.call_next(by=worker, on=on, desk="1"), came=False)
    actions.call_next(by=worker, on=on, desk="1")
    booking = {"window": "aid", "start": 540, "what": "临时救助申请", "phone": PHONE}
    actions.book(by=worker, on=on - timedelta(days=1), day=on, name=people[0].name, **booking)
    actions.book(by=worker, on=on, day=on + timedelta(days=1), name=people[1].name, **booking)
    with scoped(worker):
        actions.grade_here(by=worker, on=on, handling=done, stage=Stage.CLOSED, grade=Grade.BAD, words="等得太久")
    return [waiting, under_way, done, make_handling(worker, people[2], "BZ04", on, ended=True)]


VALUES: dict[str, dict[str, Any]] = {
    HALL_BOOK.key: {
        "kind": "one_stop", "state": "used", "counters": 6, "functions": "干部办公、便民服务、议事", "phone": "0632-7710201",
    },
    WINDOW_BOOK.key: {"permits": False, "does": "救助、福利申请受理", "hours": "每周一至周五", "people": 1},
    POINT_BOOK.key: {"kind": "point", "place": "和平路12号", "funding": "state", "offers": "代收、代缴、代购"},
    SYSTEM_BOOK.key: {"phone": "7710200", "hours": "工作日8:30至17:30"},
    SESSION_BOOK.key: {
        "hours": 8, "chair": "孙书记", "came": 9, "leader": "李副镇长", "matters": "低保评议、修路、调解", "raised": 6,
        "settled": 5, "result": "五件当场办结，一件报镇里。",
    },
    OPINION_BOOK.key: {
        "source": "box", "group": "第三小组", "topic": "roads", "said": "村口的路灯不亮", "handler": "李社工",
        "result": "settled",
    },
    HOUR_BOOK.key: {"window": "all", "days": "working", "opens": "09:00", "closes": "16:30", "places": 3},
    CHANNEL_BOOK.key: {"kind": "box", "holder": "第三小组", "pieces": 1},
}


def make_row(by: Actor, book: Book, on: date = DAY, **values: Any) -> Any:
    """A row of a register with good defaults, on this day."""
    fixed = {book.day: on.isoformat()} | ({book.subject: by.area} if book.subject else {})
    return add_entry(by=by, on=on, book=book.key, values=VALUES[book.key] | fixed | values)


COMMUNITY_YEAR = ("FL03", "FL01", "BZ04", "FL02", "JY06", "JZ06", "BZ05", "WS02", "JS01", "BZ01", "JY02", "FL08")
DISTRICT_YEAR = ("SP04", "SW01", "JY04", "ZA05", "BZ07", "SP06")
FROM_AGE = {"FL02": 80, "FL03": 60}
"""Items of the demo that only the old may ask for."""
GRADES = (Grade.VERY_GOOD, Grade.GOOD, Grade.VERY_GOOD, Grade.FAIR, Grade.GOOD, Grade.VERY_GOOD, Grade.BAD)


HEARD = (
    (17, {"source": "visit", "group": "12号楼", "topic": "roads", "said": "楼道灯坏了三天没有修", "result": "settled"}),
    (12, {"group": "7号楼", "topic": "health", "said": "希望社区每月量一次血压", "result": "settled"}),
    (6, {"group": "3号楼", "topic": "living", "said": "想知道低保多久复核一次", "result": "settled"}),
    (2, {"group": "9号楼", "topic": "order", "said": "晚上有人在楼下放鞭炮", "result": "open"}),
)
"""What residents of the first community of the demo said this month: days before the demo's day, and the entry."""


@dataclass(frozen=True)
class DemoHall:
    """The two halls of the demo and who decides behind them."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    clerk: Actor


def demo_hall(plan: DemoPlan) -> None:
    """A community's hall and that of the district over a year, the registers of the network, and a morning's queue."""
    names = {"worker": "worker1", "reviewer": "town1", "approver": "district", "clerk": "clerk"}
    halls = DemoHall(**{key: demo_actor(name, plan.on) for key, name in names.items()})
    _registers(plan, halls)
    with scoped(halls.worker):
        people = list(people_list(on=plan.on, age_from=30, age_to=75).order_by("id")[:40])
        old = {code: list(people_list(on=plan.on, age_from=age).order_by("id")[:12]) for code, age in FROM_AGE.items()}
    turn = 0
    for month in range(11, -1, -1):
        day = plan.on - timedelta(days=30 * month + 1)
        plan.tell("服务大厅", 11 - month, 12)
        for codes, by, each in ((COMMUNITY_YEAR, halls.worker, 2), (DISTRICT_YEAR, halls.clerk, 1)):
            for _ in range(each if people else 0):
                code = codes[turn // 2 % len(codes)]
                may = old.get(code) or people
                _one(halls, by, may[turn % len(may)], code, day, turn, month)
                turn += 1
    _morning(plan, halls)
    _rosters(plan, halls)
    done_before(by=halls.approver, on=plan.on, keys=(WATCH, TOWN_WATCH, DISTRICT_WATCH, JOINT))


def _rosters(plan: DemoPlan, halls: DemoHall) -> None:
    """Two on duty at each hall in use: who came until today, who is on today, who will be until the end of the month."""
    founders, village = make_founders(since=BEGUN), demo_actor("worker7", plan.on)
    mates = {
        "hall1": ("孙和顺", Role.COMMUNITY_WORKER, halls.worker.area), "hall2": ("马坛山", Role.HALL_CLERK, halls.reviewer.area),
        "hall7": ("刘峨山", Role.COMMUNITY_WORKER, village.area), "hall0": ("方区厅", Role.HALL_CLERK, halls.clerk.area),
    }  # fmt: skip
    made = {name: make_staff(name, *words, on=BEGUN, founders=founders) for name, words in mates.items()}
    machine = machine_actor("duties.plan", DISTRICT)
    for key, setter, pair in (
        (WATCH, halls.worker, (halls.worker, made["hall1"])), (WATCH, village, (village, made["hall7"])),
        (TOWN_WATCH, halls.reviewer, (halls.reviewer, made["hall2"])),
        (DISTRICT_WATCH, halls.approver, (halls.clerk, made["hall0"])),
    ):  # fmt: skip
        write_duties(by=machine, on=plan.on, duty=key)
        day, last = max(SINCE, plan.on.replace(day=1)), month_range(plan.on.year, plan.on.month)[1]
        while day < last:
            if official_calendar().is_working(day):
                words = {"duty": key, "area": setter.area, "day": day, "staff": [one.own_hand for one in pair]}
                shifts = set_roster(by=setter, on=min(day, plan.on), **words)
                for shift in shifts if day < plan.on else ():
                    attend(by=next(one for one in pair if one.own_hand == shift.staff_id), on=day, shift_id=shift.pk)
            day += timedelta(days=1)


def _one(halls: DemoHall, by: Actor, person: Any, code: str, day: date, turn: int, month: int) -> None:
    item = queries.item_on(code, day)
    if item is None or not item.taken_at(Level(level_of(by.area))):
        return
    short = turn % 9 == 4 and month == 0
    agent = mandating(by, day + timedelta(days=60)) if not item.spot and turn % 3 == 0 else None
    papers = [paper.key for paper in item.asked][: 1 if short else None]
    try:
        one = make_handling(by, person, code, day, papers=papers, ended=True, agent=agent)
    except Refused:
        return  # asked for already in an earlier month
    late = timedelta(days=25 if turn % 8 == 7 else 6)
    if month and not item.spot:
        with scoped(halls.approver):
            one = queries.handling(one.pk)
        for step in (REVIEW, DECISION):
            if one.case.state == "open" and one.case.step == step:
                actor = halls.reviewer if step == REVIEW or item.decided is Level.TOWN else halls.approver
                one = decide(actor, one, day + late)
    with scoped(by):
        one = queries.handling(one.pk)
        if one.case.state != "closed":
            return
        if one.result_on is None:
            actions.hand_over(by=by, on=one.case.closed_on, handling=one, to=person.name)
        grade = GRADES[turn % len(GRADES)]
        actions.grade_here(by=by, on=one.case.closed_on, handling=one, stage=Stage.CLOSED, grade=grade)


def _registers(plan: DemoPlan, halls: DemoHall) -> None:
    day = plan.on - timedelta(days=300)
    make_row(halls.approver, HALL_BOOK, day, kind="district", name="区公共行政服务中心", counters=40)
    make_row(halls.reviewer, HALL_BOOK, day, kind="street", name="坛山街道服务中心", counters=12)
    make_row(halls.worker, HALL_BOOK, day, name="一站式服务大厅")
    for department in ("区工商局", "区人口计生局", "公安派出所", "区人力资源和社会保障局"):
        make_row(halls.approver, WINDOW_BOOK, day, hall="区公共行政服务中心", department=department, permits=True)
    make_row(halls.worker, POINT_BOOK, day, name="和顺便民超市")
    for system in System:
        open_ = {"phone": "96777", "hours": "24小时"} if system is System.CALLS else {}
        make_row(halls.approver, SYSTEM_BOOK, day, system=system.value, unit=system.zh, **open_)
    village = demo_actor("worker7", plan.on)
    for kind, name in (("village_admin", "行政服务中心"), ("village_living", "生活服务中心")):
        make_row(village, HALL_BOOK, day, kind=kind, name=name)
    write_duties(by=machine_actor("duties.plan", DISTRICT), on=plan.on, duty=JOINT)
    for ago in (45, 31, 14, 5):
        make_row(village, SESSION_BOOK, plan.on - timedelta(days=ago))
        said = {"topic": "land", "said": "征地补偿款还没有发到户"} if ago % 2 else {}
        make_row(village, OPINION_BOOK, plan.on - timedelta(days=ago), **said)
    make_row(village, CHANNEL_BOOK, day)
    for ago, said in HEARD:
        make_row(halls.worker, OPINION_BOOK, plan.on - timedelta(days=ago), handler="李社工", **said)


def _morning(plan: DemoPlan, halls: DemoHall) -> None:
    for first, by in ((0, halls.worker), (10, halls.clerk)):
        windows = [key for key, _ in queries.windows_of(by.area, plan.on)][:3]
        for window in (*windows, *windows):
            actions.draw_ticket(by=by, on=plan.on, window=window)
        actions.call_next(by=by, on=plan.on, desk="1")
        booking = {"window": windows[0], "day": plan.on + timedelta(days=1), "what": "业务咨询"}
        actions.book(by=by, on=plan.on, start=540, name="陈大妈", phone=PHONE, **booking)
        _booked(plan, by, first)


def _booked(plan: DemoPlan, by: Actor, first: int) -> None:
    """What residents booked by themselves: some come today, some on the days that follow; ``first``: of their telephones."""
    level, day = Level(level_of(by.area)), plan.on - timedelta(days=3)
    hall = queries.PublicHall(by.area, level, "", "", "服务大厅", "0632-7710201")
    taken = [item for item in queries.catalogue().on(day) if item.taken_at(level)][:6]
    for turn, (item, name) in enumerate(zip(taken, ("田晓光", "蒋玉兰", "白志强", "孔凡英", "崔建国", "龙小梅"), strict=False)):
        wanted, phone = plan.on + timedelta(days=turn // 3), f"1396320{first + turn:04d}"
        make_booking(hall, item, day, wanted, 540 + 30 * (turn % 3), name, phone)


def make_booking(
    hall: queries.PublicHall, item: Item, on: date, day: date, start: int, name: str, phone: str, using: str = "default"
) -> actions.Made:
    """A resident books by the public page; in a demo within the program's own transaction."""
    words = {"hall": hall, "item": item, "day": day, "start": start, "name": name, "phone": phone, "texts": False}
    return actions.book_from_web(on=on, address="", using=using, **words)  # type: ignore[arg-type]
