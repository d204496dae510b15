"""Made-up pairs, visits and help for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.domains.pairing.actions import give_money, record_visit
from linli.domains.pairing.books import PAIRS
from linli.domains.pairing.queries import unpaired
from linli.domains.pairing.rules import PURPOSE, Help
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import DISTRICT, demo_actor
from linli.kernel.ledgers.actions import open_fund, open_purpose
from linli.kernel.ledgers.models import Fund
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.queries import household_of
from linli.kernel.registry.samples import TOWNS

UNITS = tuple(f"370404901{number:03d}" for number in range(1, 7))
PER_TOWN = 4
CAUSES = ("illness", "disability", "schooling", "labour")
FOUND = (
    "身体尚好，药费仍是主要负担。", "孩子已入学，学费有着落。", "住房已修缮，过冬物资齐全。", "愿意参加技能培训，盼有就近岗位。",
)  # fmt: skip


def make_pair(by: Actor, household_id: int, *, on: date, since: date, helper: str = UNITS[0], cause: str = "illness") -> Any:
    """An office paired with a family from a day."""
    values = {
        "household": household_id, "since": since.isoformat(), "helper": helper, "cadre": "张主任", "phone": "06327711234",
        "cause": cause, "plan": "近期解决医药和就学困难，长远帮助就业。",
    }  # fmt: skip
    return add_entry(by=by, on=on, book=PAIRS.key, values=values)


def make_visit(by: Actor, pair: Any, *, on: date, day: date | None = None, found: str = FOUND[0]) -> Any:
    """A visit to the family of a pair."""
    return record_visit(by=by, on=on, pair_id=pair.pk, day=day or on, way="care", found=found)


def make_pairing_fund(by: Actor, on: date) -> Fund:
    """The fund into which the helping offices give, for the paired families only."""
    open_purpose(by=by, on=on, key=PURPOSE, name="结对帮扶")
    words = {"code": "JD-2010", "name": "机关结对帮扶资金", "kind": FundKind.DONATION, "level": FundLevel.DISTRICT}
    return open_fund(by=by, on=on, area=DISTRICT, purposes={PURPOSE: "各单位结对帮扶捐赠"}, **words)


def demo_pairing(plan: DemoPlan) -> None:
    """In each town some families in difficulty are paired; most were visited, some are owed a visit."""
    clerk = demo_actor("federation", plan.on)
    fund = make_pairing_fund(clerk, plan.on)
    for index in range(1, len(TOWNS) + 1):
        plan.tell("结对帮扶", index - 1, len(TOWNS))
        town = demo_actor(f"town{index}", plan.on)
        pairs = _demo_pairs(town, plan, index)
        for number, pair in enumerate(pairs):
            _demo_visits(town, plan, pair, index, number)
        for number, pair in enumerate(pairs[:2]):
            kind = (Help.STUDY, Help.ILLNESS)[number]
            give_money(by=clerk, on=plan.on, pair_id=pair.pk, fund_id=fund.pk, kind=kind, amount=50_000 + 10_000 * index,
                       heads=1, day=plan.on - timedelta(days=20))  # fmt: skip


def _demo_visits(town: Actor, plan: DemoPlan, pair: Any, index: int, number: int) -> None:
    """A visit in each quarter; the last family of each town waits for this one's, every third town missed one in summer."""
    for back in range(300 + 7 * number, 0, -90):
        day, quarter = plan.on - timedelta(days=back), back // 90
        skipped = (number, quarter) == (PER_TOWN - 1, 0) or (number, quarter, index % 3) == (1, 1, 0)
        if day >= pair.day and not skipped:
            make_visit(town, pair, on=plan.on, day=day, found=FOUND[(index + number) % 4])


def _demo_pairs(town: Actor, plan: DemoPlan, index: int) -> list[Any]:
    with scoped(town):
        homes = [household_of(person, plan.on) for person in unpaired(plan.on)[: PER_TOWN * 2]]
    made = []
    for number, home in enumerate([home for home in homes if home is not None][:PER_TOWN]):
        since = date(plan.on.year, 1 + number, 10)
        helper = UNITS[(index + number) % len(UNITS)]
        made.append(make_pair(town, home.pk, on=plan.on, since=since, helper=helper, cause=CAUSES[number % 4]))
    return made
