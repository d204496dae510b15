"""A live day of the demo: calls, presses, orders, numbers in the hall and visits happen through the real gateways and actions.

The same seed plays the same day. What has been played is known by its place in the day, so a second start goes on there.
"""

from __future__ import annotations

import heapq
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from linli.base.days import SHANGHAI
from linli.domains.callers import actions as callers
from linli.domains.callers.queries import alarms, devices
from linli.domains.callers.rules import Outcome
from linli.domains.callers.tasks import listen
from linli.domains.hall import actions as hall
from linli.domains.hall.queries import waiting, windows_of
from linli.gateways.alarms import Beat, FakeCallers
from linli.gateways.alarms import Press as Pressed
from linli.gateways.telephony import CannotDo, Day, FakeExchange, Happened, play
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_moment
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import demo_actor
from linli.kernel.calls.actions import call_returned, tie
from linli.kernel.calls.queries import calls as all_calls
from linli.kernel.calls.queries import due_calls
from linli.kernel.calls.tasks import serve
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import centre_orders, ends_in_writing, own_orders
from linli.kernel.orders.rules import CallOutcome, Channel, Satisfaction, Stage
from linli.kernel.registry.queries import clear_phone, people_list
from linli.site.demo import done_steps

FILE = "live.json"
CALLS, PRESSES, NUMBERS, ROUNDS, STEPS = 500, 40, 120, 24, 300
"""How much happens in a day: calls, presses, numbers drawn in the hall, orders of workers on their round, steps of handling."""
KNOWN = 30
"""Residents of each community who ring, and as many numbers that nobody knows."""
DESKS = ("8001", "8002", "8003", "8004")
ASKED = (
    ("401010", "楼下垃圾堆了两天没有人清。"), ("303010", "楼上夜里很吵。"), ("402010", "巷口的路灯坏了。"),
    ("102020", "厨房下水道堵了。"), ("301010", "老伴住院，家里没有钱买药。"), ("403020", "邻居搭棚子堵了过道。"),
)  # fmt: skip
HANDS = ("worker1", "worker2", "worker3", "town1", "town2", "desk6")

Act = Callable[[], str]
Tell = Callable[[float, str], None]


@dataclass
class Place:
    """How far a day has been played: its seed and the seconds of the day."""

    seed: int
    seconds: float = 8 * 3600.0


