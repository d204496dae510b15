"""Which rows of the registry may be one person, and what became of a pair. It proposes; a person decides."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import polars as pl

from linli.base.matching import PEOPLE, Reason, candidates, explain, judge, person_columns, with_numbers
from linli.base.named import Named

BY_NUMBER = {"number_core", "number_front", "number_back"}
REGISTRY = replace(
    PEOPLE, expected=0.01, doubt=0.2, keys=tuple(key for key in PEOPLE.keys if not BY_NUMBER & set(key.columns))
)
"""The comparison of people with the keys that need no number in clear: a number stands once in the registry anyhow, and
what is registered has a right check digit. One of a hundred is thought to be there twice."""

TWO_NUMBERS = "两个号码都正确而不同"
OTHER_NAMES = {"差一个字", "字序颠倒", "不同"}
BY_CHANCE = "起点"


class PairState(Named):
    """What became of a pair."""

    OPEN = "open", "待认定"
    SAME = "same", "同一人，已合并"
    DIFFERENT = "different", "不是同一人"
    UNDONE = "undone", "已撤销合并"
    GONE = "gone", "情况已变，不再相似"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two ids (the lower first), the chance in whole percent, and the reasons: what was compared, found, and its bits."""

    first: int
    second: int
    score: int
    reasons: tuple[Reason, ...]

    @property
    def grounds(self) -> list[str]:
        """What speaks for one person, in short."""
        return [one.zh + one.found for one in self.reasons if one.bits > 0]


def pairs_of(people: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """The columns that are compared, without numbers, and the pairs worth comparing.

    ``people``: id (rising), name, sort_key, sex, birth, phone and address; a telephone may stand there as its hash.
    """
    columns = person_columns(people.with_columns(number=pl.lit("")))
    return columns, candidates(columns, None, REGISTRY.keys)


def alike(people: pl.DataFrame, columns: pl.DataFrame, pairs: pl.Series, numbers: pl.Series) -> list[Alike]:
    """The pairs about which a person should be asked, the likest first.

    ``numbers``: in clear, "" for those who have none or stand in no pair.
    """
    found = judge(REGISTRY, with_numbers(columns, numbers), pairs=pairs)
    reasons = {pattern: explain(REGISTRY, pattern) for pattern in found["pattern"].unique().to_list()}
    by_chance = {pattern: sum(one.bits for one in told) for pattern, told in reasons.items()}
    ids = people["id"]
    lines = zip(ids[found["left"]], ids[found["right"]], found["pattern"], found["bits"], found["chance"], strict=True)
    return [
        Alike(first, second, min(99, math.floor(chance * 100)), (*reasons[pattern], _chance(bits - by_chance[pattern])))
        for first, second, pattern, bits, chance in lines
        if not two_people(reasons[pattern])
    ]


def two_people(reasons: tuple[Reason, ...]) -> bool:
    """Two right numbers and two names are two people, mostly twins: nobody needs to be asked."""
    said = {one.zh: one.found for one in reasons}
    return said.get("身份证号") == TWO_NUMBERS and said.get("姓名") in OTHER_NAMES


def _chance(bits: float) -> Reason:
    return Reason(BY_CHANCE, "任取两条记录，很少是同一人", bits)
