"""Halls at work, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.domains.hall import actions, queries
from linli.domains.hall.books import (
    CHANNEL_BOOK,
    HALL_BOOK,
    OPINION_BOOK,
    POINT_BOOK,
    SESSION_BOOK,
    SYSTEM_BOOK,
    WINDOW_BOOK,
)
from linli.domains.hall.models import Handling
from linli.domains.hall.rules import Act, Grade, Stage
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.records.actions import add_entry
from linli.kernel.records.rules import Book
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
    with scoped(worker):
        actions.grade_here(by=worker, on=on, handling=done, stage=Stage.CLOSED, grade=Grade.BAD, words="等得太久")
    return [waiting, under_way, done, make_handling(worker, people[2], "BZ04", on, ended=True)]


VALUES: dict[str, dict[str, Any]] = {
    HALL_BOOK.key: {
        "kind": "one_stop", "state": "used", "counters": 6, "functions": "干部办公、便民服务、议事", "phone": "7710201",
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
    CHANNEL_BOOK.key: {"kind": "box", "holder": "第三小组", "pieces": 1},
}


def make_row(by: Actor, book: Book, on: date = DAY, **values: Any) -> Any:
    """A row of a register with good defaults, on this day."""
    fixed = {book.day: on.isoformat()} | ({"village": by.area} if book.subject else {})
    return add_entry(by=by, on=on, book=book.key, values=VALUES[book.key] | fixed | values)
