"""Three answers about two rows: one person, two people, or a question to a person; each with its reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from linli.base.matching.candidates import BITS, candidates
from linli.base.matching.model import Model
from linli.base.matching.weights import levels_of, patterns, weights_of
from linli.base.named import Named

Array = np.ndarray[Any, Any]


class Verdict(Named):
    """What the comparison says. It is never more than a proposal where the law or the office wants a person to decide."""

    SAME = "same", "同一人"
    ASK = "ask", "请人认定"
    DIFFERENT = "different", "不是同一人"


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of a pair: what was compared, what was found, and its weight in bits (negative: against one person)."""

    zh: str
    found: str
    bits: float


VERDICTS = pl.Enum([one.value for one in Verdict])


def explain(model: Model, pattern: int) -> tuple[Reason, ...]:
    """The reasons behind a pattern, in the order of the comparisons; what one of the rows does not know is left out."""
    levels = levels_of(model, np.array([pattern]))[0]
    named = zip(model.comparisons, levels, strict=True)
    return tuple(
        Reason(one.zh, one.levels[level - 1].zh, one.levels[level - 1].bits) for one, level in named if level
    )


def judge(
    model: Model, left: pl.DataFrame, right: pl.DataFrame | None = None, *, pairs: pl.Series | None = None
) -> pl.DataFrame:
    """Compare all candidates, or the ``pairs`` that are known to be some: left, right (row numbers), pattern, bits, chance.

    Only those above ``doubt``, the likest first. Within one list (``right`` is None) each pair stands once, the lower row left.
    ``bits`` are the log odds with what is expected of two rows taken by chance.
    """
    if pairs is None:
        pairs = candidates(left, right, model.keys)
    found = patterns(model, left, left if right is None else right, pairs)
    bits, against = weights_of(model)
    odds = (bits + _before(model, len(left), None if right is None else len(right)))[found]
    kept = np.flatnonzero(odds >= math.log2(model.doubt / (1 - model.doubt)))
    pair, odds, found = pairs.to_numpy()[kept], odds[kept], found[kept]
    one, other = (pair >> BITS).astype(np.uint32), (pair & (2**BITS - 1)).astype(np.uint32)
    order = np.argsort(one + other, kind="stable")
    order = order[np.argsort(_ranks(-odds)[order], kind="stable")]
    columns = {"left": one, "right": other, "pattern": found, "bits": odds, "against": against[found]}
    frame = pl.DataFrame({name: values[order] for name, values in columns.items()})
    return frame.with_columns(chance=1 / (1 + 2 ** -pl.col("bits")))


def link(model: Model, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Who of the left list is who of the right one, each at most once: left, right, pattern, bits, chance, verdict.

    SAME is said only where the chance is ``sure``, nothing speaks against it and no other row is nearly as like; the other
    lines are for a person to decide. Whoever is not in the answer is nobody of the other list, as far as this can see.
    """
    found = judge(model, left, right)
    chosen = one_to_one(found, len(left), len(right))
    rival = np.maximum(_rivals(found, "left", len(left)), _rivals(found, "right", len(right)))
    told = found.with_columns(clear=pl.Series(found["bits"].to_numpy() - rival >= model.margin)).filter(pl.Series(chosen))
    same = (pl.col("chance") >= model.sure) & ~pl.col("against") & pl.col("clear")
    verdict = pl.when(same).then(pl.lit(Verdict.SAME.value)).otherwise(pl.lit(Verdict.ASK.value)).cast(VERDICTS)
    return told.with_columns(verdict=verdict).drop("against", "clear")


def one_to_one(found: pl.DataFrame, lefts: int, rights: int) -> Array:
    """Which lines (the likest first) are kept so that no row is used twice: the likest of both rows, again and again.

    Lines of equal weight that want the same row are ordered by the sum of their row numbers, so that changing over the
    two lists changes nothing.
    """
    one, other = found["left"].to_numpy(), found["right"].to_numpy()
    chosen, left_over = np.zeros(len(found), bool), np.arange(len(found))
    taken_left, taken_right = np.zeros(lefts, bool), np.zeros(rights, bool)
    while len(left_over):
        best_left, best_right = _first(one, left_over, lefts), _first(other, left_over, rights)
        both = left_over[(best_left[one[left_over]] == left_over) & (best_right[other[left_over]] == left_over)]
        chosen[both] = taken_left[one[both]] = taken_right[other[both]] = True
        left_over = left_over[~(taken_left[one[left_over]] | taken_right[other[left_over]])]
    return chosen


def _before(model: Model, lefts: int, rights: int | None) -> float:
    """The log odds that two rows taken by chance are one person."""
    if rights is None:
        return math.log2(model.expected * 2 / max(lefts, SMALLEST))
    return math.log2(model.expected / max(lefts, rights, SMALLEST))


SMALLEST = 100_000
"""A short list is drawn from a district all the same: that it is short does not make it likelier that two rows are one person."""


def _ranks(values: Array) -> Array:
    """The place of each value among the different ones: few, so that ordering by it is quick."""
    different = np.unique(values)
    return np.searchsorted(different, values).astype(np.uint16 if len(different) <= 2**16 else np.int64)


def _first(rows: Array, lines: Array, count: int) -> Array:
    """For each row the first of the lines that it stands in, or -1."""
    found = np.full(count, -1)
    backwards = lines[::-1]
    found[rows[backwards]] = backwards
    return found


def _rivals(found: pl.DataFrame, side: str, count: int) -> Array:
    """For each line the bits of the likest other line of the same row; minus infinity where there is none."""
    rows, bits, lines = found[side].to_numpy(), found["bits"].to_numpy(), np.arange(len(found))
    first = _first(rows, lines, count)
    others = lines[first[rows] != lines]
    second = _first(rows, others, count)
    rival = np.where(first[rows] == lines, second[rows], first[rows])
    return np.where(rival >= 0, bits[rival], -np.inf)
