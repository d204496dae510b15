"""Fifty lines ring at fifty consoles through the served pages: shown, answered, handed on, ended, missed; nothing lost.

The exchange is the fake one, with the process that stands beside a real one (`kernel/calls/tasks.serve`). Each line has calls
one after the other: some ring at one console, some at all of them; some are answered, become an order, are handed on to the next
console, end by the caller or by the operator; some callers give up. A console asks every 0.6 s, as the page does, and whoever
sits there presses its buttons. At the end every call in the database is compared with what was played.

Goal: a ring is on every screen that it is for within ``--within`` seconds (p95), and on no other; every call and every order
stands as it was played, every missed caller is a task.
"""

from __future__ import annotations

import argparse
import os
import random
import threading
import time
from dataclasses import dataclass, field

import common
import common_crowd as crowd
from common_service import DAY, Service

from linli.gateways.telephony import FakeExchange

KINDS = ("missed", "ended by the caller", "an order", "handed on", "ended by the operator")
PATIENCE = 30.0
"""Seconds in which a caller is answered, or the call was lost."""


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--lines", type=int, default=50)
    words.add_argument("--calls", type=int, default=6, help="calls of each line")
    words.add_argument("--pause", type=float, default=8, help="seconds between two calls of a line, on average")
    words.add_argument("--within", type=float, default=1, help="seconds from the ring to the screen, p95")
    given = words.parse_args()
    common.prepare()
    try:
        return 0 if run(Service(2_000, 2_000), given) else 1
    finally:
        common.clean_up()


class Exchange(FakeExchange):
    """One thing after the other, whoever asks: callers, and the process that carries out what operators ask."""

    def __init__(self, *given, **words) -> None:
        super().__init__(*given, **words)
        self.lock = threading.RLock()

    def answer(self, call: str, desk: str) -> None:
        with self.lock:
            super().answer(call, desk)

    def transfer(self, call: str, desk: str) -> None:
        with self.lock:
            super().transfer(call, desk)

    def _end(self, call: str) -> None:
        with self.lock:
            super()._end(call)

    def ring(self, number: str, **words: str) -> str:
        with self.lock:
            return super().ring(number, **words)


@dataclass
class Played:
    """One call: what is to become of it, and what was seen of it. The last four digits of its number tell it apart."""

    number: int
    kind: str
    desk: int
    for_all: bool
    key: str = ""
    rang: float = 0.0
    over: float = float("inf")
    seen: dict[int, float] = field(default_factory=dict)
    lost: str = ""

    @property
    def mark(self) -> str:
        return f"138****{self.number:04d}"

    @property
    def desk_at_the_end(self) -> int:
        return self.desk + (self.kind == "handed on")


class Hall:
    """The calls by their marks, and the exchange that they come through."""

    def __init__(self, exchange: Exchange, lines: int) -> None:
        self.exchange, self.lines = exchange, lines
        self.calls: dict[str, Played] = {}
        self.over = threading.Event()

    def desk(self, number: int) -> str:
        return f"8{number % self.lines:03d}"

    def play(self, line: int, calls: int, pause: float) -> None:
        """One line: a caller, then the next."""
        draw = random.Random(line)
        time.sleep(draw.uniform(0, pause))
        for turn in range(calls):
            number = line * calls + turn
            call = Played(number, KINDS[(line + turn) % len(KINDS)], line, draw.random() < 0.2)
            self.calls[call.mark] = call
            call.rang = time.monotonic()
            call.key = self.exchange.ring(f"1380000{number:04d}", desk="" if call.for_all else self.desk(line))
            self._until_over(call, draw)
            time.sleep(draw.uniform(0.5, 1.5) * pause)

    def _until_over(self, call: Played, draw: random.Random) -> None:
        if call.kind == "missed":
            time.sleep(draw.uniform(4, 7))
            self.exchange.give_up(call.key)
        elif not self._wait(lambda: self.exchange.desk_of(call.key)):
            call.lost = "nobody answered"
        elif call.kind == "handed on" and not self._wait(lambda: self.exchange.desk_of(call.key) == self.desk(call.desk + 1)):
            call.lost = "was not handed on"
        elif call.kind in ("ended by the operator", "an order"):  # the operator's own doing
            if not self._wait(lambda: not self.exchange.desk_of(call.key)):
                call.lost = "the operator could not end it"
        else:
            time.sleep(draw.uniform(1, 3))
            self.exchange.hang_up(call.key)
        call.over = time.monotonic()

    def _wait(self, come) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if come():
                return True
            time.sleep(0.05)
        return False


def _console(one: crowd.Visitor, number: int, hall: Hall, place: str) -> None:
    """An operator in front of a console: looks at the telephone, and presses what is to be pressed."""
    time.sleep(number * 0.012)
    mark, done = "", set()
    while not hall.over.is_set():
        text = one.get("telephone", f"/hotline/line/?mark={mark}", poll=True)
        at = time.monotonic()
        if text:
            mark = (crowd.found(r"mark=(m\w+)&amp;", text) or [mark])[0]
            shown = [hall.calls[found] for found in crowd.found(r"138\*{4}\d{4}", text) if found in hall.calls]
            for call in shown:
                call.seen.setdefault(number, at)
            if shown:
                _press(one, number, shown[0], text, done, place, hall)
        time.sleep(0.6)


