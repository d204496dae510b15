"""The law that the program knows, joined with what two persons agreed: one value of a key and place on every day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from linli.base.dated import Content, NoValue, Parameters, Value

DAY = timedelta(days=1)
EARLIEST, LATEST = timedelta(days=3653), timedelta(days=731)
"""How far before and after the day of entering a standard may begin."""
TIMES = 2
"""A value more than so many times the present one, or less than that part of it, wants a second look."""


def joined(base: Parameters, agreed: Iterable[Value]) -> Parameters:
    """``agreed`` in the order of agreement: a value of an equal beginning is a correction and stands instead of the former;
    the one before it, open or not, ends on the day before."""
    own: dict[tuple[str, str], dict[date, Value]] = {}
    for value in agreed:
        own.setdefault((value.key, value.place), {})[value.since] = value
    kept = [value for value in base if (value.key, value.place) not in own]
    lines = {at: {value.since: value for value in base if (value.key, value.place) == at} | news for at, news in own.items()}
    return Parameters([*kept, *(value for line in lines.values() for value in _closed(line))])


def _closed(line: dict[date, Value]) -> list[Value]:
    found = [line[since] for since in sorted(line)]
    for number, (one, other) in enumerate(pairwise(found)):
        if one.until is None or one.until >= other.since:
            found[number] = replace(one, until=other.since - DAY)
    return found


def line_of(law: Parameters, key: str, place: str) -> list[Value]:
    """What the law has of a key at exactly this place, by day."""
    return [value for value in law.history(key) if value.place == place]


def against(law: Parameters, new: Value, *, correction: bool) -> str:
    """What of the law stands against a new value, in Chinese; "" when nothing does."""
    line = line_of(law, new.key, new.place)
    same = next((one for one in line if one.since == new.since), None)
    if same is not None and not correction:
        return f"自{_day(new.since)}起已有规定（{same.source}）。要更正那一条的，请勾选“更正”；否则请改执行日期。"
    if same is None and correction:
        return f"没有自{_day(new.since)}起执行的原有规定可以更正。请核对执行日期，或不勾选“更正”。"
    later = next((one for one in line if one.since > new.since), None)
    ends = same is not None and same.until is not None and (later is None or same.until < later.since - DAY)
    if same is not None and ends and new.until is None:
        return f"要更正的规定执行到{_day(same.until)}，请在“执行到”填写截止日期。"  # type: ignore[arg-type]
    if later is not None and new.until is not None and new.until >= later.since:
        return f"自{_day(later.since)}起另有规定（{later.source}），“执行到”应早于这一天，或不填。"
    return ""


def end_of(law: Parameters, new: Value) -> date | None:
    """The last day of a new value: its own, or the day before the next one begins; None is open."""
    later = next((one.since - DAY for one in line_of(law, new.key, new.place) if one.since > new.since), None)
    return min((day for day in (new.until, later) if day is not None), default=None)


def steady(law: Parameters, key: str, since: date, end: date | None, area: str) -> bool:
    """Whether a key has one and the same value over all these days."""
    lines = [one for one in law.history(key) if area.startswith(one.place)]
    turns = {one.since for one in lines} | {one.until + DAY for one in lines if one.until is not None}
    days = [since, *(day for day in turns if since < day and (end is None or day <= end))]
    try:
        return len({law.on(key, day, area).value for day in days}) == 1
    except NoValue:
        return False


def strange(old: Content | None, new: Content) -> bool:
    """Whether a value is more than twice the present one, or less than half of it; a text or a list never is."""
    if not isinstance(old, int | Fraction) or not isinstance(new, int | Fraction) or old == 0:
        return False
    return new > old * TIMES or new * TIMES < old


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
