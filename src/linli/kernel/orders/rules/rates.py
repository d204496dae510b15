"""The three rates (响应率, 解决率, 满意率) of the members of a frozen cohort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from linli.kernel.orders.rules.words import DISSATISFIED


@dataclass(frozen=True, slots=True)
class Mark:
    """Of one order: answered in time; solved as its caller said (None: not asked or not reached); its grade; handled in time."""

    answered: bool
    in_time: bool
    solved: bool | None
    grade: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts first, so that each rate opens to what it is made of."""

    orders: int
    answered: int
    in_time: int
    asked: int
    solved: int
    graded: int
    content: int

    @property
    def response(self) -> Fraction | None:
        """响应率: the caller was called in time, of all orders."""
        return Fraction(self.answered, self.orders) if self.orders else None

    @property
    def punctual(self) -> Fraction | None:
        """按时办结率: handled in time, of all orders."""
        return Fraction(self.in_time, self.orders) if self.orders else None

    @property
    def solution(self) -> Fraction | None:
        """解决率: settled as their callers said, of those who were reached."""
        return Fraction(self.solved, self.asked) if self.asked else None

    @property
    def satisfaction(self) -> Fraction | None:
        """满意率: 基本满意 and better, of those that were graded."""
        return Fraction(self.content, self.graded) if self.graded else None


def rates_of(marks: Iterable[Mark]) -> Rates:
    """The rates of these orders. Who was not reached or would not answer stands in no denominator of theirs."""
    known = list(marks)
    bad = {one.value for one in DISSATISFIED}
    asked, graded = [one for one in known if one.solved is not None], [one for one in known if one.grade]
    return Rates(
        len(known), sum(one.answered for one in known), sum(one.in_time for one in known), len(asked),
        sum(bool(one.solved) for one in asked), len(graded), sum(one.grade not in bad for one in graded),
    )  # fmt: skip
