"""How alike two rows are: a score out of 100 with its grounds. It proposes; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.named import Named

PROPOSE_FROM = 60
"""Pairs below this score are not shown."""


class PairState(Named):
    """What became of a pair."""

    OPEN = "open", "待认定"
    SAME = "same", "同一人，已合并"
    DIFFERENT = "different", "不是同一人"
    UNDONE = "undone", "已撤销合并"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is compared of one person."""

    name: str
    pinyin: str
    birth: date
    sex: str
    number: bytes | None
    phone: bytes | None
    address: str


@dataclass(frozen=True, slots=True)
class Match:
    """A score from 0 to 100 and its grounds in Chinese."""

    score: int
    grounds: tuple[str, ...]


def compare(one: Likeness, other: Likeness) -> Match:
    """How alike two rows are. Two different full identity numbers speak against one person, but do not exclude it."""
    found = [
        (90, "身份证号相同", one.number is not None and one.number == other.number),
        (40, "姓名相同", one.name == other.name),
        (25, "姓名同音", one.name != other.name and one.pinyin == other.pinyin),
        (30, "出生日期相同", one.birth == other.birth),
        (15, "出生日期仅差一处", one.birth != other.birth and _nearly(one.birth, other.birth)),
        (20, "电话相同", one.phone is not None and one.phone == other.phone),
        (20, "住址相同", bool(one.address) and one.address == other.address),
        (-20, "性别不同", one.sex != other.sex),
        (-30, "身份证号不同", None not in (one.number, other.number) and one.number != other.number),
    ]
    score = sum(points for points, _, true in found if true)
    return Match(max(0, min(100, score)), tuple(ground for _, ground, true in found if true))


def _nearly(one: date, other: date) -> bool:
    """Whether two days differ as by one slip of the pen: one digit, or day and month changed over."""
    slips = sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True))
    return slips == 1 or (one.year == other.year and (one.month, one.day) == (other.day, other.month))
