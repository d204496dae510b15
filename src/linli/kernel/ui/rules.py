"""What components are made of, as plain data, and how values are written for people and for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from linli.base.days import SHANGHAI
from linli.base.money import show_wan, show_yuan

NOTHING = "—"
AMBER_DAYS = 2
"""From this many days left on, a deadline is shown in amber (house rule)."""
HOURS = "小时"

Kind = Literal["text", "code", "money", "wan", "count", "day", "moment", "state", "days_left", "area", "person", "home"]
RIGHT: frozenset[Kind] = frozenset({"money", "wan", "count"})
SHEET_FORMATS: dict[Kind, str] = {"money": "#,##0.00", "wan": "#,##0.######", "count": "#,##0"}
UNITS: dict[Kind, str] = {"money": "元", "wan": "万元"}


class Tone(StrEnum):
    """How much a state asks for attention; always said in words as well."""

    QUIET = "quiet"
    NOW = "now"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word or two."""

    text: str
    tone: Tone = Tone.QUIET

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """Days to a deadline: 0 is the last day, below 0 is overdue, None has no deadline.

    ``still`` is the ground on which the clock stands still now. The days then wait; what was late before stays late,
    so that nobody leaves the list of the overdue by asking for one more paper. ``waits``: how long a call for help has waited,
    which has no last day.
    """

    left: int | None
    provisional: bool = False
    unit: str = "天"
    still: str = ""
    waits: str = ""

    @property
    def badge(self) -> Badge:
        """The words and their tone: red when overdue, amber from two days on."""
        if self.waits:
            return Badge(f"已等{self.waits}", Tone.BAD)
        if self.still:
            late = self.left is not None and self.left < 0
            return Badge("逾期后停止计时" if late else f"{self.still}，停止计时", Tone.BAD if late else Tone.QUIET)
        if self.left is None:
            return Badge("不计时限")
        mark = "（暂定）" if self.provisional else ""
        if self.left < 0:
            return Badge(f"逾期{-self.left}{self.unit}{mark}", Tone.BAD)
        if self.unit == HOURS:
            return Badge(f"剩{self.left}{HOURS}" if self.left else "剩不到1小时", Tone.WARN)
        words = f"剩{self.left}{self.unit}{mark}" if self.left else f"今天到期{mark}"
        return Badge(words, Tone.WARN if self.left <= AMBER_DAYS else Tone.QUIET)

    def __str__(self) -> str:
        return self.badge.text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    ``key`` names it in the address and is the dotted path to its value unless ``value`` says otherwise (a path, or a
    function of the row). ``sort`` is the field to order by (True: the key itself). ``total`` is the field that is
    summed over the whole filter in the last line. ``unit`` stands in the head. ``link`` gives the address of a row.
    ``minor`` columns are left out on a phone. A ``kind`` of person (or home: the title of a household) is a name that only
    staff of communities and towns read in full in a list; others open the row. ``codes`` are areas that a ``value`` function
    names, to be fetched together. ``whole``: a value with its unit, never broken.
    """

    key: str
    label: str
    kind: Kind = "text"
    value: str | Callable[[Any], Any] = ""
    sort: str | bool = False
    total: str = ""
    unit: str = ""
    link: Callable[[Any], str] | None = None
    minor: bool = False
    codes: Callable[[Any], Iterable[str]] | None = None
    whole: bool = False

    @property
    def head(self) -> str:
        """The label with its unit: 金额（元）."""
        unit = self.unit or UNITS.get(self.kind, "")
        return f"{self.label}（{unit}）" if unit else self.label

    @property
    def right(self) -> bool:
        return self.kind in RIGHT

    @property
    def classes(self) -> str:
        """How the cells are set: numbers to the right, numbers and days unbroken, areas with room, minor ones away on a phone."""
        unbroken = self.whole or self.kind in {"day", "moment"}
        marks = {"number": self.right, "day": unbroken, "area": self.kind == "area", "minor": self.minor}
        return " ".join(name for name, on in marks.items() if on)

    @property
    def order(self) -> str:
        """The field to order by; empty when the column cannot be sorted."""
        return self.key if self.sort is True else self.sort or ""

    def codes_of(self, row: Any) -> Iterable[str]:
        """The areas whose names this column shows in a row."""
        if self.codes is not None:
            return self.codes(row)
        return [code] if self.kind == "area" and (code := self.value_of(row)) else ()

    def value_of(self, row: Any) -> Any:
        """The value of this column in a row; None where a step of the path is None."""
        if callable(self.value):
            return self.value(row)
        for step in (self.value or self.key).split("."):
            row = row.get(step) if isinstance(row, dict) else getattr(row, step)
            if row is None:
                return None
        return row() if callable(row) else row


def without_totals(columns: tuple[Column, ...], states_totals: Callable[[Any], bool]) -> tuple[Column, ...]:
    """The columns of a list without number and sum of the rows of which the reader has to state them himself."""

    def unless_stated(name: str) -> Callable[[Any], Any]:
        return lambda row: None if states_totals(row) else getattr(row, name)

    stated = {"count", "amount"}
    return tuple(replace(one, value=unless_stated(one.key), total="") if one.key in stated else one for one in columns)


@dataclass(frozen=True, slots=True)
class Batch:
    """Something that can be done with several chosen rows: the words on the button and the address of its check page."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a detail page. ``href`` makes the value a link; ``note`` stands below it."""

    label: str
    value: Any
    kind: Kind = "text"
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for a timeline: when, what, who, the opinion given, how long it stayed before."""

    at: date | datetime
    title: str
    who: str = ""
    text: str = ""
    tone: Tone = Tone.QUIET
    took: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a flow, for the progress line."""

    label: str
    state: Literal["done", "now", "todo", "back", "skip"]
    note: str = ""

    @property
    def words(self) -> str:
        return {"done": "已办", "now": "办理中", "todo": "未到", "back": "已退回", "skip": "不经过"}[self.state]


