"""What a family has: income of the window with exemptions and deductions, property, necessary spending.

民发〔2021〕57号 §13 and §14. Fen; the part of a line that counts is rounded down to a whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence

from linli.domains.assistance.rules.coded import Home, Line
from linli.domains.assistance.rules.codes import FIRST_PROPERTY, FIRST_SPENDING, FIRST_THING, Item, Window
from linli.domains.assistance.rules.law import PARTS
from linli.domains.assistance.rules.minimum_law import Law


def first_month(law: Law, home: Home) -> int:
    """The first month of the window: so many months back from the application, or the last calendar year's January."""
    if law.window == Window.LAST_YEAR:
        return (home.month // 12 - 1) * 12
    return home.month - law.window_months


def within(line: Line, first: int, months: int) -> int:
    """The months of a line that lie in the window."""
    return max(0, min(line.last, first + months - 1) - max(line.first, first) + 1)


def income(share: Sequence[int], lines: Sequence[Line], inside: int, first: int, months: int) -> int:
    """Countable income of the window; ``share``: which part of each kind counts, in ten-thousandths."""
    total = 0
    for line in lines:
        if line.kind < FIRST_PROPERTY and (inside >> line.member) & 1 == 1:
            overlap = within(line, first, months)
            if overlap > 0 and share[line.kind] > 0:
                total += line.amount * overlap // (line.last - line.first + 1) * share[line.kind] // PARTS
    return total


def deductions(law: Law, lines: Sequence[Line], inside: int, first: int) -> int:
    """What is taken off: taxes, contributions, support paid, rigid costs, and the costs of going to work."""
    total = 0
    for line in lines:
        if (inside >> line.member) & 1 == 0:
            continue
        overlap = within(line, first, law.window_months)
        if overlap == 0:
            continue
        part = line.amount * overlap // (line.last - line.first + 1)
        if line.kind >= FIRST_SPENDING:
            total += part * law.deduct_share[line.kind] // PARTS
        elif line.kind == Item.WAGE or line.kind == Item.CASUAL_WORK:
            total += min(part * law.work_share // PARTS, law.work_cap * overlap)
    return total


def spending(law: Law, lines: Sequence[Line], inside: int, first: int) -> int:
    """Necessary spending of the window (刚性支出认定办法 §5)."""
    total = 0
    for line in lines:
        if line.kind >= FIRST_SPENDING and (inside >> line.member) & 1 == 1:
            overlap = within(line, first, law.window_months)
            total += line.amount * overlap // (line.last - line.first + 1) * law.rigid_share[line.kind] // PARTS
    return total


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
