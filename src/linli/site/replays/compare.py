"""What was published beside what is computed from the records, figure by figure; and relations that do not hold."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from linli.domains.charity.queries import law
from linli.domains.charity.rules import group_of
from linli.kernel.access.actions import scoped
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import Check, Relation, agrees
from linli.kernel.ledgers.queries import orders, paid_by
from linli.site.replays.yicheng_2010 import DAY, DISTRICT, KEYS, YEAR, Stage

UNITS_OF_MONEY = {"万元": Fraction(10_000 * 100), "元": Fraction(100), "元/户": Fraction(100)}


@dataclass(frozen=True)
class Published:
    """One published figure: value in its unit, with 余 or 以上 where the text says so."""

    id: str
    zh: str
    value: Fraction
    unit: str
    approx: str | None
    replayed: bool


@dataclass(frozen=True)
class Row:
    published: Published
    computed: Fraction

    @property
    def equal(self) -> bool:
        return agrees(self.computed, self.published.value, self.published.approx)


@cache
def published() -> dict[str, Published]:
    """The published figures by id."""
    data = tomllib.loads((Path(__file__).parent / "yicheng_2010.toml").read_text())
    return {
        one["id"]: Published(one["id"], one["zh"], Fraction(one["value"]), one["unit"], one.get("approx"), one["replayed"])
        for one in data["figure"]
    }


def compare(stage: Stage) -> list[Row]:
    """Every replayed figure beside its computed value, which comes from the figures, the law's values or the books."""
    with scoped(stage.approver):
        ways = _ways()
        return [Row(one, ways[one.id]() / UNITS_OF_MONEY.get(one.unit, 1)) for one in published().values() if one.replayed]


def _ways() -> dict[str, Callable[[], Fraction]]:
    def number(key: str, town: str = "") -> Callable[[], Fraction]:
        cell = {"town": town} if town else None
        return lambda: Fraction(value(figure(f"charity.{key}"), YEAR, DISTRICT, cell))

    def of_law(key: str) -> Callable[[], Fraction]:
        return lambda: Fraction(law().on(f"charity.{key}", DAY, DISTRICT).fen)

    ways: dict[str, Callable[[], Fraction]] = {
        "000-4.qnwj.hh": number("qing_nuan.reported"),
        "000-4.qnwj.amount": of_law("qing_nuan.amount"),
        "000-4.qnwj.money": number("qing_nuan.money"),
        "000-4.qnwj.money.qu": lambda: _paid("qing_nuan", own=True),
        "000-4.qnwj.money.zhen": lambda: _paid("qing_nuan", own=False),
        "000-4.dabing.received": number("da_bing.received"),
        "000-4.dabing.approved": number("da_bing.households"),
        "000-4.dabing.threshold": of_law("da_bing.own_cost_min"),
        "000-4.dabing.money": number("da_bing.money"),
        "000-4.two.money": number("money"),
        "000-4.two.hh": number("households"),
        "000-4.y10.qnwj.money": number("qing_nuan.money"),
        "000-4.y10.qnwj.hh": number("qing_nuan.households"),
        "000-4.y10.dabing.q4": number("da_bing.households"),
    }
    for town, key in KEYS.items():
        ways[f"000-4.qnwj.hh.{key}"] = number("qing_nuan.households", town)
        ways[f"000-4.dabing.{key}"] = number("da_bing.households", town)
    return ways


def _paid(project: str, *, own: bool) -> Fraction:
    """What the district's own fund (or the branches' funds) paid of a project, by the books."""
    rows = paid_by(orders(purpose=group_of(project)))
    return Fraction(sum(row.amount for row in rows if (row.book == DISTRICT) == own))


def _sum(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}.{key}" for key in KEYS.values())


RELATIONS = (
    Relation("qnwj.towns", "情暖万家：各镇街户数之和等于总户数", ("000-4.qnwj.hh",), "=", _sum("000-4.qnwj.hh")),
    Relation("qnwj.payers", "情暖万家：两级出资之和等于总资金", ("000-4.qnwj.money",), "=",
             ("000-4.qnwj.money.qu", "000-4.qnwj.money.zhen")),
    Relation("qnwj.amount", "情暖万家：户数×500元等于总资金", ("000-4.qnwj.money",), "=", ("1/20*000-4.qnwj.hh",)),
    Relation("dabing.towns", "大病救助：各镇街人数之和等于批准数", ("000-4.dabing.approved",), "=", _sum("000-4.dabing")),
    Relation("dabing.fewer", "大病救助：批准数不多于上报数", ("000-4.dabing.approved",), "<=", ("000-4.dabing.received",)),
    Relation("two.money", "两项资金之和等于合计", ("000-4.two.money",), "=", ("000-4.qnwj.money", "000-4.dabing.money")),
    Relation("two.hh", "两项户数之和等于合计", ("000-4.two.hh",), "=", ("000-4.qnwj.hh", "000-4.dabing.approved")),
    Relation("y10.paid", "全年：列出的各项资金之和不超过累计发放（400余万元，即不足500万元）",
             ("000-4.y10.corn.money", "000-4.y10.qnwj.money", "000-4.y10.dabing.money", "000-4.y10.dream.money",
              "000-4.y10.tv.money", "000-4.y10.heart.money", "000-4.y10.goods.money"), "<=", ("5/4*000-4.y10.paid",)),
    Relation("y10.hh", "全年：列出的各项户数之和不超过救助总户数",
             ("000-4.y10.corn.hh", "000-4.y10.qnwj.hh", "000-4.y10.dabing.q13", "000-4.y10.dabing.q4",
              "000-4.y10.dream.students", "000-4.y10.heart.children"), "<=", ("000-4.y10.hh",)),
)  # fmt: skip


def judge_published() -> list[Check]:
    """The declared relations on the published texts themselves."""
    values: dict[str, Any] = {key: one.value for key, one in published().items()}
    return [relation.check(values) for relation in RELATIONS]