def _press(one: crowd.Visitor, number: int, call: Played, text: str, done: set, place: str, hall: Hall) -> None:
    """What this operator does with the call on top, once each."""
    pk = crowd.found(r'name="telephone" value="(\d+)"', text)[0]
    talking = "通话中" in text
    act = "" if call.desk != number or call.kind == "missed" else "pick-up" if not talking else {
        "handed on": "hand-on", "ended by the operator": "hang-up", "an order": "send"}.get(call.kind, "")  # fmt: skip
    if not act or (act, call.number) in done:
        return
    done.add((act, call.number))
    words = {"act": act, "telephone": pk, "to": hall.desk(number + 1)}
    if act == "send":
        words |= {"channel": "phone", "text": "楼下垃圾没有人清", "category": "401010", "place": place, "caller": "王来电"}
        one.post("order in the call", "/hotline/", words | {"call": pk, "phone": f"1380000{call.number:04d}"})
        words |= {"act": "hang-up"}
    one.post("button", "/hotline/", words)


def run(service: Service, given) -> bool:
    from django.db import connections

    from linli.kernel.access.queries import business_moment
    from linli.kernel.calls.actions import sign_on
    from linli.kernel.calls.tasks import serve

    hall, stopped = Hall(Exchange(business_moment), given.lines), threading.Event()
    for number in range(given.lines):
        sign_on(by=service.operators[number], at=business_moment(), number=hall.desk(number))
    sessions = [crowd.session_of(f"op{n}") for n in range(given.lines)]
    connections.close_all()
    with crowd.measured() as site:
        beside = threading.Thread(target=serve, args=(hall.exchange, stopped))
        beside.start()
        consoles = [crowd.Visitor(site.port, one) for one in sessions]
        sitting = [
            threading.Thread(target=_console, args=(one, n, hall, service.places[n % len(service.places)]))
            for n, one in enumerate(consoles)
        ]  # fmt: skip
        for one in sitting:
            one.start()
        time.sleep(3)  # every console has asked once
        crowd.together([lambda n=n: hall.play(n, given.calls, given.pause) for n in range(given.lines)])
        time.sleep(2)
        hall.over.set()
        for one in sitting:
            one.join()
        stopped.set()
        beside.join()
    return _tell(service, hall, consoles, given.within)


def _tell(service: Service, hall: Hall, consoles: list[crowd.Visitor], within: float) -> bool:
    calls = list(hall.calls.values())
    waits = [at - call.rang for call in calls for desk, at in call.seen.items() if call.for_all or desk == call.desk]
    whole = [call for call in calls if not call.for_all]
    unseen = [call.mark for call in calls if call.desk not in call.seen]
    elsewhere = [call.mark for call in whole if set(call.seen) - {call.desk, call.desk_at_the_end % hall.lines}]
    lost = [f"{call.mark} ({call.kind}): {call.lost}" for call in calls if call.lost]
    wrong = _compared(service, hall)
    faults = [fault for one in consoles for fault in one.faults]
    waits = sorted(waits)
    half, most = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    print(f"{len(calls)} calls on {hall.lines} lines: {len(waits):,} rings on screens, after {half:.2f} s (p50), "
          f"{most:.2f} s (p95, goal <= {within:g}), at most {waits[-1]:.2f} s; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    told = {"never on the screen": unseen, "on a wrong screen": elsewhere, "not played to the end": lost,
            "otherwise in the database": wrong, "errors": faults}  # fmt: skip
    for what, found in told.items():
        print(f"{what}: {len(found)} (goal 0) {' '.join(found[:8])}")
    return most <= within and not any(told.values())


def _compared(service: Service, hall: Hall) -> list[str]:
    """Calls whose row differs from what was played, each with what differs."""
    from linli.domains.hotline.queries.tasks import desk_tasks
    from linli.kernel.access.actions import scoped
    from linli.kernel.calls.models import Call
    from linli.kernel.calls.rules import FollowUp, State

    wrong = []
    with scoped(service.chief):
        rows = {row.key: row for row in Call.objects.select_related("order")}
        tasks = {one.href for one in desk_tasks(service.operators[0], DAY, "waiting") if one.kind == "回电"}
    missed = [call for call in hall.calls.values() if call.kind == "missed"]
    for call in hall.calls.values():
        row = rows.pop(call.key, None)
        if row is None:
            wrong.append(f"{call.mark}: no row")
            continue
        answered = call.kind != "missed"
        differs = {
            "ended": row.state == State.ENDED.value, "answered": bool(row.answered_at) is answered,
            "recording": bool(row.recording) is answered, "order": bool(row.order) is (call.kind == "an order"),
            "call back": (row.follow == FollowUp.DUE.value) is not answered,
            "task": answered or len(missed) > 100 or f"/hotline/telephone/{row.pk}/" in tasks,
            "desk": not answered or row.extension == hall.desk(call.desk_at_the_end),
        }  # fmt: skip
        wrong += [f"{call.mark}: {what}" for what, right in differs.items() if not right]
    return wrong + [f"{key}: never played" for key in rows]


if __name__ == "__main__":
    raise SystemExit(main())
