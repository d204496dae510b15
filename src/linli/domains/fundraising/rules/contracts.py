"""Contract gifts: the enterprise keeps the principal and pays the agreed rate (留本付息), or pays an agreed sum in parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from linli.base.days import Term, official_calendar
from linli.base.money import split
from linli.base.named import Named

YEAR_IN_BASIS_POINTS = 12 * 10_000
INTERVALS = {1: "每月", 3: "每季", 6: "每半年", 12: "每年"}


class ContractKind(Named):
    """What is paid."""

    INTEREST = "interest", "留本付息"
    AGREED = "agreed", "合同捐赠"


@dataclass(frozen=True)
class Terms:
    """What was agreed. ``sum`` in fen: the principal that the enterprise keeps, or the whole of an agreed gift.

    ``rate``: the yearly rate in basis points (1/100 of 1 %), for the interest on a principal. ``every``: months between
    the instalments; ``count``: how many there are.
    """

    kind: ContractKind
    sum: int
    since: date
    every: int
    count: int
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment: its number from 1, the day by which it is due, the amount in fen."""

    number: int
    day: date
    amount: int


def faults_of_terms(terms: Terms) -> list[tuple[str, str]]:
    """What is wrong, as (field, Chinese words)."""
    found = []
    if terms.sum <= 0:
        found.append(("sum", "本金或约定总额应大于0，请修改。"))
    if terms.every not in INTERVALS:
        found.append(("every", "付款间隔应为每月、每季、每半年或每年，请重新选择。"))
    if not 1 <= terms.count <= 600:
        found.append(("count", "期数应为1至600，请修改。"))
    if terms.kind is ContractKind.INTEREST and not 0 < terms.rate <= 10_000:
        found.append(("rate", "年利率应大于0且不超过100%，请修改。"))
    if not found and not any(one.amount for one in instalments(terms)):
        found.append(("sum", "按约定计算的每期金额不足一分，请核对。"))
    return found


def instalments(terms: Terms) -> tuple[Due, ...]:
    """All instalments. Each falls due on the corresponding day (民法典 §202), at the end of its interval.

    Interest is rounded to the fen on the running total, so that the parts always sum to the whole.
    """
    if terms.kind is ContractKind.AGREED:
        amounts = split(terms.sum, [1] * terms.count)
    else:
        totals = [_interest(terms, number) for number in range(terms.count + 1)]
        amounts = [after - before for before, after in pairwise(totals)]
    calendar = official_calendar()
    return tuple(
        Due(number, Term("month", terms.every * number).due(terms.since, calendar).day, amount)
        for number, amount in enumerate(amounts, 1)
    )


def _interest(terms: Terms, number: int) -> int:
    """The interest of the first ``number`` intervals together, rounded half up."""
    exact = terms.sum * terms.rate * terms.every * number
    return (2 * exact + YEAR_IN_BASIS_POINTS) // (2 * YEAR_IN_BASIS_POINTS)
