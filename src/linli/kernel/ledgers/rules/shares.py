"""Who pays how much of one amount."""

from __future__ import annotations

from collections.abc import Mapping

from linli.base.money import split


def parts_of(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """The amount shared out over funds by weight (300 : 200), to the fen; funds whose part is 0 are left out.

    :raises ValueError: no weight is above zero.
    """
    parts = split(amount, list(weights.values()))
    return {fund: part for fund, part in zip(weights, parts, strict=True) if part}
