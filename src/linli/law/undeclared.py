"""Months of the income window for which nothing is stated of an income that the family had before.

What is not stated counts as nothing, so that the family would get more from month to month without anybody having said so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from linli.base.dated import Parameters
from linli.law.coded import code
from linli.law.codes import FIRST_PROPERTY, Item
from linli.law.facts import Household
from linli.law.means import first_month
from linli.law.minimum_law import minimum_law
from linli.law.words import month_zh


class Undeclared(NamedTuple):
    """An income of a member that is stated up to ``known``, and the last month of the window; both are months as numbers."""

    name: str
    item: Item
    known: int
    last: int

    @property
    def zh(self) -> str:
        """刘某的“经营净收入”只登记到2026年5月，计算到2026年6月"""
        return f"{self.name}的“{self.item.zh}”只登记到{month_zh(self.known)}，计算到{month_zh(self.last)}"


def undeclared(home: Household, people: Collection[int], known: Parameters, *, on: date) -> Iterator[Undeclared]:
    """Income that counts, of these ``people`` by their place, whose last stated month lies before the end of the window."""
    coded = code(home)
    law = minimum_law(known, on=on, area=home.area, zone=home.zone).law
    last = first_month(law, coded.home) + law.window_months - 1
    stated: dict[tuple[int, int], int] = {}
    for line in coded.lines:
        if line.kind < FIRST_PROPERTY and line.member in people and law.income_share[line.kind]:
            stated[line.member, line.kind] = max(line.last, stated.get((line.member, line.kind), 0))
    for (member, kind), until in sorted(stated.items()):
        if until < last:
            yield Undeclared(home.members[member].name, Item(kind), until, last)
