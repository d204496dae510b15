"""The numbers of the law that recognise a poor family: 低保, 边缘, 刚性支出."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from linli.base.dated import Parameters
from linli.law.codes import (
    INCOME,
    ITEMS,
    SPENDING,
    THINGS,
    Category,
    Item,
    Mode,
    Rounding,
    SingleIncome,
    Window,
    Zone,
)
from linli.law.values import Field, LawOn, law_on, parts, word

TIERS = 5


class Law(NamedTuple):
    """Fen, counts, flags (0 and 1) and ratios in ten-thousandths; ``FIELDS`` says where each comes from."""

    standard: int
    standard_months: int
    minor_age: int
    elder_age: int
    parents_in: int
    students_in: int
    clergy_years: int
    window: int
    window_months: int
    income_share: Sequence[int]
    deduct_share: Sequence[int]
    work_share: int
    work_cap: int
    property_tested: int
    money_dibao: int
    money_edge: int
    money_rigid: int
    most: Sequence[int]
    edge_ratio: int
    rigid: int
    rigid_income: int
    rigid_ratio: int
    rigid_share: Sequence[int]
    severe_level: int
    severe_mental: int
    alone: int
    alone_edge: int
    alone_ill: int
    alone_income: int
    mode: int
    tier_upto: Sequence[int]
    tier_amount: Sequence[int]
    round_step: int
    round_mode: int
    supplement: int
    category: Sequence[int]
    refusals: int
    taper_months: int
    taper_share: int


def _table(items: Sequence[Item]) -> tuple[tuple[int, str], ...]:
    return tuple((int(item), item.key) for item in items)


FIELDS: dict[str, Field] = {
    "standard": Field("dibao.standard.{zone}"),
    "standard_months": Field("dibao.standard_months.{zone}"),
    "minor_age": Field("assist.minor_age"),
    "elder_age": Field("assist.elder_age"),
    "parents_in": Field("family.parents_in"),
    "students_in": Field("family.students_in"),
    "clergy_years": Field("family.clergy_years"),
    "window": Field("income.window.{zone}", word(Window)),
    "window_months": Field("income.window_months"),
    "income_share": Field("income.share", parts, _table(INCOME), ITEMS),
    "deduct_share": Field("income.deduct", parts, _table(SPENDING), ITEMS),
    "work_share": Field("income.work.share", parts),
    "work_cap": Field("income.work.cap"),
    "property_tested": Field("property.tested"),
    "money_dibao": Field("property.money.dibao"),
    "money_edge": Field("property.money.edge"),
    "money_rigid": Field("property.money.rigid"),
    "most": Field("property.most", places=_table(THINGS), length=ITEMS),
    "edge_ratio": Field("edge.ratio", parts),
    "rigid": Field("rigid.exists"),
    "rigid_income": Field("rigid.income.{zone}", when=("rigid", 1)),
    "rigid_ratio": Field("rigid.ratio", parts, when=("rigid", 1)),
    "rigid_share": Field("rigid.spending", parts, _table(SPENDING), ITEMS, when=("rigid", 1)),
    "severe_level": Field("disabled.severe_level"),
    "severe_mental": Field("disabled.severe_mental_level"),
    "alone": Field("alone.exists"),
    "alone_edge": Field("alone.edge_needed"),
    "alone_ill": Field("alone.ill"),
    "alone_income": Field("alone.income", word(SingleIncome)),
    "mode": Field("dibao.amount.mode", word(Mode)),
    "tier_upto": Field("dibao.tiers.upto", parts, length=TIERS, when=("mode", Mode.TIERS)),
    "tier_amount": Field("dibao.tiers.amount", length=TIERS, when=("mode", Mode.TIERS)),
    "round_step": Field("dibao.round.step"),
    "round_mode": Field("dibao.round.mode", word(Rounding)),
    "supplement": Field("dibao.supplement"),
    "category": Field("dibao.category", parts, tuple((int(one), one.key) for one in Category), len(Category)),
    "refusals": Field("dibao.refusals"),
    "taper_months": Field("dibao.taper.months"),
    "taper_share": Field("dibao.taper.share", parts),
}


@lru_cache(maxsize=1024)
def minimum_law(known: Parameters, *, on: date, area: str, zone: Zone) -> LawOn[Law]:
    """The law by which a family of the zone is judged on the day. Raises NoValue or ValueError, in Chinese."""
    return law_on(Law, FIELDS, known, on=on, area=area, zone=zone.key)
