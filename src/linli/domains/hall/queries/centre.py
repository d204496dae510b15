"""The five systems under one roof: who answers for each, and its work of a day and a month, by figures that open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from linli.domains.hall.books import SYSTEM_BOOK
from linli.domains.hall.rules.network import WORK, System
from linli.kernel.access.rules import Actor
from linli.kernel.figures.queries import figures, value
from linli.kernel.figures.rules import SMALL, Figure, Period, hidden, month_period, show, year_period
from linli.kernel.records.queries import standing


@dataclass(frozen=True, slots=True)
class Amount:
    """One number with the address of the rows that it counts; without an address where it may not be opened."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One figure of a system, for the day, the month, and the same month of the year before."""

    zh: str
    words: str
    day: Amount
    month: Amount
    before: Amount


@dataclass(frozen=True, slots=True)
class SystemLine:
    """One of the five systems: who answers for it, and its work."""

    zh: str
    entry: Any
    work: tuple[WorkLine, ...]


def systems_of(day: date, area: str, by: Actor) -> list[SystemLine]:
    """The systems in their order. A figure that this installation does not have is left out, not shown as nothing."""
    rows: Any = standing(SYSTEM_BOOK, day)
    entries = {one.f_system: one for one in rows}
    known = figures()
    return [
        SystemLine(
            system.zh, entries.get(system.value),
            tuple(_line(known[key], cell, day, area, by) for key, cell in WORK[system] if key in known),
        )
        for system in System
    ]  # fmt: skip


def _line(one: Figure, cell: Mapping[str, str], day: date, area: str, by: Actor) -> WorkLine:
    month = month_period(day.year, day.month).until(day)
    part = "、".join(one.breakdown(key).name_of(code) for key, code in cell.items())
    today, this = (_amount(one, cell, period, area, by) for period in (Period(day, day, f"{day}"), month))
    zh = f"{one.zh}（{part}）" if part else one.zh
    return WorkLine(zh, one.words, today, this, _year_ago(one, cell, month.last_year(), area, by))


def _year_ago(one: Figure, cell: Mapping[str, str], period: Period, area: str, by: Actor) -> Amount:
    """A year of which nothing is known is no zero, here as on the page of the figure."""
    if value(one, period, area, cell) or value(one, year_period(period.last.year), area):
        return _amount(one, cell, period, area, by)
    return Amount("无上年数据", "")


def _amount(one: Figure, cell: Mapping[str, str], period: Period, area: str, by: Actor) -> Amount:
    number = value(one, period, area, cell)
    if one.persons and hidden(number, by.role):
        return Amount(f"少于{SMALL}", "")
    words = {"period": f"{period.first}..{period.last}", "area": area}
    words |= {"by": key, "cell": code} if (key := next(iter(cell), "")) and (code := cell[key]) else {}
    route = "figures:rows" if by.may("figures.rows") else "figures:figure"
    return Amount(show(number, one.unit, "thousands"), f"{reverse(route, args=[one.key])}?{urlencode(words)}")
