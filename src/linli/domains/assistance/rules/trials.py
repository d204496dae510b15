"""A policy tried out before it is decided: which values of the law may be changed, and the law with the changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.base.dated import Parameters, Single, Value
from linli.base.money import parse_yuan, show_yuan
from linli.base.named import Named
from linli.law import Item
from linli.law.codes import Category
from linli.law.values import PARTS
from linli.law.words import percent

SOURCE = "政策测算（未决定）"
STANDARDS = ("dibao.standard.", "tekun.basic.")
MOST_TIMES = 10
"""A ratio above this is taken for a slip of the pen."""


class TrialState(Named):
    """How far a trial is."""

    WAITING = "waiting", "测算中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


@dataclass(frozen=True)
class Lever:
    """A value of the law that a trial may change. ``unit`` as in the parameters: fen, ratio or count."""

    key: str
    zh: str
    unit: str

    def read(self, text: str) -> Single:
        """What was typed, as the law holds it. Raises ValueError, in Chinese."""
        if self.unit == "fen":
            value = parse_yuan(text)
            if value == 0 and self.key.startswith(STANDARDS):
                raise ValueError("标准应大于0元，请核对。")
            return value
        if self.unit == "count":
            return _count(text)
        return _ratio(text)

    def show(self, value: Single) -> str:
        """A value as people say it."""
        if self.unit == "fen":
            return f"{show_yuan(int(value))} 元"
        return f"{value}" if self.unit == "count" else percent(int(Fraction(value) * PARTS))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 1000):
        raise ValueError(f"“{text}”应为0到1000的整数。")
    return int(text)


def _ratio(text: str) -> Fraction:
    bare = text.strip().replace("％", "%")
    try:
        found = Fraction(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{text}”应为比例，如 30% 或 1.5。") from None
    if not 0 <= found <= MOST_TIMES or (found * PARTS).denominator != 1:
        raise ValueError(f"“{text}”应在0到{MOST_TIMES}倍之间，最多精确到万分之一，如 30% 或 1.5。")
    return found


INCOMES = (Item.BASIC_PENSION, Item.ELDER_ALLOWANCE, Item.DISABLED_SUBSIDY)
SPENDINGS = (Item.MEDICAL, Item.REHABILITATION)
GROUPS: tuple[tuple[str, tuple[Lever, ...]], ...] = (
    ("标准", (
        Lever("dibao.standard.urban", "城市低保标准", "fen"), Lever("dibao.standard.rural", "农村低保标准", "fen"),
        Lever("dibao.supplement", "每人每月增发补助", "fen"),
        Lever("tekun.basic.urban.home", "城市特困基本生活标准（分散）", "fen"),
        Lever("tekun.basic.urban.institution", "城市特困基本生活标准（集中）", "fen"),
        Lever("tekun.basic.rural.home", "农村特困基本生活标准（分散）", "fen"),
        Lever("tekun.basic.rural.institution", "农村特困基本生活标准（集中）", "fen"),
    )),
    ("分类施保（标准的百分之几）", tuple(Lever(f"dibao.category.{one.key}", one.zh, "ratio") for one in Category)),
    ("收入计算（计入或扣减百分之几）", (
        *(Lever(f"income.share.{one.key}", f"{one.zh}计入收入", "ratio") for one in INCOMES),
        *(Lever(f"income.deduct.{one.key}", f"扣减{one.zh}", "ratio") for one in SPENDINGS),
        Lever("income.work.share", "务工收入扣减就业成本", "ratio"), Lever("income.work.cap", "就业成本每月最多扣减", "fen"),
    )),
    ("边缘家庭与财产", (
        Lever("edge.ratio", "低保边缘家庭收入线（标准的倍数）", "ratio"),
        Lever("property.money.dibao", "低保家庭存款限额（标准的月数）", "count"),
        Lever("property.money.edge", "边缘家庭存款限额（标准的月数）", "count"),
    )),
)  # fmt: skip
LEVERS: dict[str, Lever] = {lever.key: lever for _, levers in GROUPS for lever in levers}


def with_changes(known: Parameters, changes: Mapping[str, Single]) -> Parameters:
    """The law with these values in every place and at all times, instead of what is known under their keys."""
    kept = [value for value in known if value.key not in changes]
    own = [
        Value(key, date(1900, 1, 1), None, "", content, LEVERS[key].unit, SOURCE, "", "M") for key, content in changes.items()
    ]
    return Parameters([*kept, *own])
