"""A way of comparing two rows, as data: keys that make candidates, and comparisons with the weight of each answer.

A row is a row of whole numbers (`columns` makes them); a column that is null says nothing. The weight of an answer is
log2(m / u) bits (Fellegi and Sunter 1969): m is how often it is given for two rows of one person, u for two people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

OTHER = "~"
"""A pair has every column twice: ``name`` of the one row, ``name~`` of the other."""


class Test(Protocol):
    """A question about a pair that both rows answer alike, whichever comes first."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    def holds(self) -> pl.Expr: ...


@dataclass(frozen=True)
class Same:
    """The column is equal."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def holds(self) -> pl.Expr:
        return pl.col(self.column) == pl.col(self.column + OTHER)


@dataclass(frozen=True)
class Shared:
    """At least one of the columns is equal."""

    columns: tuple[str, ...]

    def holds(self) -> pl.Expr:
        return pl.any_horizontal(Same(column).holds().fill_null(False) for column in self.columns)


@dataclass(frozen=True)
class Both:
    """Both rows say yes."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def holds(self) -> pl.Expr:
        return pl.col(self.column) & pl.col(self.column + OTHER)


@dataclass(frozen=True)
class Slip:
    """The digits differ as by at most ``most`` slips of the pen: one digit wrong, or two neighbours changed over.

    Digits stand in the column as hexadecimal ones; a last digit of F is missing, and then the last digit of neither row counts.
    ``unless`` names a column of yes and no: two rows that both say yes were not slipped. (Two identity numbers whose check
    digits are both right cannot differ by a slip: GB 11643 finds each one.)
    """

    column: str
    most: int = 1
    unless: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.unless) if self.unless else (self.column,)

    def holds(self) -> pl.Expr:
        one, other = pl.col(self.column), pl.col(self.column + OTHER)
        low = pl.lit(15, pl.UInt64)
        missing = pl.when(((one & low) == low) | ((other & low) == low)).then(low).otherwise(pl.lit(0, pl.UInt64))
        one, other = one | missing, other | missing
        if not self.most:
            return one == other
        differing = one ^ other
        # one bit for each differing digit
        digits = (differing | differing // 2 | differing // 4 | differing // 8) & pl.lit(0x1111111111111111, pl.UInt64)
        lowest = digits & (~digits + 1)
        pair = lowest * 15
        turned = (one & pair) * 16 | (one & pair * 16) // 16
        neighbours = (digits == lowest * 17) & (turned == (other & pair * 17))
        found = (digits == lowest) | neighbours
        if self.unless:
            return found & ~(pl.col(self.unless) & pl.col(self.unless + OTHER))
        return found


@dataclass(frozen=True)
class Turned:
    """A day of the same year with month and day changed over; the column holds the day as eight hexadecimal digits."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def holds(self) -> pl.Expr:
        one, other = pl.col(self.column), pl.col(self.column + OTHER)
        turned = one // 0x10000 * 0x10000 + one % 0x100 * 0x100 + one // 0x100 % 0x100
        return turned == other


@dataclass(frozen=True)
class Level:
    """One answer of a comparison: its words, the test (none: whatever is left), m and u.

    ``against``: the answer speaks so much against one person that only a person may decide, whatever the rest says.
    """

    zh: str
    test: Test | None
    m: float
    u: float
    against: bool = False

    @property
    def bits(self) -> float:
        """The weight of the answer."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared: the first level that holds is the answer; a null in ``column`` is no answer (0 bits)."""

    column: str
    zh: str
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if [level.test is None for level in self.levels] != [False] * (len(self.levels) - 1) + [True]:
            raise ValueError(f"{self.column}: the last level, and no other, takes what is left")

    @property
    def columns(self) -> tuple[str, ...]:
        named = [column for level in self.levels if level.test for column in level.test.columns]
        return tuple(dict.fromkeys([self.column, *named]))

    def answer(self) -> pl.Expr:
        """0 where nothing is known, else the number of the level from 1."""
        found: Any = pl.when(pl.col(self.column).is_null() | pl.col(self.column + OTHER).is_null()).then(pl.lit(0, pl.UInt32))
        for number, level in enumerate(self.levels[:-1], 1):
            assert level.test is not None
            found = found.when(level.test.holds()).then(pl.lit(number, pl.UInt32))
        answer: pl.Expr = found.otherwise(pl.lit(len(self.levels), pl.UInt32))
        return answer


@dataclass(frozen=True)
class Key:
    """Rows that are equal in all these columns are compared; a value that more than ``most`` rows share tells nothing."""

    columns: tuple[str, ...]
    most: int = 30


@dataclass(frozen=True)
class Model:
    """Keys, comparisons, and from which chance on an answer is given.

    ``expected``: the share of the rows of the smaller list that are thought to be in the other one. From ``sure`` on two
    rows are the same, from ``doubt`` on a person is asked, unless another row is nearly as like (``margin`` bits): then too.
    """

    keys: tuple[Key, ...]
    comparisons: tuple[Comparison, ...]
    expected: float = 0.5
    sure: float = 0.9999
    doubt: float = 0.2
    margin: float = 4.0

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that a comparison reads."""
        return tuple(dict.fromkeys(column for one in self.comparisons for column in one.columns))

    @property
    def radix(self) -> tuple[int, ...]:
        """What each comparison's answer is multiplied by in a pattern; the last one is the number of patterns."""
        steps = [1]
        for one in self.comparisons:
            steps.append(steps[-1] * (len(one.levels) + 1))
        return tuple(steps)
