"""100 operators and 300 field workers at once against the served site, over past orders, on one machine.

Operators have signed on to a telephone and their console asks for calls every 0.6 s, as the page does; they look up callers, take
orders and look into lists. Field workers look at their inbox, open orders, sign them and call. Goal: no error.
The driver's own work is on the same machine.
"""

from __future__ import annotations

import argparse
import os
import random
import time

import common
import common_crowd as crowd
from common_service import Service


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=1_000_000)
    words.add_argument("--people", type=int, default=37_000)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--operators", type=int, default=100)
    words.add_argument("--workers", type=int, default=300)
    given = words.parse_args()
    common.prepare()
    try:
        service = Service(given.people, given.orders)
        return 0 if run(service, given) else 1
    finally:
        common.clean_up()


def run(service: Service, given) -> bool:
    from django.db import connections

    from linli.kernel.calls.actions import sign_on
    from linli.kernel.calls.queries import now

    for number, operator in enumerate(service.operators[: given.operators]):
        sign_on(by=operator, at=now(), number=f"8{number:03d}")
    operators = [crowd.session_of(f"op{n}") for n in range(given.operators)]
    workers = [crowd.session_of(f"wk{n}") for n in range(given.workers)]
    connections.close_all()
    with crowd.served() as port:
        end = time.monotonic() + given.seconds
        visitors = [crowd.Visitor(port, one) for one in [*operators, *operators, *workers]]
        polls, desks = visitors[: len(operators)], visitors[len(operators) : 2 * len(operators)]
        field = visitors[2 * len(operators) :]
        crowd.together(
            [lambda one=one, n=n: _poll(one, n, end) for n, one in enumerate(polls)]
            + [lambda one=one, n=n: _operate(one, service, n, end) for n, one in enumerate(desks)]
            + [lambda one=one, n=n: _work(one, n, end) for n, one in enumerate(field)]
        )
    times: dict[str, list[float]] = {}
    for one in visitors:
        for kind, values in one.times.items():
            times.setdefault(kind, []).extend(values)
    faults = [fault for one in visitors for fault in one.faults]
    for kind, values in times.items():
        ordered = sorted(values)
        half, most = ordered[len(values) // 2], ordered[int(len(values) * 0.95)]
        print(f"{kind}: {len(values):,} answers, p50 {half:.0f} ms, p95 {most:.0f} ms")
    count, load = sum(map(len, times.values())), os.getloadavg()[0]
    print(f"{given.operators} operators and {given.workers} field workers for {given.seconds:.0f} s: {count:,} answers, "
          f"{count / given.seconds:.0f}/s, {len(faults)} errors (goal 0); load {load:.1f}")  # fmt: skip
    for fault in faults[:10]:
        print(f"  {fault}")
    return not faults


def _poll(one: crowd.Visitor, number: int, end: float) -> None:
    time.sleep(number * 0.006)
    while time.monotonic() < end:
        text = one.get("telephone", f"/hotline/line/?mark={one.token}", poll=True)
        found = crowd.found(r"mark=(m\w+)&amp;", text)
        one.token = found[0] if found else one.token
        time.sleep(0.6)


def _operate(one: crowd.Visitor, service: Service, number: int, end: float) -> None:
    draw = random.Random(number)
    time.sleep(draw.uniform(0, 8))
    while time.monotonic() < end:
        one.get("console", "/hotline/")
        one.post("caller", "/hotline/", {"act": "find", "find": draw.choice(service.phones)})
        time.sleep(draw.uniform(1, 3))
        words = {"channel": "phone", "text": "楼下垃圾没有人清", "category": "401010", "place": draw.choice(service.places)}
        one.post("draft", "/hotline/", {"act": "draft", **words})
        time.sleep(draw.uniform(1, 3))
        one.post("order", "/hotline/", {"act": "send", "caller": "王来电", "phone": "13905470001", **words})
        one.get("list", "/hotline/orders/?stage=open")
        time.sleep(draw.uniform(2, 6))


def _work(one: crowd.Visitor, number: int, end: float) -> None:
    draw = random.Random(1000 + number)
    time.sleep(draw.uniform(0, 8))
    while time.monotonic() < end:
        one.get("home", "/")
        inbox = one.get("inbox", "/hotline/inbox/")
        orders = crowd.found(r"/hotline/orders/(\d+)/", inbox)
        if orders:
            order = draw.choice(orders)
            page = one.get("order of a desk", f"/hotline/orders/{order}/")
            if f"/hotline/orders/{order}/sign/" in page:
                one.post("sign", f"/hotline/orders/{order}/sign/", {})
            elif f"/hotline/orders/{order}/contact/" in page:
                one.post("contact", f"/hotline/orders/{order}/contact/", {"note": "已电话联系，约好时间。"})
        time.sleep(draw.uniform(5, 12))


if __name__ == "__main__":
    raise SystemExit(main())
