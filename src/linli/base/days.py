"""Days as the law counts them: working days, periods, ages; and days as people write them."""

from __future__ import annotations

import calendar as months
import re
import tomllib
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from chinese_calendar.constants import holidays, workdays

from linli.base.text import plain, without_invisible

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The one time zone of the country (北京时间); every moment is kept aware in it."""

EARLIEST_YEAR, LATEST_YEAR = 1800, 2199
_ONE = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Due:
    """The last day of a period.

    Provisional (暂定) when it rests on days past the known official calendar; such a day is never final.
    """

    day: date
    provisional: bool = False

    @property
    def zh(self) -> str:
        """The day for people: 2026年10月12日, with （暂定） where it is provisional."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日{'（暂定）' if self.provisional else ''}"


@dataclass(frozen=True)
class WorkCalendar:
    """The official calendar from `since` to `known_until`.

    `off` are the days off by notice, `worked` the weekend days worked in exchange (调休).
    """

    since: date
    known_until: date
    off: frozenset[date]
    worked: frozenset[date]

    def knows(self, day: date) -> bool:
        """Whether the official calendar of the day has been published."""
        return self.since <= day <= self.known_until

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day. Outside the known calendar: Monday to Friday (see `knows`)."""
        if day in self.off:
            return False
        return day.weekday() < 5 or day in self.worked

    def add_working_days(self, start: date, n: int) -> Due:
        """The n-th working day after `start`, which itself is not counted (民法典 §201).

        n = 0 is the start itself. Raises ValueError for a negative n.
        """
        if n < 0:
            raise ValueError("工作日数不能为负。")
        day = start
        while n:
            day += _ONE
            n -= self.is_working(day)
        return Due(day, provisional=day != start and not (self.knows(start + _ONE) and self.knows(day)))

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after `a` up to and including `b`; negative when `b` is before `a`.

        The reverse of `add_working_days`: the days left until a due day are
        `working_days_between(today, due)`.
        """
        if b < a:
            return -self.working_days_between(b, a)
        exchanged = bisect_right(self._worked, b) - bisect_right(self._worked, a)
        taken_off = bisect_right(self._off, b) - bisect_right(self._off, a)
        return _weekdays_to(b) - _weekdays_to(a) + exchanged - taken_off

    @cached_property
    def _off(self) -> list[date]:
        """Days from Monday to Friday on which nobody works."""
        return sorted(day for day in self.off if day.weekday() < 5)

    @cached_property
    def _worked(self) -> list[date]:
        """Weekend days on which offices work."""
        return sorted(day for day in self.worked - self.off if day.weekday() >= 5)

    def next_working_day(self, day: date) -> Due:
        """The day itself if offices work on it, else the first working day after it (民法典 §203)."""
        last = day
        while not self.is_working(last):
            last += _ONE
        return Due(last, provisional=not (self.knows(day) and self.knows(last)))


def _weekdays_to(day: date) -> int:
    """The days from Monday to Friday up to this one, from the first day of the calendar, a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return 5 * weeks + min(rest, 5)


OVERLAY = Path(__file__).with_name("holidays.toml")
"""Years of the official calendar that the library does not have; a deployment may name a file of its own."""


@cache
def official_calendar(overlay: Path = OVERLAY) -> WorkCalendar:
    """The calendar of the State Council's notices: the library chinesecalendar (from 2004) and the overlay.

    Known until 28 December of the last year, because the notice for the next year has moved days from 29 December
    on (2007, 2018). Years of the overlay that the library has by now are passed over. Raises ValueError, in Chinese,
    when the overlay's years repeat or leave a gap, or a year is incomplete or names unfit days.
    """
    off, worked = set(holidays), set(workdays)
    first, last = min(off).year, max(off).year
    entries = tomllib.loads(overlay.read_text(encoding="utf-8"))["year"]
    for entry in [entry for entry in entries if entry["year"] > last]:
        year = entry["year"]
        if year != last + 1:
            raise ValueError(f"{overlay.name}：{last}年之后应为{last + 1}年的放假安排，现为{year}年，请核对。")
        if not entry.get("notice") or not _fits(year, entry.get("off"), entry.get("worked")):
            raise ValueError(f"{overlay.name}：{year}年的放假安排不完整或日期有误，请对照通知核对。")
        off |= set(entry["off"])
        worked |= set(entry["worked"])
        last = year
    return WorkCalendar(date(first, 1, 1), date(last, 12, 28), frozenset(off), frozenset(worked))


def _fits(year: int, off: list[date] | None, worked: list[date] | None) -> bool:
    """Whether days off, and weekend days worked, can be those of the notice for a year."""
    if not off or worked is None:
        return False
    first, last = date(year - 1, 12, 20), date(year, 12, 31)
    return all(first <= day <= last for day in (*off, *worked)) and all(day.weekday() >= 5 and day not in off for day in worked)


TermKind = Literal["working", "calendar", "month", "year"]
_TERM_ZH = {"working": "个工作日", "calendar": "日", "month": "个月", "year": "年"}


@dataclass(frozen=True, slots=True)
class Term:
    """A period of the law: so many working days (工作日), calendar days (日), months (月) or years (年)."""

    kind: TermKind
    n: int

    def __post_init__(self) -> None:
        if self.kind not in get_args(TermKind):
            raise ValueError(f"期限的单位“{self.kind}”应为 working、calendar、month 或 year。")
        if self.n < 0:
            raise ValueError("期限不能为负。")

    @property
    def zh(self) -> str:
        """The period for people: 20个工作日, 7日, 6个月, 1年."""
        return f"{self.n}{_TERM_ZH[self.kind]}"

    def due(self, start: date, calendar: WorkCalendar, *, roll: bool = False) -> Due:
        """The last day of the period that `start` (the day of the act, not counted) begins.

        A month or year ends on the corresponding day, else on the last day of the month (民法典 §202). With
        `roll`, a last day that is no working day moves to the next working day (民法典 §203); working-day
        periods need no roll.
        """
        if self.kind == "working":
            return calendar.add_working_days(start, self.n)
        if self.kind == "calendar":
            last = start + timedelta(days=self.n)
        else:
            last = _months_later(start, self.n * (12 if self.kind == "year" else 1))
        return calendar.next_working_day(last) if roll else Due(last)


def _months_later(day: date, n: int) -> date:
    """The corresponding day n months later, or the last day of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


