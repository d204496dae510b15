"""Words of the system of assistance, and the arithmetic of its overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from linli.base.named import Named
from linli.kernel.deliveries.rules import Help


class Department(Named):
    """Who helps beside civil affairs, with what its own office gives (部门专项救助)."""

    HOUSING = "housing", "住房和城乡建设"
    LABOUR = "labour", "人力资源和社会保障"
    EDUCATION = "education", "教育"
    HEALTH = "health", "卫生"
    DISABLED = "disabled", "残联"
    WOMEN = "women", "妇联"
    YOUTH = "youth", "共青团"
    RED_CROSS = "red_cross", "红十字会"
    JUSTICE = "justice", "司法行政"
    OTHER = "other", "其他部门"


class Paper(Named):
    """What kind of document of the mechanism it is."""

    OPINION = "opinion", "意见"
    MEASURES = "measures", "办法"
    RULES = "rules", "细则"
    NOTICE = "notice", "通知"
    MINUTES = "minutes", "会议纪要"


PARTNER_HELPS = tuple(Help.choices())
PARTNERS = "coordination.partners"


class Group(NamedTuple):
    """How much aid of one stream, for one purpose, went to families with or without a disabled person: fen and times."""

    stream: str
    layer: str
    help: str
    disabled: bool
    money: int
    times: int


@dataclass(frozen=True)
class Sums:
    """Aid of one part: fen, times, and how much of it went to disabled people and their families."""

    money: int = 0
    times: int = 0
    disabled_money: int = 0
    disabled_times: int = 0

    @property
    def share(self) -> Fraction | None:
        """The part of the times that went to disabled people; None where nobody was helped."""
        return Fraction(self.disabled_times, self.times) if self.times else None


@dataclass(frozen=True)
class Line:
    """One part of the overview, this period and the same period a year before."""

    key: str
    now: Sums
    before: Sums

    @property
    def growth(self) -> Fraction | None:
        """The change of the money against last year; None where there was none."""
        return Fraction(self.now.money - self.before.money, self.before.money) if self.before.money else None


def sums_of(groups: Iterable[Group]) -> Sums:
    """What these groups add up to."""
    rows = list(groups)
    disabled = [row for row in rows if row.disabled]
    return Sums(
        sum(row.money for row in rows), sum(row.times for row in rows),
        sum(row.money for row in disabled), sum(row.times for row in disabled),
    )  # fmt: skip


def lines(
    now: Iterable[Group], before: Iterable[Group], part: Callable[[Group], str], always: Iterable[str] = ()
) -> list[Line]:
    """A line for each part, in the order of ``always`` and then of their keys; parts of last year alone stand there, too."""
    now, before = list(now), list(before)
    first = list(always)
    keys = [*first, *sorted({part(row) for row in (*now, *before)} - set(first))]
    return [
        Line(key, sums_of(row for row in now if part(row) == key), sums_of(row for row in before if part(row) == key))
        for key in keys
    ]
