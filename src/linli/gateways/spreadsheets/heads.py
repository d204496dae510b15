"""Finds the row of headings under titles, and reads heads that are merged over two rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.base import text
from linli.gateways.faults import BadFile

LOOK_AT = 30
"""Headings stand within the first rows; further down it is data that looks like a heading."""

_MARKS = re.compile(r"[*:]|\((?:必填|选填)\)")

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Ranges ((top, left), (bottom, right)), counted from 0."""


@dataclass(frozen=True, slots=True)
class Heads:
    row: int
    """Index of the row, from 0; the data begin below."""
    names: tuple[str, ...]
    """One name per column: the expected word where it matched, else what the sheet says; never twice the same."""
    missing: tuple[str, ...]


def plain(heading: str) -> str:
    """A heading without what people add to it: spaces, stars, colons, （必填）, full-width forms."""
    return _MARKS.sub("", text.plain(heading))


def find_heads(
    rows: Sequence[Sequence[str]], merged: Merged, expected: Sequence[str], aliases: Mapping[str, str]
) -> Heads | None:
    """The row among the first that holds most of the expected headings; None when no row holds any.

    `aliases` maps other usual words to the expected one (身份证号 to 公民身份号码).
    """
    if not expected:
        return _widest(rows)
    words = {plain(word): word for word in expected} | {plain(a): word for a, word in aliases.items()}
    best: tuple[int, int, list[str | None]] | None = None
    for index in range(min(LOOK_AT, len(rows))):
        own, grouped = _texts(rows, merged, index)
        matched = [words.get(plain(g)) or words.get(plain(o)) for o, g in zip(own, grouped, strict=True)]
        score = len(set(matched) - {None})
        if score and (best is None or score > best[0]):
            best = score, index, matched
    if best is None:
        return None
    return _named(rows, merged, best[1], best[2], expected)


def _widest(rows: Sequence[Sequence[str]]) -> Heads | None:
    counts = [sum(map(bool, row)) for row in rows[:LOOK_AT]]
    if not any(counts):
        return None
    index = next(i for i, count in enumerate(counts) if count * 2 > max(counts))
    return _named(rows, (), index, [None] * len(rows[index]), ())


def _texts(rows: Sequence[Sequence[str]], merged: Merged, index: int) -> tuple[list[str], list[str]]:
    """Each column's own heading, and the same led by the group that spans it in the row above."""
    own = list(rows[index])
    groups = [""] * len(own)
    for (top, left), (bottom, right) in merged:
        if left == right and top < index <= bottom:
            own[left] = own[left] or rows[top][left]
        if right > left and top < index and bottom == index - 1:
            for column in range(left, min(right + 1, len(own))):
                groups[column] = rows[top][left]
    return own, [group + name if name else "" for group, name in zip(groups, own, strict=True)]


def _named(
    rows: Sequence[Sequence[str]],
    merged: Merged,
    index: int,
    matched: Sequence[str | None],
    expected: Sequence[str],
) -> Heads:
    for word in expected:
        places = [str(column + 1) for column, match in enumerate(matched) if match == word]
        if len(places) > 1:
            raise BadFile(f"表头“{word}”出现了 {len(places)} 次（第 {'、'.join(places)} 列）。请只留一列后重新上传。")
    own, grouped = _texts(rows, merged, index)
    names: list[str] = []
    taken = {match for match in matched if match}
    for column, match in enumerate(matched):
        choices = (own[column].strip(), grouped[column].strip(), f"第{column + 1}列")
        name = match or next((c for c in choices if c and c not in taken), f"（第{column + 1}列）")
        taken.add(name)
        names.append(name)
    missing = tuple(word for word in expected if word not in taken or word not in matched)
    return Heads(index, tuple(names), missing)