def read_place(home: Path, seed: int) -> Place:
    """Where the day of this seed goes on."""
    try:
        kept = Place(**json.loads((home / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return Place(seed)
    return kept if kept.seed == seed else Place(seed)


def write_place(home: Path, place: Place) -> None:
    """Keep it for the next start."""
    fresh = home / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(place)) + "\n")
    fresh.rename(home / FILE)


def check_demo() -> None:
    """:raises Refused: the database is none of the demo's, so nothing may happen in it by itself."""
    if not done_steps():
        raise Refused("这个数据库不是演示数据库，没有做任何事。请先用 script/demo 建立演示区，再演示忙碌的一天。")


class Live:
    """One day, played into the database by the demo's own staff."""

    def __init__(self, on: date, seed: int) -> None:
        self.on, self.chance = on, random.Random(seed)
        self.people = {name: demo_actor(name, on) for name in ("operator", "operator2", "clerk", *HANDS)}
        mark = f"live-{seed}-{int(time.time())}"
        self.exchange, self.boxes, self.mark, self.pressed = FakeExchange(business_moment, name=mark), FakeCallers(), mark, 0
        self.known: dict[str, str] = {}
        with scoped(self.people["operator"]):
            self.callers = {clear_phone(one): one for one in self._residents()}
            self.devices = list(devices(standing="used").values_list("name", flat=True)[:50])

    def _residents(self) -> Iterator[Any]:
        """Residents of age who left a number: the console knows most of those who ring."""
        for name in ("worker1", "worker2", "worker3"):
            words = {"area": self.people[name].area, "age_from": 18}
            yield from people_list(on=self.on, **words).exclude(phone_sealed=None)[:KNOWN]

    def events(self, seed: int) -> Iterator[tuple[float, str, Act]]:
        """What happens in the day, in order: the second of the day, what, and the act."""
        start = datetime.combine(self.on, datetime.min.time(), SHANGHAI)
        numbers = [*sorted(self.callers), *(f"1390547{n:04d}" for n in range(KNOWN)), "", ""]
        chance = random.Random(seed + 1)
        day = play(Day(start, CALLS, DESKS, numbers, seed))
        calls = (((one.at - start) / timedelta(seconds=1), "来电", self._call(one)) for one in day)
        others = [
            *self._spread(chance, PRESSES, 0, 24, "按键", self.press), *self._spread(chance, PRESSES, 0, 24, "接警", self.answer),
            *self._spread(chance, NUMBERS, 8.5, 17.5, "取号", self.draw),
            *self._spread(chance, NUMBERS, 8.5, 17.6, "叫号", self.call_number),
            *self._spread(chance, ROUNDS, 8, 18, "走访", self.round), *self._spread(chance, STEPS, 7, 21, "办理", self.handle),
        ]  # fmt: skip
        return heapq.merge(calls, sorted(others, key=lambda one: one[0]), key=lambda one: one[0])

    def _spread(self, chance: random.Random, count: int, first: float, last: float, what: str, act: Act) -> list[Any]:
        return [(chance.uniform(first, last) * 3600, what, act) for _ in range(count)]

    def _call(self, event: Any) -> Act:
        def act() -> str:
            if event.what is Happened.RINGING:
                self.known[event.call] = self.exchange.ring(event.number)
                return "振铃"
            key = self.known.get(event.call, "")
            try:
                if event.what is Happened.ANSWERED and key:
                    self.exchange.answer(key, event.desk)
                    return f"分机{event.desk}接听"
            except CannotDo:
                return "已由坐席接听"
            return self._hung_up(key, event.number)

        return act

    def _hung_up(self, key: str, number: str) -> str:
        """The call ends, and an order comes of it; one that a person has taken at the console is that person's."""
        desk = self.exchange.desk_of(key) if key else ""
        if not key or (desk and desk not in DESKS):
            return "坐席正在通话"
        self.exchange.hang_up(key)
        return self._ordered(key, number) if desk else "来电人挂断"

    def _ordered(self, key: str, number: str) -> str:
        code, text = self.chance.choice(ASKED)
        by, place = self.people["operator"], self.people[self.chance.choice(("worker1", "worker2", "worker3"))].area
        words: dict[str, Any] = {"caller": f"{self.chance.choice('王李张刘')}先生", "address": f"和平路{self._house()}号"}
        if (person := self.callers.get(number)) is not None:
            place, words = person.area, {"caller": person.name, "address": person.address, "person": person.pk}
        intake = work.Intake(Channel.PHONE, code, place, text, phone=number, **words)
        if self.chance.random() < 0.4:
            taken = work.answer_at_once(by=by, at=business_moment(), intake=intake, answer="已按知识库口径答复，来电人表示清楚。")
        else:
            taken = work.take(by=by, at=business_moment(), intake=intake)
        with scoped(by):
            call = all_calls().filter(key=key).first()
        if call is not None:
            tie(by=by, call_id=call.pk, order_id=taken.id)
        return f"工单{taken.number}{'派给' + taken.desk if taken.desk else '当场答复'}"

    def _house(self) -> int:
        return self.chance.randint(1, 200)

    def press(self) -> str:
        """A device's key is pressed; now and then one only says that it is alive."""
        if not self.devices:
            return "没有呼叫器"
        name, self.pressed = self.chance.choice(self.devices), self.pressed + 1
        self.boxes.put(Beat(self.chance.choice(self.devices), battery=self.chance.randint(20, 100)))
        self.boxes.put(Pressed(name, self.chance.randint(1, 6), f"{self.mark}-{self.pressed}"[-64:]))
        return name

    def answer(self) -> str:
        """The operator answers the oldest press and says how it ended."""
        by = self.people["operator2"]
        with scoped(by):
            found = next((one.press for one in alarms(business_moment()) if one.press.state == "waiting"), None)
        if found is None:
            return "没有等待应答的呼叫"
        press = callers.answer(by=by, at=business_moment(), press=found)
        outcome = self.chance.choice([Outcome.HELPED, Outcome.NO_NEED, Outcome.TEST])
        callers.close(by=by, at=business_moment(), press=press, outcome=outcome, note="已联系使用人，平安。")
        return outcome.zh

    def draw(self) -> str:
        by = self.people["clerk"]
        window, zh = self.chance.choice(windows_of(by.area, self.on))
        return f"{hall.draw_ticket(by=by, on=self.on, window=window).label} {zh}"

    def call_number(self) -> str:
        by = self.people["clerk"]
        with scoped(by):
            someone = waiting(by.area, self.on).exists()
        return hall.call_next(by=by, on=self.on, desk=str(self.chance.randint(1, 4))).label if someone else "没有人等候"

    def round(self) -> str:
        """A worker on the round takes down what a resident says."""
        by = self.people[self.chance.choice(("worker1", "worker2", "worker3"))]
        code, text = self.chance.choice(ASKED)
        intake = work.Intake(Channel.ROUND, code, by.area, f"走访时反映：{text}", caller="走访居民", address=f"{self._house()}号")
        return f"工单{work.take(by=by, at=business_moment(), intake=intake).number}"

    def handle(self) -> str:
        """One desk does the next step on what waits longest; or a caller is called back."""
        operator = self.people["operator"]
        if self.chance.random() < 0.3:
            return self._call_back(operator)
        by = self.people[self.chance.choice(HANDS)]
        with scoped(by):
            waiting = own_orders(by).exclude(stage=Stage.SUSPENDED).exclude(asks__granted=None, asks__isnull=False)
            order = next((one for one in waiting[:20] if not ends_in_writing(one)), None)
        if order is None:
            return "没有要办的工单"
        if order.stage == Stage.SENT:
            work.sign(by=by, at=business_moment(), order=order)
            return f"签收{order.number}"
        if order.contacted_at is None:
            work.contact(by=by, at=business_moment(), order=order, note="已电话联系，约好时间。")
            return f"联系来电人{order.number}"
        work.handle(by=by, at=business_moment(), order=order, result="已派人处理，现场恢复正常。")
        return f"办结{order.number}"

    def _call_back(self, by: Any) -> str:
        with scoped(by):
            missed = due_calls().first()
            order = centre_orders(by).filter(stage=Stage.HANDLED).first()
        if missed is not None and self.chance.random() < 0.5:
            call_returned(by=by, at=business_moment(), call=missed, note="已回电，来电人表示问题已解决。")
            return "未接来电已回电"
        if order is None:
            return "没有要回访的工单"
        grade = self.chance.choice([Satisfaction.GOOD, Satisfaction.GOOD, Satisfaction.BAD])
        solved = grade is not Satisfaction.BAD
        work.call_back(by=by, at=business_moment(), order=order, outcome=CallOutcome.REACHED, solved=solved, grade=grade)
        return f"回访{order.number}：{grade.zh}"


def run(on: date, home: Path, *, speed: float, seed: int, until: float, tell: Tell, stopped: threading.Event) -> int:
    """Play from where the last start ended until the day, the limit (seconds of real time) or a wish ends it; how much happened.

    What the office refuses is told and left; while the database is away the day waits.
    """
    check_demo()
    place, live = read_place(home, seed), Live(on, seed)
    beside = [
        threading.Thread(target=serve, args=(live.exchange, stopped), daemon=True),
        threading.Thread(target=listen, args=(live.boxes,), daemon=True),
    ]  # fmt: skip
    for thread in beside:
        thread.start()
    begun, since, count = time.monotonic(), place.seconds, 0
    for second, what, act in live.events(seed):
        if second < since:
            continue
        if stopped.wait(max(0.0, begun + (second - since) / speed - time.monotonic())) or time.monotonic() - begun > until:
            break
        tell(second, f"{what}　{_played(act, stopped)}")
        place.seconds, count = second + 1e-6, count + 1
        write_place(home, place)
    else:
        write_place(home, Place(seed, 0.0))
    stopped.set()
    live.boxes.stop()
    for thread in beside:
        thread.join(10)
    return count


def _played(act: Act, stopped: threading.Event) -> str:
    """What came of an act; it is tried again while the database is away."""
    while True:
        try:
            return act()
        except Refused as fault:
            return f"（{fault.message}）"
        except (InterfaceError, OperationalError):
            connection.close()
            if stopped.wait(1.0):
                return "（数据库没有应答）"
