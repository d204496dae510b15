"""Arithmetic of months and shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from linli.base.money import split
from linli.kernel.entitlements.rules.words import PartKind
from linli.kernel.ledgers.rules import month_after, month_of


def months_from(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one to another, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = month_after(month)


def later(month: date, count: int) -> date:
    """The first day of the month that comes so many months later."""
    years, at = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, at + 1, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """What one fund bears of each payment: a fixed amount in fen, or a share of the rest by weight."""

    fund: int
    kind: PartKind
    value: int


def share_out(amount: int, parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    """Fund → fen. Fixed amounts first, in their order and as far as the amount goes; the rest by weight, to the fen.

    Where there are only fixed amounts, the last fund bears what is left over.
    :raises ValueError: nobody bears anything.
    """
    if not parts:
        raise ValueError("no fund bears this payment")
    borne: dict[int, int] = {}
    left = amount
    for part in parts:
        if part.kind is PartKind.AMOUNT:
            borne[part.fund] = borne.get(part.fund, 0) + min(left, part.value)
            left -= min(left, part.value)
    weighted = [part for part in parts if part.kind is PartKind.RATIO]
    if left and weighted:
        for part, fen in zip(weighted, split(left, [part.value for part in weighted]), strict=True):
            borne[part.fund] = borne.get(part.fund, 0) + fen
    elif left:
        borne[parts[-1].fund] += left
    return tuple((fund, fen) for fund, fen in sorted(borne.items()) if fen)
