"""100 operators and 300 field workers at once against the served site, over past orders, on one machine, as people work.

An operator has signed on to a telephone, and the console asks for calls every 0.6 s, as the page does. Each minute a call
comes: the caller is looked up, what is said is kept at every pause, the matter is found, the order is sent, and its page or a
list is looked at. A field worker has a page every 20 to 30 s from a phone: the inbox, an order, signing for it, what came of
it, and done; now and then the workbench. Everybody waits for the answer before thinking on, so a slow site has fewer answers.

Goal: no error, and answers that people would accept: half of the pages within 0.3 s, nineteen of twenty within 1 s.
``linli serve`` runs one page process for each core of its own, two threads in each, and four connections to the database for each
process. The driver is on the same cores. ``--hurry 4`` thinks four times as fast, to see where it ends.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import common
import common_crowd as crowd
from common_service import Service

WARM = 20.0
"""Seconds of the beginning whose times are not counted (their errors are): each process writes its first pages."""


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=1_000_000)
    words.add_argument("--people", type=int, default=37_000)
    words.add_argument("--seconds", type=float, default=180)
    words.add_argument("--operators", type=int, default=100)
    words.add_argument("--workers", type=int, default=300)
    words.add_argument("--hurry", type=float, default=1, help="everybody thinks so many times as fast")
    given = words.parse_args()
    common.prepare()
    try:
        service = Service(given.people, given.orders)
        return 0 if run(service, given) else 1
    finally:
        common.clean_up()


@dataclass
class Clock:
    """When it ends, and how fast people think."""

    end: float
    hurry: float

    def think(self, draw: random.Random, least: float, most: float) -> bool:
        """Wait as a person does, but not beyond the end; whether there is time left."""
        time.sleep(max(0, min(draw.uniform(least, most) / self.hurry, self.end - time.monotonic())))
        return time.monotonic() < self.end


def run(service: Service, given) -> bool:
    from django.db import connections

    from linli.kernel.access.queries import business_moment
    from linli.kernel.calls.actions import sign_on

    for number, operator in enumerate(service.operators[: given.operators]):
        sign_on(by=operator, at=business_moment(), number=f"8{number:03d}")
    operators = [crowd.session_of(f"op{n}") for n in range(given.operators)]
    workers = [crowd.session_of(f"wk{n}") for n in range(given.workers)]
    connections.close_all()
    with crowd.measured() as site:
        clock = Clock(time.monotonic() + WARM + given.seconds, given.hurry)
        visitors = [crowd.Visitor(site.port, one) for one in [*operators, *operators, *workers]]
        polls, desks = visitors[: len(operators)], visitors[len(operators) : 2 * len(operators)]
        spent = [0.0, 0.0, 0.0]
        crowd.together(
            [lambda: _beginning(site, visitors, spent)]
            + [lambda one=one, n=n: _poll(one, n, clock) for n, one in enumerate(polls)]
            + [lambda one=one, n=n: _operate(one, service, n, clock) for n, one in enumerate(desks)]
            + [lambda one=one, n=n: _work(one, n, clock) for n, one in enumerate(visitors[2 * len(operators) :])]
        )
        spent = [now - then for now, then in zip([*site.spent(), time.process_time()], spent, strict=True)]
    return _tell(visitors, spent, given)


def _beginning(site: crowd.Site, visitors: list[crowd.Visitor], spent: list[float]) -> None:
    """Forget the times of the first seconds."""
    time.sleep(WARM)
    for one in visitors:
        one.times = {}
    spent[:] = [*site.spent(), time.process_time()]


def _tell(visitors: list[crowd.Visitor], spent: list[float], given) -> bool:
    times: dict[str, list[float]] = {}
    for one in visitors:
        for kind, values in one.times.items():
            times.setdefault(kind, []).extend(values)
    for kind, values in sorted(times.items()):
        print(f"{kind}: {_percent(values)}")
    pages = [value for kind, values in times.items() if kind != "telephone" for value in values]
    count = sum(map(len, times.values()))
    print(f"all pages: {_percent(pages)} (goal < 300 and < 1,000 ms)")
    faults = [fault for one in visitors for fault in one.faults]
    print(f"{given.operators} operators and {given.workers} field workers for {given.seconds:.0f} s: {count:,} answers, "
          f"{count / given.seconds:.0f}/s, of them pages {len(pages) / given.seconds:.0f}/s; "
          f"{sum(one.refused for one in visitors)} refused in words, {len(faults)} errors (goal 0)")  # fmt: skip
    site, base, driver = (seconds / given.seconds for seconds in spent)
    print(f"cores in use: pages {site:.2f}, database {base:.2f}, driver {driver:.2f}; for an answer "
          f"{spent[0] * 1000 / count:.1f} and {spent[1] * 1000 / count:.1f} ms of the processor in pages and database; "
          f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for fault in faults[:10]:
        print(f"  {fault}")
    return not faults and _part(pages, 0.5) < 300 and _part(pages, 0.95) < 1000


def _part(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else 0.0


def _percent(values: list[float]) -> str:
    half, most = _part(values, 0.5), _part(values, 0.95)
    return f"{len(values):,} answers, p50 {half:.0f} ms, p95 {most:.0f} ms, worst {max(values, default=0):.0f} ms"


def _poll(one: crowd.Visitor, number: int, clock: Clock) -> None:
    time.sleep(number * 0.006)
    while time.monotonic() < clock.end:
        text = one.get("telephone", f"/hotline/line/?mark={one.token}", poll=True)
        found = crowd.found(r"mark=(m\w+)&amp;", text)
        one.token = found[0] if found else one.token
        time.sleep(0.6)


def _operate(one: crowd.Visitor, service: Service, number: int, clock: Clock) -> None:
    draw = random.Random(number)
    think: Callable[[float, float], bool] = lambda least, most: clock.think(draw, least, most)  # noqa: E731
    one.get("console", "/hotline/")
    going = think(0, 55)
    while going:
        words = {"find": draw.choice(service.phones), "channel": "phone"}
        one.post("caller", "/hotline/", words | {"act": "find"})
        for said in ("楼下", "楼下垃圾", "楼下垃圾三天没有人清"):
            if not think(4, 8):
                return
            one.post("draft", "/hotline/", words | {"act": "draft", "text": said})
        words |= {"text": "楼下垃圾三天没有人清", "place": draw.choice(service.places)}
        one.post("matter", "/hotline/", words | {"act": "find", "wanted": "ljqy"})
        if not think(2, 5):
            return
        one.post("desks", "/hotline/", words | {"act": "find", "pick": "401010"})
        if not think(4, 8):
            return
        words |= {"category": "401010", "caller": "王来电", "phone": words["find"]}
        one.post("order taken", "/hotline/", words | {"act": "send"})
        if not think(4, 8):
            return
        lists = one.get("open orders", "/hotline/orders/?stage=open") if draw.random() < 0.5 else one.get("workbench", "/")
        found = crowd.found(r"/hotline/orders/(\d+)/", lists)
        if not think(2, 4):
            return
        if found:
            one.get("order", f"/hotline/orders/{draw.choice(found)}/")
        going = think(10, 20)


def _work(one: crowd.Visitor, number: int, clock: Clock) -> None:
    draw = random.Random(1000 + number)
    going = clock.think(draw, 0, 25)
    while going:
        home = draw.random() < 0.2
        inbox = one.get("workbench of a worker", "/") if home else one.get("inbox", "/hotline/inbox/")
        found = crowd.found(r"/hotline/orders/(\d+)/", inbox)
        if not clock.think(draw, 20, 30):
            return
        if found:
            _handle(one, f"/hotline/orders/{draw.choice(found)}/", draw, clock)
        going = clock.think(draw, 20, 30)


def _handle(one: crowd.Visitor, order: str, draw: random.Random, clock: Clock) -> None:
    """Look at an order, and do the next thing with it."""
    page = one.get("order of a desk", order)
    if not clock.think(draw, 20, 30):
        return
    if f"{order}sign/" in page:
        one.post("signed for", f"{order}sign/", {})
    elif f"{order}contact/" in page:
        one.post("caller reached", f"{order}contact/", {"note": "已电话联系，约好时间。"})
    elif f"{order}handle/" in page:
        one.get("form of the result", f"{order}handle/")
        if clock.think(draw, 20, 30):
            one.post("done", f"{order}handle/", {"result": "已清运，来电人知晓。"})


if __name__ == "__main__":
    raise SystemExit(main())