_MIDNIGHT = re.compile(r"[T\s]0{1,2}:00(:00(\.0+)?)?\s*$")
_WRITTEN = re.compile(r"(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-./年](\d{1,2})月?|(\d{2}))", re.ASCII)


def parse_month(text: str) -> date:
    """The first day of a month as people write it: 2026-1, 2026.01, 202601, 2026年1月; full-width too.

    Raises ValueError, in Chinese and with what was written, for another form and for a month that does not exist.
    """
    found = _MONTH.fullmatch(plain(text))
    if not found:
        raise ValueError(f"“{text}”不是完整的年月，请写成 2026-01 的样子。")
    year, month = int(found[1]), int(found[2] or found[3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"“{text}”的年份应在{EARLIEST_YEAR}至{LATEST_YEAR}之间，请核对。")
    if not 1 <= month <= 12:
        raise ValueError(f"“{text}”的月份应在1至12之间，请核对。")
    return date(year, month, 1)


def parse_day(text: str) -> date:
    """The day as people write it: 2026-1-5, 2026.1.5, 2026/1/5, 20260105, 2026年1月5日; full-width too.

    Blanks are ignored, and a midnight that a spreadsheet appended. Raises ValueError, in Chinese, for another
    form, for a day that does not exist, and for a year outside 1800 to 2199.
    """
    if len(text) > 40:
        raise ValueError("日期过长，请写成 2026-01-05 的样子。")
    usual = without_invisible(unicodedata.normalize("NFKC", text)).replace("。", ".")
    bare = "".join(_MIDNIGHT.sub("", usual).split())
    if not bare:
        raise ValueError("没有填写日期，请写成 2026-01-05 的样子。")
    found = _WRITTEN.fullmatch(bare)
    if not found:
        raise ValueError(f"“{text}”不是完整的年月日，请写成 2026-01-05 的样子。")
    year, month, day = (
        int(found[1]),
        int(found[3] or found[5] or found[7]),
        int(found[4] or found[6] or found[8]),
    )
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"日期“{text}”的年份应在{EARLIEST_YEAR}至{LATEST_YEAR}之间，请核对。")
    if not 1 <= month <= 12:
        raise ValueError(f"日期“{text}”的月份应在1至12之间，请核对。")
    if not 1 <= day <= months.monthrange(year, month)[1]:
        raise ValueError(f"日期“{text}”不存在，{year}年{month}月只有{months.monthrange(year, month)[1]}天，请核对。")
    return date(year, month, day)


def age_on(birth: date, day: date) -> int:
    """Full years of age (周岁) on a day; a year is full on the birthday itself.

    Who was born on 29 February has the birthday on 28 February of a common year (by 民法典 §202).
    Raises ValueError for a day before the birth.
    """
    if day < birth:
        raise ValueError(f"{day.isoformat()} 早于出生日期，请核对。")
    years = day.year - birth.year
    return years if day >= _months_later(birth, 12 * years) else years - 1


def month_range(year: int, month: int) -> tuple[date, date]:
    """The month as half-open range: its first day and the first day after it."""
    first = date(year, month, 1)
    return first, _months_later(first, 1)


def quarter_range(year: int, quarter: int) -> tuple[date, date]:
    """The quarter, 1 to 4, as half-open range. Raises ValueError for another quarter."""
    if not 1 <= quarter <= 4:
        raise ValueError("季度应在1至4之间。")
    first = date(year, 3 * quarter - 2, 1)
    return first, _months_later(first, 3)


def year_range(year: int) -> tuple[date, date]:
    """The calendar year as half-open range: 1 January and the next 1 January."""
    return date(year, 1, 1), date(year + 1, 1, 1)