@dataclass(frozen=True, slots=True)
class Task:
    """Work that waits for somebody, as the workbench shows it. ``kind`` groups tasks (受理, 审核…).

    ``rush``: 0 for what has days, 1 for what has hours, 2 for danger, 3 for a call for help that nobody has answered.
    ``due_at``: the moment, of work whose clock runs in hours. ``called_at``: since when a call for help waits.
    """

    title: str
    kind: str
    href: str
    who: str = ""
    area: str = ""
    due: date | None = None
    days_left: DaysLeft | None = None
    since: date | None = None
    rush: int = 0
    due_at: datetime | None = None
    called_at: datetime | None = None

    @property
    def urgency(self) -> tuple[int, int, date, date, str]:
        """A call for help before everything that is overdue; then the oldest deadline, what came first, what has no deadline."""
        return (-self.rush, self.due is None, self.due or date.max, self.since or date.max, self.title)


@dataclass(frozen=True, slots=True)
class Watched:
    """Work of one kind in one area that has last days, as whoever supervises it sees it: numbers and days, no names.

    ``late``: so many are past their last day, ``soon``: so many more end within three days. ``oldest``: the longest past last
    day. ``href``: the list of those that are late, for whoever may open it.
    """

    kind: str
    area: str
    late: int
    soon: int
    oldest: date | None = None
    href: str = ""

    @property
    def ident(self) -> str:
        return f"{self.kind}-{self.area}"


@dataclass(frozen=True, slots=True)
class NumberCard:
    """One figure: the number as text with its unit, what it is compared with, its day, its definition, its rows. ``more``: the
    words and address of a further link.
    """

    label: str
    value: str
    unit: str = ""
    compare: Sequence[tuple[str, str]] = ()
    as_of: str = ""
    definition: str = ""
    href: str = ""
    tone: Tone = Tone.QUIET
    more: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table twin. ``series`` are (name, numbers); ``reading`` says in one sentence what is seen."""

    key: str
    title: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    reading: str
    form: Literal["bar", "row", "line", "stack"] = "bar"
    unit: str = ""
    as_of: str = ""
    head: str = "项目"

    @property
    def script_id(self) -> str:
        return f"chart-{self.key}-data"

    @property
    def data(self) -> dict[str, Any]:
        """What the browser draws."""
        series = [{"name": name, "values": list(values)} for name, values in self.series]
        return {"form": self.form, "unit": self.unit, "title": self.title, "categories": list(self.categories), "series": series}

    @property
    def lines(self) -> list[tuple[str, list[float | None]]]:
        """The same numbers as rows of a table."""
        return [(name, [values[at] for _, values in self.series]) for at, name in enumerate(self.categories)]


def show(value: Any, kind: Kind = "text") -> str:
    """The value as people read it; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if kind == "money":
        return show_yuan(value)
    if kind == "wan":
        return show_wan(value)
    if kind == "count":
        return f"{value:,}"
    if isinstance(value, datetime):
        return _show_moment(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _show_moment(value: datetime, kind: Kind) -> str:
    here = value.astimezone(SHANGHAI) if value.tzinfo else value
    return here.strftime("%Y-%m-%d" if kind == "day" else "%Y-%m-%d %H:%M")


def sheet_value(value: Any, kind: Kind = "text") -> str | int | float | date | None:
    """The value for a spreadsheet: numbers and days keep their type, all else is the text that the page shows."""
    if value is None or value == "":
        return None
    if kind == "money":
        return float(value) / 100
    if kind == "wan":
        return float(show_wan(value))
    if kind == "count":
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI) if value.tzinfo else value
    if isinstance(value, date):
        return value
    return show(value, kind)
