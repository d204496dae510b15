"""How much of a whole a part is, by area, each number with the figure that it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from linli.base.areas import Level, level_of
from linli.kernel.figures.queries.values import broken_down, figure
from linli.kernel.figures.rules import Period, Share
from linli.kernel.ui.queries import declared_by_key


@cache
def shares() -> dict[str, Share]:
    """Every share that the installed packages declare, by key."""
    found = declared_by_key("shares", Share)
    for one in found.values():
        for key in (one.part, one.whole, *one.parts):
            figure(key)
    return found


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One area (or, with an empty code, all of them): the whole, the part, and what the part falls into."""

    code: str
    zh: str
    whole: int
    part: int
    parts: tuple[int, ...]

    @property
    def ratio(self) -> Fraction | None:
        """The part of the whole; None where there is nobody."""
        return Fraction(self.part, self.whole) if self.whole else None


def share_lines(one: Share, period: Period, area: str) -> tuple[str, list[ShareLine]]:
    """The level of the lines and a line for each area, the sum last. One query for each figure."""
    by = "town" if level_of(area) is Level.DISTRICT else "community"
    keys = (one.whole, one.part, *one.parts)
    counted = [{cell.key: cell for cell in broken_down(figure(key), period, area, by)} for key in keys]
    codes = sorted(set().union(*counted))
    names = {code: cells[code].zh for cells in counted for code in cells}
    lines = []
    for code in codes:
        whole, part, *parts = (cells[code].value if code in cells else 0 for cells in counted)
        lines.append(ShareLine(code, names[code], whole, part, tuple(parts)))
    sums = tuple(sum(line.parts[at] for line in lines) for at in range(len(one.parts)))
    return by, [*lines, ShareLine("", "合计", sum(line.whole for line in lines), sum(line.part for line in lines), sums)]
