"""Values of the law (参数): dated, with place and source. No number of the law stands in code.

A TOML file holds `[[value]]` tables:

    [[value]]
    key = "charity.spend.min"
    from = 2024-09-05              # the first day in force
    until = 2030-12-31             # optional: the last day in force; else it ends with the next line
    place = "37"                   # optional: leading digits of an area code; else the whole country
    value = "0.70"                 # fen and counts are whole numbers, ratios are text ("0.70", "1/5", "30%")
    unit = "ratio"                 # fen ratio count flag text, or a period: working calendar month year
    document = "中华人民共和国慈善法"
    article = "§61"
    certainty = "S"                # S full text read, s seen in part, M from memory
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias, get_args

from linli.base.areas import prefix_of
from linli.base.days import Term, TermKind

Single: TypeAlias = int | str | Fraction
Content: TypeAlias = Single | tuple[Single, ...]

_TERMS = get_args(TermKind)
UNITS = ("fen", "ratio", "count", "flag", "text", *_TERMS)
_PLACE_DIGITS = (12, 9, 6, 4, 2, 0)
_REQUIRED = {"key", "from", "value", "unit", "document", "article", "certainty"}
_OPTIONAL = {"until", "place", "note"}
_TEXTS = ("key", "place", "unit", "document", "article", "certainty", "note")


Former: TypeAlias = tuple[tuple[date, str], ...]
"""What was said before the present words: each with the day on which it ceased to hold, the oldest first."""


def said_on(day: date, former: Former, now: str) -> str:
    """The words that held on a day (民发〔2012〕220号 until 2021-06-30)."""
    return next((words for ceased, words in former if day < ceased), now)


def in_order(former: Former) -> bool:
    """Whether former words stand in the order of the days on which they ceased."""
    days = [ceased for ceased, _ in former]
    return days == sorted(set(days))


class NoValue(LookupError):
    """No value of a key is in force on a day at a place; the message says which, in Chinese."""

    def __init__(self, key: str, day: date, area: str) -> None:
        self.key, self.day, self.area = key, day, area
        super().__init__(f"参数“{key}”在{day.isoformat()}、区划{area or '全国'}没有规定值，请先补录依据和数值。")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the law, in force from `since` to `until` (inclusive; None is open) under `place`.

    A list in the file is a tuple in `value`. A single value is read by the property of its unit: `fen`,
    `count`, `ratio`, `flag`, `text`, `term`; another property raises TypeError.
    """

    key: str
    since: date
    until: date | None
    place: str
    value: Content
    unit: str
    document: str
    article: str
    certainty: str
    note: str = ""

    @property
    def fen(self) -> int:
        """An amount of money in fen."""
        return self._whole("fen")

    @property
    def count(self) -> int:
        """A whole number of things."""
        return self._whole("count")

    @property
    def ratio(self) -> Fraction:
        """An exact ratio."""
        if self.unit != "ratio" or not isinstance(self.value, Fraction):
            raise self._misread("ratio")
        return self.value

    @property
    def flag(self) -> bool:
        """Yes or no."""
        return bool(self._whole("flag"))

    @property
    def text(self) -> str:
        """A word or a document's wording."""
        if self.unit != "text" or not isinstance(self.value, str):
            raise self._misread("text")
        return self.value

    @property
    def term(self) -> Term:
        """A period of the law."""
        for kind in _TERMS:
            if kind == self.unit:
                return Term(kind, self._whole(kind))
        raise self._misread("term")

    @property
    def source(self) -> str:
        """Document and article for people: 中华人民共和国慈善法 §61."""
        return f"{self.document} {self.article}".strip()

    def to_json(self) -> dict[str, Any]:
        """The value as plain data for storing."""
        return {
            "key": self.key,
            "since": self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "place": self.place,
            "value": _to_plain(self.value),
            "unit": self.unit,
            "document": self.document,
            "article": self.article,
            "certainty": self.certainty,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Value:
        """The value that `to_json` wrote."""
        until = data["until"]
        return cls(
            **{
                **data,
                "since": date.fromisoformat(data["since"]),
                "until": until and date.fromisoformat(until),
                "value": _content(data["value"], data["unit"]),
            }
        )

    def _whole(self, unit: str) -> int:
        if self.unit != unit or not isinstance(self.value, int):
            raise self._misread(unit)
        return self.value

    def _misread(self, unit: str) -> TypeError:
        return TypeError(f"{self.key} is a {self.unit} {self.value!r}, not one {unit}")


class Parameters:
    """All values of the law that are known, asked by key, day of the act, and area."""

    def __init__(self, values: Iterable[Value]) -> None:
        """Raises ValueError, in Chinese, for two values of one key and place that overlap."""
        self._lines: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for value in sorted(values, key=lambda v: (v.key, v.place, v.since)):
            self._lines[value.key, value.place].append(value)
        for line in self._lines.values():
            _refuse_overlaps(line)
        self._starts = {at: [value.since for value in line] for at, line in self._lines.items()}

    def __iter__(self) -> Iterator[Value]:
        return (value for line in self._lines.values() for value in line)

    def on(self, key: str, day: date, area: str) -> Value:
        """The value in force on the day of the act in the area (12-digit code); the most specific place wins.

        Raises NoValue, naming key, day and area, when there is none.
        """
        for digits in _PLACE_DIGITS:
            at = key, area[:digits]
            if at not in self._starts:
                continue
            i = bisect_right(self._starts[at], day)
            if i and ((last := self._lines[at][i - 1]).until is None or last.until >= day):
                return last
        raise NoValue(key, day, area)

    def history(self, key: str) -> tuple[Value, ...]:
        """All values of a key, of every place and time, by place and then by day."""
        return tuple(value for value in self if value.key == key)


def load(paths: Iterable[Path]) -> Parameters:
    """The values of all the files. Raises ValueError, in Chinese, naming the file and the faulty entry."""
    values = []
    for path in paths:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("value", [])
        for number, entry in enumerate(entries, 1):
            try:
                values.append(_read(entry))
            except ValueError as fault:
                raise ValueError(f"{path.name} 第{number}条（{entry.get('key', '无key')}）：{fault}") from fault
    return Parameters(values)


def _read(entry: dict[str, Any]) -> Value:
    if missing := _REQUIRED - entry.keys():
        raise ValueError(f"缺少 {'、'.join(sorted(missing))}。")
    if unknown := entry.keys() - _REQUIRED - _OPTIONAL:
        raise ValueError(f"不认识 {'、'.join(sorted(unknown))}。")
    if not all(isinstance(entry.get(name, ""), str) for name in _TEXTS):
        raise ValueError(f"{'、'.join(_TEXTS)} 应为文字。")
    since, until, place = entry["from"], entry.get("until"), entry.get("place", "")
    for day in (since, until):
        if day is not None and type(day) is not date:
            raise ValueError("from 和 until 应为日期，如 2026-07-01，不加引号。")
    if until is not None and until < since:
        raise ValueError("until 早于 from。")
    if len(place) not in _PLACE_DIGITS or (place and not place.isdigit()):
        raise ValueError("place 应为区划代码的前2、4、6、9或12位数字。")
    if place and prefix_of(place.ljust(12, "0")) != place:
        raise ValueError("place 只写区划代码的有效前几位，不带末尾的0。")
    if entry["certainty"] not in ("S", "s", "M"):
        raise ValueError("certainty 应为 S、s 或 M。")
    return Value(
        key=entry["key"],
        since=since,
        until=until,
        place=place,
        value=_content(entry["value"], entry["unit"]),
        unit=entry["unit"],
        document=entry["document"],
        article=entry["article"],
        certainty=entry["certainty"],
        note=entry.get("note", ""),
    )


def _content(raw: Any, unit: str) -> Content:
    if unit not in UNITS:
        raise ValueError(f"unit 应为 {'、'.join(UNITS)} 之一。")
    if isinstance(raw, list):
        return tuple(_single(item, unit) for item in raw)
    return _single(raw, unit)


def _single(raw: Any, unit: str) -> Single:
    if unit == "flag" and isinstance(raw, bool):
        return raw
    if unit == "text" and isinstance(raw, str):
        return raw
    if unit == "ratio" and isinstance(raw, str):
        return _ratio(raw)
    if unit not in ("flag", "text", "ratio") and type(raw) is int:
        return raw
    form = {"flag": "true 或 false", "text": "文字", "ratio": '文字形式的比例，如 "0.70"'}.get(unit, "整数")
    raise ValueError(f"unit 为 {unit} 时 value 应为{form}。")


def _ratio(text: str) -> Fraction:
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f'比例“{text}”看不懂，请写成 "0.70"、"1/5" 或 "30%"。') from None


def _to_plain(content: Content) -> Any:
    if isinstance(content, tuple):
        return [_to_plain(item) for item in content]
    return str(content) if isinstance(content, Fraction) else content


def _refuse_overlaps(line: list[Value]) -> None:
    """Two values of one key and place may not be in force on one day; the next line closes an open end."""
    for one, other in pairwise(line):
        if one.since == other.since or (one.until is not None and one.until >= other.since):
            raise ValueError(
                f"参数“{one.key}”（区划{one.place or '全国'}）在{other.since.isoformat()}有两个规定值，"
                f"前一个应止于{(other.since - timedelta(days=1)).isoformat()}：{one.source}；{other.source}。"
            )
