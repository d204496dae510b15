"""Which closed orders are called back about by lot: of each kind of matter at each desk its share, and never nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from linli.base.lots import draw_lot

WEEK = timedelta(days=6)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week in which a day lies."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return monday, monday + WEEK


def last_week(on: date) -> tuple[date, date]:
    """The last week that is over on a day."""
    return week_of(on - timedelta(days=7))


def missed_weeks(on: date, drawn: Iterable[tuple[date, date]], most: int) -> list[tuple[date, date]]:
    """Of the last ``most`` weeks that are over those that no draw touches, the newest first."""
    known = list(drawn)
    weeks = [week_of(on - timedelta(days=7 * back)) for back in range(1, most + 1)]
    return [(first, last) for first, last in weeks if all(end < first or begin > last for begin, end in known)]


def draw_checks(seed: str, orders: Iterable[tuple[int, str, int | None]], share: int) -> list[int]:
    """``orders``: (id, category, desk; None: answered at once). Of each group of two digits and desk ``share`` in a hundred,
    rounded up, so that a desk with one order is not sure of being left alone; 0 draws none.
    """
    strata: dict[tuple[str, int], list[int]] = defaultdict(list)
    for pk, category, desk in orders:
        strata[category[:2], desk or 0].append(pk)
    return [pk for _, keys in sorted(strata.items()) for pk in draw_lot(seed, keys, -(-len(keys) * share // 100))]
