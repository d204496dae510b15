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


def fill_in_order(amount: int, free: Mapping[int, int]) -> dict[int, int]:
    """The amount taken from one fund after the other, as far as each has money.

    :raises ValueError: all together have less than the amount; the message says how much is missing.
    """
    left, parts = amount, {}
    for fund, has in free.items():
        if part := min(left, max(has, 0)):
            parts[fund] = part
            left -= part
    if left:
        raise ValueError(f"missing {left} fen")
    return parts
