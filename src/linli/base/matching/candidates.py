"""Pairs of rows that share a key: what is worth comparing among a million times a million."""

from __future__ import annotations

import polars as pl

from linli.base.matching.columns import joined_code
from linli.base.matching.model import Key

BITS = 32
"""A pair is one number: the row of the left list above these bits, that of the right list in them."""


def candidates(left: pl.DataFrame, right: pl.DataFrame | None, keys: tuple[Key, ...]) -> pl.Series:
    """Pairs of row numbers that share at least one key, each once, in order; within one list where ``right`` is None."""
    found = [_pairs(left, right, key) for key in keys]
    return pl.concat(found).unique().sort() if found else pl.Series("pair", dtype=pl.UInt64)


def split_pairs(pairs: pl.Series) -> pl.DataFrame:
    """The row numbers of pairs as two columns."""
    frame = pl.DataFrame({"pair": pairs})
    return frame.select(left=(pl.col("pair") // 2**BITS).cast(pl.UInt32), right=(pl.col("pair") % 2**BITS).cast(pl.UInt32))


def _pairs(left: pl.DataFrame, right: pl.DataFrame | None, key: Key) -> pl.Series:
    one = _keyed(left, key)
    other = one if right is None else _keyed(right, key)
    joined = one.join(other, on="key", suffix=OTHER_ROW)
    pair = pl.col("row").cast(pl.UInt64) * 2**BITS + pl.col("row" + OTHER_ROW)
    if right is None:
        joined = joined.filter(pl.col("row") < pl.col("row" + OTHER_ROW))
    return joined.select(pair=pair).collect()["pair"]


OTHER_ROW = "~"


def _keyed(frame: pl.DataFrame, key: Key) -> pl.LazyFrame:
    rows = frame.lazy().select(key=joined_code(key.columns), row=pl.int_range(pl.len(), dtype=pl.UInt32)).drop_nulls().collect()
    crowds = rows.group_by("key").len().filter(pl.col("len") > key.most)
    return rows.lazy() if crowds.is_empty() else rows.lazy().join(crowds.lazy(), on="key", how="anti")
