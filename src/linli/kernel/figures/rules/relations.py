"""Relations that must hold between figures, checked and never assumed; published figures with 余 and 以上."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Check:
    """What a relation says of given values: ``missing`` when one of them is not known."""

    relation: str
    zh: str
    holds: bool
    left: Fraction | None
    right: Fraction | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """``left`` (operator) ``right``: each side is a sum of figure keys; ``per`` divides the right side by a figure.

    Operators: "=", "<=", ">=". A key may carry a whole factor: ``"500*qing_nuan.households"``.
    """

    key: str
    zh: str
    left: tuple[str, ...]
    operator: str
    right: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.operator not in {"=", "<=", ">="}:
            raise ValueError(f"{self.key}: the operator is =, <= or >=")

    def check(self, values: Mapping[str, int | Fraction]) -> Check:
        """Judge these values; a relation with an unknown side does not hold and says which side is missing."""
        keys = [_split(term)[1] for term in (*self.left, *self.right)]
        missing = tuple(key for key in keys if key not in values)
        if missing:
            return Check(self.key, self.zh, False, None, None, missing)
        left, right = (sum((_term(term, values) for term in side), Fraction(0)) for side in (self.left, self.right))
        verdict = {"=": left == right, "<=": left <= right, ">=": left >= right}[self.operator]
        return Check(self.key, self.zh, verdict, left, right)


def _split(term: str) -> tuple[Fraction, str]:
    if "*" not in term:
        return Fraction(1), term
    factor, key = term.split("*", 1)
    return Fraction(factor), key


def _term(term: str, values: Mapping[str, int | Fraction]) -> Fraction:
    factor, key = _split(term)
    return factor * Fraction(values[key])


def agrees(computed: Fraction, published: Fraction, approx: str | None) -> bool:
    """Whether a computed value is what a text published.

    No mark: equal. 余: at least the number and below the next round one (the next step of its last digit that is not
    zero: 350余 is 350 ≤ n < 360, 130余 is 130 ≤ n < 140, 2.4万余 is 24,000 ≤ n < 25,000). 以上 (a rule's line): equal.
    """
    if approx == "余":
        return published <= computed < published + round_step(published)
    return computed == published


def round_step(value: Fraction) -> Fraction:
    """The size of the last digit that is not zero: 350 → 10, 1300 → 100, 2.4 → 1/10."""
    if value <= 0:
        raise ValueError("a published number with 余 is above zero")
    step = Fraction(1)
    while (value / step).denominator != 1:
        step /= 10
    while (value / (step * 10)).denominator == 1:
        step *= 10
    return step
