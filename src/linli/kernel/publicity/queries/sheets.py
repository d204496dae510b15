"""A notice in its public form: the same for the preview, the public page and the printed sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linli.kernel.publicity.models import Notice, NoticeItem, PublishedItem, PublishedNotice
from linli.kernel.publicity.rules import Show

RIGHT = frozenset({Show.MONEY, Show.COUNT})


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its heading, and whether it holds numbers."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A notice as the public reads it: what stands around the list, the heads, and the lines (number, cells).

    ``prose``: the lines are the paragraphs of a text, not the rows of a list.
    """

    notice: Notice | PublishedNotice
    heads: tuple[Head, ...]
    lines: tuple[tuple[int, tuple[tuple[Head, str], ...]], ...]
    prose: bool = False


def sheet(notice: Notice | PublishedNotice, items: Iterable[NoticeItem | PublishedItem]) -> Sheet:
    """The public form of a notice with these lines. It knows the lawful fields only."""
    keys: list[dict[str, Any]] = notice.heads
    heads = tuple(Head(one["heading"], one["show"] in RIGHT) for one in keys)
    lines = [
        (item.number, tuple((head, item.row[one["key"]]) for head, one in zip(heads, keys, strict=True))) for item in items
    ]
    return Sheet(notice, heads, tuple(lines), all(one["show"] == Show.PROSE for one in keys))
