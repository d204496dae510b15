"""Answers of all comparisons as one number for each pair, what each is worth, and how that is learnt from the lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from linli.base.matching.candidates import BITS, candidates, split_pairs
from linli.base.matching.model import OTHER, Comparison, Key, Level, Model

Array = np.ndarray[Any, Any]

PIECE = 1 << 18
"""Pairs that are compared at a time: their columns are never all in memory."""
SAMPLE = 1_000_000
ROUNDS = 100
LEAST = 1e-9


def patterns(model: Model, left: pl.DataFrame, right: pl.DataFrame, pairs: pl.Series) -> Array:
    """For each pair the answers of all comparisons as one number (`levels_of` takes it apart)."""
    columns = list(model.columns)
    one, other = left.select(columns), right.select(pl.col(columns).name.suffix(OTHER))
    sums = [
        comparison.answer() * pl.lit(step, pl.UInt32)
        for comparison, step in zip(model.comparisons, model.radix, strict=False)
    ]
    found = np.empty(len(pairs), np.uint32)
    for start in range(0, len(pairs), PIECE):
        rows = split_pairs(pairs[start : start + PIECE])
        both = pl.concat([one[rows["left"]], other[rows["right"]]], how="horizontal")
        found[start : start + len(rows)] = both.lazy().select(pl.sum_horizontal(sums)).collect().to_series().to_numpy()
    return found


def levels_of(model: Model, patterns: Array) -> Array:
    """The answer of each comparison (columns) for each pattern (rows): 0 unknown, else the number of the level."""
    steps = np.array(model.radix, np.int64)
    return np.asarray(patterns, np.int64)[:, None] // steps[:-1] % (steps[1:] // steps[:-1])


def weights_of(model: Model) -> tuple[Array, Array]:
    """For every possible pattern its bits, and whether an answer in it speaks against one person."""
    levels = levels_of(model, np.arange(model.radix[-1]))
    bits, against = np.zeros(len(levels)), np.zeros(len(levels), bool)
    for place, one in enumerate(model.comparisons):
        bits += np.array([0.0, *(level.bits for level in one.levels)])[levels[:, place]]
        against |= np.array([False, *(level.against for level in one.levels)])[levels[:, place]]
    return bits, against


def fit(model: Model, left: pl.DataFrame, right: pl.DataFrame, seed: int = 1) -> Model:
    """The model with m and u learnt from two lists, without knowing who is who.

    u comes from pairs drawn by chance. m comes from the candidates of one key after the other by expectation maximisation,
    where what the key demands is not judged; a comparison's m is the mean of its keys, weighed by the people they found.
    """
    drawn = np.random.default_rng(seed)
    one, other = (drawn.integers(0, len(side), SAMPLE).astype(np.uint64) for side in (left, right))
    levels = levels_of(model, patterns(model, left, right, pl.Series(one << np.uint64(BITS) | other)))
    known = [_shares(one, column) for one, column in zip(model.comparisons, levels.T, strict=True)]
    sums = [np.full(len(one.levels), LEAST) for one in model.comparisons]
    for key in model.keys:
        pairs = candidates(left, right, (key,))
        if len(pairs):
            _learn(model, key, levels_of(model, patterns(model, left, right, pairs)), known, sums)
    comparisons = []
    for comparison, u, seen in zip(model.comparisons, known, sums, strict=True):
        m = (seen + 0.5) / (seen + 0.5).sum()
        comparisons.append(replace(comparison, levels=tuple(map(_with, comparison.levels, m, u))))
    return replace(model, comparisons=tuple(comparisons))


def _with(level: Level, m: float, u: float) -> Level:
    return replace(level, m=float(m), u=float(u))


def _shares(one: Comparison, levels: Array) -> Array:
    """How often each level was seen among the answers, none of them never."""
    counts = np.bincount(levels, minlength=len(one.levels) + 1)[1:] + 0.5
    return np.asarray(counts / counts.sum())


def _learn(model: Model, key: Key, levels: Array, known: list[Array], sums: list[Array]) -> None:
    """One key's candidates: the share of one person among them, and what their answers are. Adds to ``sums``."""
    kinds, counts = np.unique(levels, axis=0, return_counts=True)
    judged = [place for place, one in enumerate(model.comparisons) if not set(one.columns) & set(key.columns)]
    m = {place: np.array([level.m for level in model.comparisons[place].levels]) for place in judged}
    share = 0.5
    likely = np.full(len(kinds), share)
    for _ in range(ROUNDS):
        odds = np.full(len(kinds), share / (1 - share))
        for place in judged:
            odds *= np.concatenate(([1.0], m[place] / known[place]))[kinds[:, place]]
        likely, before = odds / (1 + odds), likely
        weighed = likely * counts
        share = min(max(weighed.sum() / counts.sum(), LEAST), 1 - LEAST)
        for place in judged:
            seen = np.bincount(kinds[:, place], weighed, minlength=len(m[place]) + 1)[1:] + LEAST
            m[place] = seen / seen.sum()
        if np.abs(likely - before).max() < 1e-6:
            break
    for place in judged:
        sums[place] += np.bincount(kinds[:, place], likely * counts, minlength=len(m[place]) + 1)[1:]
