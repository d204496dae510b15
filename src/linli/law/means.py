"""What a family has: income of the window with exemptions and deductions, property, necessary spending.

民发〔2021〕57号 §13 and §14. Fen; the part of a line that counts is rounded down to a whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from linli.law.coded import Home, Line
from linli.law.codes import FIRST_PROPERTY, FIRST_SPENDING, FIRST_THING, Item, Window
from linli.law.minimum_law import Law
from linli.law.values import PARTS


class Means(NamedTuple):
    """What a family has, in fen: countable income of the window, deductions, the rest, money now, necessary spending.

    ``partly``: 1 where some income counts in part or not at all.
    """

    gross: int
    deducted: int
    net: int
    money: int
    spent: int
    partly: int


def first_month(law: Law, home: Home) -> int:
    """The first month of the window: so many months back from the application, or the last calendar year's January."""
    if law.window == Window.LAST_YEAR:
        return (home.month // 12 - 1) * 12
    return home.month - law.window_months


def within(line: Line, first: int, months: int) -> int:
    """The months of a line that lie in the window."""
    return max(0, min(line.last, first + months - 1) - max(line.first, first) + 1)


def part_of(line: Line, months: int) -> int:
    """The fen of a line that fall on so many of its months, rounded down."""
    return line.amount * months // (line.last - line.first + 1)


def income(share: Sequence[int], lines: Sequence[Line], inside: int, first: int, months: int) -> int:
    """Countable income of the window; ``share``: which part of each kind counts, in ten-thousandths."""
    total = 0
    for line in lines:
        if line.kind < FIRST_PROPERTY and (inside >> line.member) & 1 == 1:
            total += part_of(line, within(line, first, months)) * share[line.kind] // PARTS
    return total


def means_of(law: Law, home: Home, lines: Sequence[Line], inside: int) -> Means:
    """What the people inside have: income, deductions, spending of the window, money now; all in one reading of the lines."""
    first = first_month(law, home)
    gross, deducted, held, spent, partly = 0, 0, 0, 0, 0
    for line in lines:
        if (inside >> line.member) & 1 == 0:
            continue
        if FIRST_PROPERTY <= line.kind < FIRST_SPENDING:
            if line.kind < FIRST_THING:
                held += line.amount
            continue
        months = within(line, first, law.window_months)
        part = part_of(line, months)
        if line.kind >= FIRST_SPENDING:
            deducted += part * law.deduct_share[line.kind] // PARTS
            spent += part * law.rigid_share[line.kind] // PARTS
            continue
        share = law.income_share[line.kind]
        gross += part * share // PARTS
        deducted += work_cost(law, line.kind, part, months)
        if share < PARTS and part > 0:
            partly = 1
    return Means(gross, deducted, max(0, gross - deducted), held, spent, partly)


def work_cost(law: Law, kind: int, part: int, months: int) -> int:
    """What going to work costs: a share of the pay, up to so much for each month of it."""
    if kind == Item.WAGE or kind == Item.CASUAL_WORK:
        return min(part * law.work_share // PARTS, law.work_cap * months)
    return 0


def money(lines: Sequence[Line], inside: int) -> int:
    """Deposits, securities, insurance, claims."""
    total = 0
    for line in lines:
        if FIRST_PROPERTY <= line.kind < FIRST_THING and (inside >> line.member) & 1 == 1:
            total += line.amount
    return total


def number_of(lines: Sequence[Line], inside: int, kind: int) -> int:
    """How many things of a kind."""
    number = 0
    for line in lines:
        if line.kind == kind and (inside >> line.member) & 1 == 1:
            number += line.number
    return number
