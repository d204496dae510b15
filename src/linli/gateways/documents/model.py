"""A small model of what an office prints; the same document becomes .docx and PDF."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

Align = Literal["left", "center", "right"]

_TITLE_LINE = 20
"""Characters of size 2 (22 pt) in a line of 156 mm."""
_JOINING = "的、，》”）"
_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels 1 to 4 are numbered 一、（一）1.（1） when printed; the text comes without its number. GB/T 9704-2012 §7.3.3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, indented by two characters. A plain string stands for one span."""

    content: str | tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return (Span(self.content),) if isinstance(self.content, str) else self.content


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    align: Align = "left"
    share: float = 1.0
    """Part of the width, compared with the other columns."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""
    """Stands right above the table, for example 单位：户、元."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has a cell for each column")


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """An official document (公文) of one issuer, in the layout of GB/T 9704-2012."""

    issuer: str
    """The red head, for example 峄城区慈善总会文件."""
    title: str
    """A line break in it is kept; without one a long title is parted into lines of like length."""
    blocks: tuple[Block, ...]
    number: str = ""
    """For example 峄民〔2010〕12号."""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    date: datetime.date | None = None
    copies_to: str = ""
    """After 抄送：, without the full stop."""
    printed_by: str = ""
    printed_on: datetime.date | None = None


def text_of(item: Document) -> str:
    """Everything that will be printed, for the question which characters the font lacks."""
    ends = [item.issuer, item.title, item.number, item.addressee, *item.attachments, item.signature]
    ends += [item.copies_to, item.printed_by]
    return "\n".join(chain(ends, *(_texts(block) for block in item.blocks)))


def _texts(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [span.text for span in block.spans]
        case Table():
            return [block.caption, block.unit, *(c.heading for c in block.columns), *chain(*block.rows)]


def day_in_words(day: datetime.date) -> str:
    """2010年12月1日: Arabic digits, no leading zeros. GB/T 9704-2012 §7.3.5."""
    return f"{day.year}年{day.month}月{day.day}日"


def title_lines(title: str) -> list[str]:
    """The title's lines, of like length and not parted inside a number. GB/T 9704-2012 §7.3.1."""
    if "\n" in title or characters(title) <= _TITLE_LINE:
        return title.split("\n")
    count = math.ceil(characters(title) / (_TITLE_LINE - 2))
    lines: list[str] = []
    rest = title
    for left in range(count, 1, -1):
        place = _parting(rest, left)
        lines.append(rest[:place])
        rest = rest[place:]
    return [*lines, rest]


def _parting(text: str, count: int) -> int:
    """Where the first of so many lines ends: near its share, best at a joining word, never between ASCII characters."""
    share = characters(text) / count
    places = [
        place
        for place in range(1, len(text))
        if characters(text[:place]) <= _TITLE_LINE
        and characters(text[place:]) <= _TITLE_LINE * (count - 1)
        and not (text[place - 1] + text[place]).isascii()
    ]
    good = [p for p in places if abs(characters(text[:p]) - share) <= 3 and (text[p - 1] in _JOINING or text[p] in "和与及暨")]
    return min(good or places or [len(text) // count], key=lambda place: abs(characters(text[:place]) - share))


def numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each heading led by its number. Raises ValueError for a level outside 1 to 4."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        if not 1 <= block.level <= 4:
            raise ValueError("headings have levels 1 to 4")
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        count = counts[block.level - 1]
        lead = (f"{_chinese(count)}、", f"（{_chinese(count)}）", f"{count}.", f"（{count}）")[block.level - 1]
        yield Heading(block.level, lead + block.text)


def attachment_lines(attachments: Sequence[str]) -> list[str]:
    """附件：1. …; a single one goes without a number. GB/T 9704-2012 §7.3.4."""
    if len(attachments) == 1:
        return [f"附件：{attachments[0]}"]
    return [f"{'附件：' if number == 1 else '　　　'}{number}. {text}" for number, text in enumerate(attachments, 1)]


def characters(text: str) -> float:
    """Width in full-width characters: what is ASCII takes half the place."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def signature_indents(signature: str, day: str) -> tuple[float, float]:
    """Right indents, in characters, of signature and date: the date four from the edge, both centred on each other.

    Where the signature is the longer one it stands four from the edge. GB/T 9704-2012 §7.3.5.1.
    """
    difference = (characters(signature) - characters(day)) / 2
    return (4.0, 4.0 + difference) if difference > 0 else (4.0 - difference, 4.0)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")
