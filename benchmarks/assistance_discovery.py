"""Proactive discovery over a whole district, under row security: every comparison of assistance, found rows written.

Rival: the same comparisons as a loop over the ORM, person by person with the queries that a page would ask, on a sample of the
people; its time is taken for all by proportion. What both find of the sample is compared first.
Goal (370,000 people): the whole look under 10 s.
"""

from __future__ import annotations

import argparse
import time
from datetime import date

import common

DAY = date(2010, 12, 20)
DISTRICT = "370404000000"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=50_000, help="people loaded by the real import; the goal is set at 370000")
    words.add_argument("--sample", type=int, default=1000)
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    common.prepare()
    try:
        return 0 if run(given.people, given.sample, given.rounds) else 1
    finally:
        common.clean_up()


def run(people: int, sample: int, rounds: int) -> bool:
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import make_founders, make_staff
    from linli.kernel.registry.samples import make_areas
    from linli.kernel.registry.samples.rosters import load_population

    founders = make_founders()
    make_areas(founders[0])
    by = make_staff("bench", "区民政", Role.DISTRICT_APPROVER, DISTRICT, founders=founders)
    load_population(by, DAY, people)
    with common.superuser() as connection:
        connection.execute("vacuum analyze")
    brought = _first_look(by)
    print(f"{people:,} people: {sum(one.new for one in brought.values()):,} findings by {len(brought)} comparisons")
    for key, one in brought.items():
        print(f"  {key}: {one.new:,}")
    ids = _compare(by, sample)
    times = common.interleave(rounds, {"orm": lambda: _loop(by, ids)[0] * people / sample, "linli": lambda: _look(by)})
    median = sorted(times["linli"])[rounds // 2]
    print(f"a look over {people:,} people: median {median:.2f} s (goal < 10 s at 370,000)")
    common.show_ratio("loop over the ORM / linli", times["orm"], times["linli"], "above 1")
    return median < 10


def _first_look(by):
    from linli.kernel.findings.actions import look

    began = time.perf_counter()
    brought = look(by=by, on=DAY)
    print(f"the first look, with every finding written: {time.perf_counter() - began:.2f} s")
    return brought


def _look(by) -> float:
    """A look as on every other night: everything is compared, nothing is new."""
    from linli.kernel.findings.actions import look

    began = time.perf_counter()
    look(by=by, on=DAY)
    return time.perf_counter() - began


def _compare(by, sample: int) -> list[int]:
    """The ids of the sample; both ways find the same of them."""
    from linli.kernel.access.actions import scoped
    from linli.kernel.findings.queries import findings, searches
    from linli.kernel.registry.queries import people_on

    with scoped(by):
        ids = list(people_on(DAY).order_by("number_digest").values_list("pk", flat=True)[:sample])
        told = findings(searches()).filter(person__in=ids).values_list("search", "person")
        ours = {(key, person) for key, person in told if key in SAME}
    theirs = _loop(by, ids)[1]
    assert ours == theirs, f"{len(ours - theirs)} only by linli, {len(theirs - ours)} only by the loop"
    print(f"of {len(ids):,} people both find the same {len(ours):,}")
    return ids


SAME = tuple(f"assistance.{name}" for name in ("severe_alone", "orphan_unhelped", "elder_unhelped", "poor_unhelped"))
"""The comparisons that look at one person; the loop does these only, so it is asked for less than the product does."""


def _loop(by, ids: list[int]) -> tuple[float, set[tuple[str, int]]]:
    from linli.base.days import age_on
    from linli.domains.assistance.queries import helped_by
    from linli.domains.assistance.rules.searches import POOR
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.queries import person_by_id, statuses_of

    found = set()
    began = time.perf_counter()
    with scoped(by):
        for pk in ids:
            person = person_by_id(pk)
            held = {row.kind: row.grade for row in statuses_of(person, DAY)}
            if held.keys() & {"dibao", "tekun"} or helped_by([pk]) is not None:
                continue
            age = age_on(person.birth, DAY)
            if held.get("disabled", "9")[-1] in "12" and age >= 18:
                found.add(("assistance.severe_alone", pk))
            if held.keys() & {"orphan", "unsupported_child"} and age < 16:
                found.add(("assistance.orphan_unhelped", pk))
            if held.keys() & {"elder_alone", "lonely"} and age >= 60:
                found.add(("assistance.elder_unhelped", pk))
            if held.keys() & set(POOR):
                found.add(("assistance.poor_unhelped", pk))
    return time.perf_counter() - began, found


if __name__ == "__main__":
    raise SystemExit(main())
