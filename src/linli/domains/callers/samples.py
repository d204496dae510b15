"""Devices and presses for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from linli.domains.callers import actions, queries
from linli.domains.callers.actions import Kin
from linli.domains.callers.rules import KEYS, Outcome
from linli.gateways.alarms import Beat
from linli.gateways.alarms import Press as Pressed
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.orders.queries import enters_for, order_by_id
from linli.kernel.orders.samples import HOUR, make_desks, moment, settle
from linli.kernel.registry.queries import people_recognised
from linli.kernel.registry.samples import make_areas, make_person

AT = moment(date(2010, 12, 20))
USUAL = {str(key): function.value for key, function in KEYS.items()}
KIN = (Kin("孙女儿", "女儿", "13806321111"), Kin("王邻居", "邻居", "0632-7711234"))


@dataclass(frozen=True)
class Watch:
    """The people around the devices."""

    worker: Actor
    operator: Actor
    chief: Actor


def make_watch() -> Watch:
    """A community, an operator and the district, with desks for all areas."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, "370404001001"),
        "operator": ("ming", "明坐席", Role.HOTLINE_OPERATOR, DISTRICT),
        "chief": ("fu", "傅值班", Role.DISTRICT_APPROVER, DISTRICT),
    }
    watch = Watch(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})
    make_desks(watch.chief)
    return watch


def machine(task: str = "callers.receive") -> Actor:
    """Whoever takes signals."""
    return machine_actor(task, DISTRICT)


def make_device(worker: Actor, name: str = "d-1", *, at: datetime = AT, person: Any = None, **words: Any) -> Any:
    """A device with six keys in somebody's home, two people to be called, and what helpers must know."""
    person = person or make_person(worker, name="孙奶奶", area=worker.area)
    usual = {"address": "和平路12号3单元401", "keys": USUAL, "needs": "独居，高血压，备用钥匙在301室", "kin": KIN}
    return actions.install(by=worker, at=at, person_id=person.pk, name=name, **(usual | words))


def make_press(name: str = "d-1", key: int | None = 1, press_id: str = "p-1", at: datetime = AT) -> Any:
    """A key is pressed and the signal arrives."""
    made = actions.receive(by=machine(), at=at, pressed=Pressed(name, key, press_id))
    return read(made.pk)


def read(press_id: int) -> Any:
    """The press as it stands."""
    with scoped(machine()):
        return queries.press_of(press_id)


def make_caller_files(office: Any, number: int, on: date) -> None:
    """A device with a press that waits and one that is dealt with; ``number`` tells two offices apart."""
    worker, at = office.worker, moment(on)
    person = make_person(worker, name=f"单{'一二三四五'[number - 1]}键", area=worker.area)
    make_device(worker, f"d-{number}", at=at, person=person)
    make_press(f"d-{number}", 1, f"{number}-1", at)
    press = make_press(f"d-{number}", 2, f"{number}-2", at)
    actions.answer(by=worker, at=at, press=press)


def demo_callers(plan: DemoPlan) -> None:
    """Twenty devices of disabled people, as the source tells; a month of presses, and one that waits for an answer."""
    worker, at = demo_actor("worker1", plan.on), moment(plan.on - timedelta(days=30))
    with scoped(worker):
        people = list(people_recognised(("disabled",), plan.on).filter(area=worker.area, died_on=None).order_by("pk")[:20])
    for number, person in enumerate(people, 1):
        make_device(worker, f"YC-{number:04d}", at=at, person=person, address=person.address or "本社区")
    for number in range(2, len(people) + 1):  # the first one stays silent
        actions.hear_beat(by=machine("callers.beat"), at=moment(plan.on, 0), beat=Beat(f"YC-{number:04d}", battery=100 - number))
    for day in range(0, 31 if people else 0, 3):
        when = at + timedelta(days=day, minutes=7 * day)
        press = make_press(f"YC-{(day // 3) % max(1, len(people) - 1) + 2:04d}", day % 6 + 1, f"demo-{day}", when)
        if press.state == "waiting" and day < 30:
            actions.answer(by=worker, at=when + timedelta(seconds=20), press=press)
            done = {"outcome": Outcome.HELPED, "note": "已上门，人平安，已通知家属。"}
            actions.close(by=worker, at=when + timedelta(minutes=9), press=read(press.pk), **done)
        elif press.order_id and day < 27:
            _served(demo_actor("chief", plan.on), worker, press.order_id, when + HOUR)


def _served(chief: Actor, worker: Actor, order_id: int, at: datetime) -> None:
    """What was asked for by a key was brought: by the community itself, or by a firm, for which the centre enters."""
    with scoped(chief):
        order = order_by_id(order_id)
    hand = chief if enters_for(chief, order.desk) else worker
    if order.stage == "sent" and (hand is chief or order.desk.area == worker.area):
        settle(hand, order, at, "已送到家，居民在家签收。")
