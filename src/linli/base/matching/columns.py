"""Texts as whole numbers that compare fast. Nothing of it is for keeping: a code is as secret as the text."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

_NUMBER = r"^(?:[0-9]{15}|[0-9]{17}[0-9X])$"
_SEED = 20_101_220


def bag_code(syllables: pl.Expr) -> pl.Expr:
    """Equal words in whatever order as equal numbers, of a text with blanks between; an empty text as null."""
    words = syllables.str.split(" ").list.eval(pl.when(pl.element() != "").then(pl.element().hash(_SEED) // 16))
    return pl.when(syllables != "").then(words.list.sum())


def same_code(text: pl.Expr) -> pl.Expr:
    """Equal texts as equal numbers; an empty text as null."""
    return pl.when(text != "").then(text.hash(_SEED))


def joined_code(columns: Iterable[str]) -> pl.Expr:
    """One number of several columns; null where one of them is."""
    found: pl.Expr | None = None
    for step, column in enumerate(columns):
        one = pl.col(column).cast(pl.UInt64)
        mixed = (one ^ one // (1 << 29)) * pl.lit((0x9E3779B97F4A7C15 * (2 * step + 1)) % 2**64, pl.UInt64)
        found = mixed if found is None else found + mixed
    if found is None:
        raise ValueError("a key names at least one column")
    return found


def number_code(number: pl.Expr) -> pl.Expr:
    """An identity number as sixteen hexadecimal digits: area, birth without century, sequence, check digit (X is A).

    The 15 digits of an old number have no check digit: it is F. Another text is null.
    """
    whole = pl.when(number.str.contains(_NUMBER)).then(number)
    old = whole.str.len_bytes() == 15
    digits = pl.when(old).then(whole + "F").otherwise(whole.str.slice(0, 6) + whole.str.slice(8, 9) + whole.str.slice(17, 1))
    return digits.str.replace("X", "A", literal=True).str.to_integer(base=16, dtype=pl.UInt64, strict=False)


def check_digits(number: pl.Expr) -> pl.Expr:
    """The check digit that each 18-digit number should have (GB 11643), as text; null for another text.

    As in `linli.base.identity.check_digit` the digits are read as a number of base 13, which still fits 63 bits.
    """
    whole = pl.when(number.str.len_bytes() == 18).then(number.str.slice(0, 17))
    return pl.lit("10X98765432").str.slice(whole.str.to_integer(base=13, strict=False) % 11 * 2 % 11, 1)


def number_right(number: pl.Expr) -> pl.Expr:
    """Whether a number has 18 digits, the last of which is right; null where there is none."""
    right = number.str.slice(17, 1) == check_digits(number)
    return pl.when(number.is_not_null()).then(right.fill_null(False))


def number_birth(number: pl.Expr) -> pl.Expr:
    """The birth that a number says, as `day_code`; for an old number that of the 1900s. It may be no real day."""
    old = "19" + number.str.slice(6, 6)
    text = pl.when(number.str.contains(_NUMBER)).then(
        pl.when(number.str.len_bytes() == 15).then(old).otherwise(number.str.slice(6, 8))
    )
    return text.str.to_integer(base=16, dtype=pl.UInt64, strict=False)


def day_code(day: pl.Expr) -> pl.Expr:
    """A day as eight hexadecimal digits: 1960-05-01 is 0x19600501."""
    plain = (day.dt.year() * 10000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()).cast(pl.UInt64)
    return sum((plain // 10**place % 10 * 16**place for place in range(1, 8)), plain % 10)  # type: ignore[return-value]
