"""A figure is a definition: its words, its unit, the rows that it counts and how it may be broken down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from linli.base.days import month_range, quarter_range, year_range
from linli.kernel.access.rules import Role


class Kind(StrEnum):
    """A stock holds on a day (the last of the period); a flow happens during the period."""

    STOCK = "stock"
    FLOW = "flow"


class Unit(StrEnum):
    """What is counted. Money is kept in fen and shown in 元 or 万元."""

    PERSON = "人"
    HOUSEHOLD = "户"
    FEN = "元"
    PIECE = "件"
    EACH = "个"
    TIMES = "人次"
    CASE = "件次"
    TIME = "次"
    SESSION = "场"
    HOUR = "小时"
    DAY = "天"
    RATIO = "%"


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included, with the name that offices give it.

    ``on``: the day on whose boundaries places are shown, where that is not the last day. ``known``: the day up to which anything
    can have happened; where the period runs on after it, what is late is judged on that day.
    """

    first: date
    last: date
    zh: str
    on: date | None = None
    known: date | None = None

    @property
    def judged(self) -> date:
        """The day on which it is judged what is late: the last day, or today while the period runs on."""
        return min(self.last, self.known) if self.known else self.last

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("统计期的结束日早于开始日，请修改。")

    def within(self, day: str) -> dict[str, tuple[date, date]]:
        """The condition that a column of days lies in the period: ``rows.filter(**period.within("applied_on"))``."""
        return {f"{day}__range": (self.first, self.last)}

    def as_known(self, on: date) -> Period:
        """The period as it can be judged today."""
        return replace(self, known=on)

    def until(self, on: date) -> Period:
        """The part of the period up to this day; the whole of it when it has ended or has not begun."""
        return replace(self, last=on) if self.first <= on < self.last else self

    def last_year(self) -> Period:
        """The same period a year before; a period that ends with a month ends with that month then, too."""
        end = _year_before(self.last + timedelta(days=1)) - timedelta(days=1)
        return Period(_year_before(self.first), end, f"上年同期（{self.zh}）")

    def before(self) -> Period:
        """The period of equal length that ends the day before (a whole month, quarter or year keeps its kind)."""
        end = self.first - timedelta(days=1)
        for whole in (month_period(end.year, end.month), quarter_period(end.year, (end.month + 2) // 3), year_period(end.year)):
            if _same_kind(self, whole):
                return whole
        return Period(end - (self.last - self.first), end, f"上期（{self.zh}）")


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _same_kind(period: Period, whole: Period) -> bool:
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    wanted = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    full = period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
    return full and months == wanted and whole.last + timedelta(days=1) == period.first


def month_period(year: int, month: int) -> Period:
    return _whole(month_range(year, month), f"{year}年{month}月")


def quarter_period(year: int, quarter: int) -> Period:
    return _whole(quarter_range(year, quarter), f"{year}年第{'一二三四'[quarter - 1]}季度")


def year_period(year: int) -> Period:
    return _whole(year_range(year), f"{year}年")


def _whole(days: tuple[date, date], zh: str) -> Period:
    first, after = days
    return Period(first, after - timedelta(days=1), zh)


def _plain(text: str) -> str:
    """A period as pages name it, in the short way of writing it."""
    if quarter := re.fullmatch(r"(\d{4})年第?([一二三四1-4])季度", text):
        return f"{quarter[1]}Q{'一二三四'.find(quarter[2]) + 1 or quarter[2]}"
    if month := re.fullmatch(r"(\d{4})年(\d{1,2})月", text):
        return f"{month[1]}-{month[2]}"
    return text.removesuffix("年").replace("至", "..")


def read_period(text: str) -> Period:
    """``2010``, ``2010-12``, ``2010Q4`` or ``2010-01-01..2010-09-30``, and as pages name periods: ``2010年``, ``2010年12月``,
    ``2010年第四季度``, ``2010-01-01至2010-09-30``. ValueError in Chinese otherwise."""
    given, text = text, _plain(text)
    if (days := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text)) and days[2] < days[1]:
        raise ValueError(f"统计期“{given}”的第一天晚于最后一天，请核对。")
    try:
        if ".." in text:
            first, last = (date.fromisoformat(part) for part in text.split(".."))
            return Period(first, last, f"{first}至{last}")
        if "Q" in text.upper():
            year, quarter = text.upper().split("Q")
            return quarter_period(int(year), int(quarter))
        if "-" in text:
            year, month = text.split("-")
            return month_period(int(year), int(month))
        return year_period(int(text))
    except (ValueError, IndexError) as fault:
        raise ValueError(f"看不懂统计期“{given}”：请写成 2010、2010-12、2010Q4 或 2010-01-01..2010-09-30。") from fault


SMALL = 5
"""Counts of people or families below this are hidden from those who read numbers only (house rule)."""


def hidden(number: int, role: Role) -> bool:
    """Whether a count of people or families is too small to be shown to a leader, whose screens others see too."""
    return role is Role.LEADER and 0 < number < SMALL


@dataclass(frozen=True)
class Breakdown:
    """One way to break a figure down: a field of its rows with the Chinese name of each value.

    ``names`` may be a callable that gives the names when they are needed. The area breakdown is built in.
    """

    key: str
    zh: str
    column: str
    names: dict[str, str] | Callable[[], dict[str, str]] = field(default_factory=dict)

    def name_of(self, value: Any) -> str:
        names = self.names() if callable(self.names) else self.names
        return names.get(str(value), str(value) if value not in (None, "") else "未填")


@dataclass(frozen=True)
class Figure:
    """One figure of the office.

    ``rows``: gives the queryset of the rows counted for a period (``rows(period) -> queryset``); row security limits it
    to the viewer's area, and each row has ``area_column``. ``measure``: "count", "distinct:<column>" or "sum:<column>".
    ``describe``: a row as the list of what it counts shows it (text, address of its page or "").
    ``course``: the keys of what stood when the period began, of who came and of who went, where this is what became of it.
    ``words`` is the definition (口径), ``basis`` the document that asks for it, ``owner`` the office that answers for it.
    """

    key: str
    zh: str
    words: str
    unit: Unit
    kind: Kind
    rows: Callable[[Period], Any]
    measure: str = "count"
    area_column: str = "area"
    breakdowns: tuple[Breakdown, ...] = ()
    describe: Callable[[Any], tuple[str, str]] | None = None
    owner: str = ""
    basis: str = ""
    persons: bool = False
    dashboard: int = 0
    course: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.measure != "count" and not self.measure.startswith(("distinct:", "sum:")):
            raise ValueError(f"{self.key}: the measure is count, distinct:<column> or sum:<column>")
        if not self.words:
            raise ValueError(f"{self.key}: a figure has a definition in words")

    def breakdown(self, key: str) -> Breakdown:
        """The breakdown with this key; LookupError when the figure does not allow it."""
        for one in self.breakdowns:
            if one.key == key:
                return one
        raise LookupError(f"“{self.zh}”不能按“{key}”分组。")


@dataclass(frozen=True)
class Share:
    """How much of one figure another is, by area: the keys of the part, the whole, and the figures into which the part falls.

    ``per``: money for each of something; the quotient is then an amount in this unit (元/人月), not a share.
    """

    key: str
    zh: str
    words: str
    part: str
    whole: str
    parts: tuple[str, ...] = ()
    per: str = ""
