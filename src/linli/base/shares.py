"""Shares and rates in words."""

from __future__ import annotations

from fractions import Fraction

NONE = "—"


def percent(ratio: Fraction | None, places: int = 1, *, sign: bool = False) -> str:
    """A ratio as 12.3%, rounded half away from nothing; a dash where there is none. ``sign``: +12.3%, for a growth."""
    if ratio is None:
        return NONE
    unit = 10**places
    scaled = int(abs(ratio) * 100 * unit + Fraction(1, 2))
    whole, rest = divmod(scaled, unit)
    mark = "-" if ratio < 0 and scaled else "+" if sign else ""
    return f"{mark}{whole}{f'.{rest:0{places}d}' if places else ''}%"
