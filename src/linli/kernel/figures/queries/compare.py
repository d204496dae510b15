"""A figure beside what it is compared with: last year, the period before, the target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from linli.kernel.figures.models import Target
from linli.kernel.figures.queries.values import value
from linli.kernel.figures.rules import Figure, Period


@dataclass(frozen=True)
class Comparison:
    """The value with last year's, the period before's and the target (None when no document sets one)."""

    value: int
    last_year: int
    before: int
    target: int | None

    @property
    def growth(self) -> Fraction | None:
        """The change against last year as a ratio; None when there was nothing."""
        return Fraction(self.value - self.last_year, self.last_year) if self.last_year else None

    @property
    def reached(self) -> Fraction | None:
        """The part of the target that is reached."""
        return Fraction(self.value, self.target) if self.target else None


def compare(one: Figure, period: Period, area: str) -> Comparison:
    """Four queries: now, last year, the period before, the newest target of the year."""
    target = Target.objects.filter(figure=one.key, year=period.last.year, area=area).order_by("-id").first()
    return Comparison(
        value(one, period, area), value(one, period.last_year(), area), value(one, period.before(), area),
        target.value if target else None,
    )  # fmt: skip
