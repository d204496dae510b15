"""Which closed orders are called back about by lot: of each kind of matter at each desk its share, and never nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from linli.base.lots import draw_lot


def draw_checks(seed: str, orders: Iterable[tuple[int, str, int | None]], share: int) -> list[int]:
    """``orders``: (id, category, desk; None: answered at once). Of each group of two digits and desk ``share`` in a hundred,
    rounded up, so that a desk with one order is not sure of being left alone; 0 draws none.
    """
    strata: dict[tuple[str, int], list[int]] = defaultdict(list)
    for pk, category, desk in orders:
        strata[category[:2], desk or 0].append(pk)
    return [pk for _, keys in sorted(strata.items()) for pk in draw_lot(seed, keys, -(-len(keys) * share // 100))]
