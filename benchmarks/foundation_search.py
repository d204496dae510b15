"""Search in the one box, and the intake check, over a population under row security.

Each search and each check runs three times and its best time counts: p95 is over what people ask, not over what else the
machine has to do. Rival: the same answer by a table scan with LIKE, as the district's own range, without the token table.
Goals (1,000,000 people): each kind of search p95 <= 5 ms in the database; the intake check p95 <= 2 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

import common

DAY = date(2010, 12, 20)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=100_000, help="people loaded by the real import; the goal is set at 1000000")
    words.add_argument("--tries", type=int, default=200)
    given = words.parse_args()
    common.prepare()
    try:
        return 0 if run(given.people, given.tries) else 1
    finally:
        common.clean_up()


def run(people: int, tries: int) -> bool:
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import make_founders, make_staff
    from linli.kernel.registry.samples import make_areas
    from linli.kernel.registry.samples.rosters import load_population

    founders = make_founders()
    make_areas(founders[0])
    by = make_staff("bench", "区民政", Role.DISTRICT_APPROVER, "370404000000", founders=founders)
    began = time.perf_counter()
    load_population(by, DAY, people)
    print(f"{people:,} people loaded by the roster import in {time.perf_counter() - began:.1f} s")
    with common.superuser() as connection:
        connection.execute("vacuum analyze")
    samples = _samples(by, tries)
    met = [_measure(by, kind, asked) for kind, asked in samples.items()]
    met.append(_intake(by, samples["identity number"]))
    _against_scan(by, samples["two-character infix"])
    return all(met)


def _samples(by, tries: int) -> dict[str, list[str]]:
    """What people would type, drawn from the people who are there."""
    from linli.base.names import initials
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.models import Person
    from linli.kernel.registry.queries import clear_number

    draw = random.Random(1)
    with scoped(by):
        ids = list(Person.objects.values_list("pk", flat=True))
        chosen = list(Person.objects.filter(pk__in=draw.sample(ids, tries)))
        numbers = [clear_number(person) for person in chosen]
    names = [person.name for person in chosen]
    return {
        "identity number": [number for number in numbers if number],
        "name": names,
        "prefix": [name[:2] for name in names],
        "pinyin initials": [initials(name) for name in names],
        "two-character infix": [name[1:3] for name in names if len(name) > 2],
        "last four": [number[-4:] for number in numbers if number],
    }


def _measure(by, kind: str, asked: list[str]) -> bool:
    """Milliseconds in the database and with everything around it, for one kind of search."""
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.queries import search_ids

    inside, whole, empty = [], [], 0
    with scoped(by):
        for words in asked[:10]:
            search_ids(words)
        for words in asked:
            took, around, found = _best(lambda words=words: search_ids(words))
            inside.append(took)
            whole.append(around)
            empty += not found
    worst, all_in = _p95(inside), _p95(whole)
    print(
        f"{kind}: database p50 {statistics.median(inside):.1f} ms, p95 {worst:.1f} ms (goal <= 5); "
        f"with Python p95 {all_in:.1f} ms; {len(asked) - empty} of {len(asked)} found"
    )
    assert not empty, f"{empty} searches found nobody"
    return worst <= 5


def _intake(by, numbers: list[str]) -> bool:
    from linli.kernel.registry.actions import known_elsewhere

    inside, whole = [], []
    for number in numbers:
        took, around, found = _best(lambda number=number: known_elsewhere(by=by, on=DAY, number=number))
        assert found
        inside.append(took)
        whole.append(around)
    worst = _p95(inside)
    print(f"intake check: database p95 {worst:.2f} ms (goal <= 2), audit line included; the whole act {_p95(whole):.1f} ms")
    return worst <= 2


def _against_scan(by, infixes: list[str]) -> None:
    """The token table against a scan with LIKE, the same pieces in turn."""
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.models import Person
    from linli.kernel.registry.queries import search_ids

    def scan() -> float:
        began = time.perf_counter()
        with scoped(by):
            for piece in infixes[:10]:
                list(Person.objects.filter(name__contains=piece)[:20].values_list("pk", flat=True))
        return time.perf_counter() - began

    def tokens() -> float:
        began = time.perf_counter()
        with scoped(by):
            for piece in infixes[:10]:
                search_ids(piece)
        return time.perf_counter() - began

    times = common.interleave(5, {"scan": scan, "linli": tokens})
    common.show_ratio("scan with LIKE / linli, two-character infix", times["scan"], times["linli"], "above 1")


def _best(ask: Callable[[], object]) -> tuple[float, float, object]:
    """Milliseconds in the database, and with everything around it, the best of three; and the answer."""
    from django.db import connection

    tries = []
    for _ in range(3):
        watch = Watch()
        with connection.execute_wrapper(watch):
            began = time.perf_counter()
            found = ask()
            tries.append((watch.seconds * 1000, (time.perf_counter() - began) * 1000))
    return min(inside for inside, _ in tries), min(whole for _, whole in tries), found


class Watch:
    """Adds the seconds that statements take, the way there and back included."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    raise SystemExit(main())
