"""A figure beside what it is compared with: last year, the period before, the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.kernel.figures.models import Target
from linli.kernel.figures.queries.values import LEVELS, Cell, broken_down, value
from linli.kernel.figures.rules import Figure, Period, year_period


@dataclass(frozen=True)
class Comparison:
    """The value with last year's, the period before's (None where that is last year) and the target (None: no document).

    ``facts``: whether anything was counted in the whole of last year; if not, its nothing is no number to be compared with.
    """

    value: int
    last_year: int
    before: int | None
    target: int | None
    facts: bool = True

    @property
    def growth(self) -> Fraction | None:
        """The change against last year as a ratio; None when there was nothing."""
        return Fraction(self.value - self.last_year, self.last_year) if self.last_year else None

    @property
    def reached(self) -> Fraction | None:
        """The part of the target that is reached."""
        return Fraction(self.value, self.target) if self.target else None


def compare(one: Figure, period: Period, area: str, *, on: date) -> Comparison:
    """Now, last year, the period before, the newest target of the year.

    A period that still runs on this day is compared with last year's up to the same day.
    """
    return compare_all([one], period, area, on=on)[0]


def beside_last_year(one: Figure, period: Period, area: str, by: str, *, on: date) -> tuple[list[Cell], dict[str, int]]:
    """The parts of a figure, and what each was last year up to the same day; what there was only then stands with nothing now."""
    now, then = (broken_down(one, given, area, by) for given in (period, period.until(on).last_year()))
    known = {cell.key for cell in now}
    gone = [] if by in LEVELS else [Cell(cell.key, cell.zh, 0) for cell in then if cell.key not in known]
    parts = sorted([*now, *gone], key=lambda cell: (len(cell.key), cell.key)) if gone else now
    return parts, {cell.key: cell.value for cell in then}


def compare_all(figures: Sequence[Figure], period: Period, area: str, *, on: date) -> list[Comparison]:
    """The same for several figures; their targets are read at once."""
    before, year_ago = period.before(), period.last_year()
    twice = (before.first, before.last) == (year_ago.first, year_ago.last)
    found = Target.objects.filter(figure__in=[one.key for one in figures], year=period.last.year, area=area)
    targets = dict(found.order_by("id").values_list("figure", "value"))  # the newest comes last and stays
    made = []
    for one in figures:
        then = value(one, period.until(on).last_year(), area)
        facts = bool(then) or bool(value(one, year_period(year_ago.last.year), area))
        earlier = None if twice else value(one, before, area)
        made.append(Comparison(value(one, period, area), then, earlier, targets.get(one.key), facts))
    return made
