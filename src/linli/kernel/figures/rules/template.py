"""Report templates: a document whose numbers are figures. Data only; nobody types a number into a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from linli.base.money import show_wan, show_yuan
from linli.kernel.figures.rules.figure import Unit

CELL = r"(?:@([a-z_]+=[^|}÷]+|[0-9]{12}))?"
REFERENCE = re.compile(r"\{([a-z0-9_.]+)" + CELL + r"(?:÷([a-z0-9_.]+)" + CELL + r")?(?:\|([a-z]+))?\}")


@dataclass(frozen=True)
class Reference:
    """One number in a text: the figure, the cell of a breakdown ("" for the whole) and how it is shown.

    ``whole``: not the number itself stands there, but how much of this one it is: {hotline.content÷hotline.graded}.
    """

    figure: str
    cell: str = ""
    show: str = ""
    whole: Reference | None = None

    @property
    def where(self) -> dict[str, str]:
        """The cell as the queries take it: an area code stands for its level, else ``breakdown=value``."""
        if not self.cell:
            return {}
        if "=" in self.cell:
            key, value = self.cell.split("=", 1)
            return {key: value}
        return {"town" if self.cell.endswith("000") else "community": self.cell}


@dataclass(frozen=True)
class Head:
    """A heading; level 1 to 4. The number before it is printed by the layout."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph with references: 全区共救助{charity.households}户。"""

    text: str


@dataclass(frozen=True)
class Slot:
    """A place where the writer adds words. ``key`` names it, ``help`` says what belongs there, ``start`` is a first draft."""

    key: str
    help: str
    start: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table with one line for each part: ``by`` is "town" or a breakdown; columns are (figure, heading, show)."""

    caption: str
    by: str
    first: str
    columns: tuple[tuple[str, str, str], ...]
    total: bool = True


Block = Head | Text | Slot | FigureTable


@dataclass(frozen=True)
class ReportTemplate:
    """A report that an office issues again and again.

    ``number``: the pattern of its document number with {year} and {serial}; ``relations``: keys of the relations that are
    checked before it is signed.
    """

    key: str
    zh: str
    issuer: str
    title: str
    addressee: str
    signature: str
    number: str
    blocks: tuple[Block, ...]
    relations: tuple[str, ...] = ()

    def references(self) -> set[Reference]:
        """Every number that stands in the texts (tables name theirs by figure and breakdown)."""
        texts = [block.text for block in self.blocks if isinstance(block, Head | Text)]
        texts += [block.start for block in self.blocks if isinstance(block, Slot)]
        return {reference for text in texts for reference in references_in(text)}

    def tables(self) -> Iterator[FigureTable]:
        return (block for block in self.blocks if isinstance(block, FigureTable))

    def slots(self) -> dict[str, Slot]:
        return {block.key: block for block in self.blocks if isinstance(block, Slot)}


def references_in(text: str) -> list[Reference]:
    """Every number on which a text stands, in order; of a share both."""
    found = [_reference(match) for match in REFERENCE.finditer(text)]
    return [one for said in found for one in (said, said.whole) if one is not None]


def _reference(match: re.Match[str]) -> Reference:
    whole = Reference(match[3], match[4] or "") if match[3] else None
    return Reference(match[1], match[2] or "", match[5] or "", whole)


def fill(text: str, number: Callable[[Reference], str]) -> str:
    """The text with each reference replaced by what ``number`` gives for it; nothing else is evaluated."""
    return REFERENCE.sub(lambda match: number(_reference(match)), text)


def stray_braces(text: str) -> list[str]:
    """Pieces in braces that are no reference, e.g. a figure's name in Chinese: the writer is told of them."""
    return [piece for piece in re.findall(r"\{[^{}]*\}?|\}", text) if not REFERENCE.fullmatch(piece)]


def show(value: int, unit: Unit, how: str = "") -> str:
    """A value as texts show it: money in 元 (``yuan``) or 万元 (``wan``) without the unit's name, counts plain."""
    if unit is not Unit.FEN:
        return f"{value:,}" if how == "thousands" else str(value)
    if how == "wan":
        return show_wan(value)
    text = show_yuan(value)
    return text.removesuffix(".00") if how != "fen" else text
