"""Words of the system of assistance, and the arithmetic of its overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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


class Reach(Named):
    """Whether somebody in need was reached by assistance, and in time."""

    REACHED = "reached", "已得到救助"
    WAITING = "waiting", "正在办理"
    FRESH = "fresh", "期限以内"
    MISSED = "missed", "超过期限未惠及"


IN_TIME = (Reach.REACHED, Reach.WAITING, Reach.FRESH)
"""Nobody of these was forgotten: the coverage counts them."""

IN_NEED: dict[str, str] = {
    "dibao": "困难群众", "tekun": "困难群众", "edge": "困难群众", "rigid": "困难群众", "poor_by_illness": "困难群众",
    "poor_again_by_illness": "困难群众", "poor_by_disaster": "困难群众", "poor_by_calamity": "困难群众",
    "lonely": "困难群众", "orphan": "困难群众", "unsupported_child": "困难群众", "disabled": "残疾人", "ill": "重病患者",
    "veteran": "优抚对象", "laid_off": "下岗失业人员", "unemployed": "下岗失业人员", "hard_to_employ": "下岗失业人员",
    "elder_alone": "独居和空巢老人", "empty_nest": "独居和空巢老人", "left_behind_child": "三留人员",
    "left_behind_elder": "三留人员", "left_behind_woman": "三留人员", "single_parent": "单亲和特殊家庭",
    "lost_only_child": "单亲和特殊家庭",
}  # fmt: skip
"""Kinds of status that put somebody into the community's care (社会福利、城市救助、优抚融入社区服务), and the group of each."""


HELD = ("dibao", "tekun")
"""Statuses of those who are helped month by month, also where their money is paid by another system."""


def reach_of(helped: bool, waiting: bool, since: date, on: date, days: int) -> Reach:
    """How somebody in need since a day stands on another; ``days``: within which the community reaches them, inclusive."""
    if helped:
        return Reach.REACHED
    if waiting:
        return Reach.WAITING
    return Reach.FRESH if on <= since + timedelta(days=days) else Reach.MISSED


LEFT_BEHIND: dict[str, str] = {
    "left_behind_child": "留守儿童", "left_behind_elder": "留守老人", "left_behind_woman": "留守妇女",
}  # fmt: skip
"""The three groups (三留), in the order in which somebody of several counts."""


class Facility(Named):
    """What a community has for them."""

    HOME = "home", "养老院"
    NURSERY = "nursery", "托儿所（幼儿园）"
    CLINIC = "clinic", "卫生室"
    GARDEN = "garden", "花园（广场）"
    ROOM = "room", "活动室"
    SCHOOL = "school", "学校"
