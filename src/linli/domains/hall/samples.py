"""Halls at work, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.domains.hall import actions, queries
from linli.domains.hall.models import Handling
from linli.domains.hall.rules import Act
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
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
    return [waiting, under_way, done, make_handling(worker, people[2], "BZ04", on, ended=True)]
