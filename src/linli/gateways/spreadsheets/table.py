"""A sheet as it was read: columns of text, each cell with the kind that it had in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum


class Kind(IntEnum):
    """How a cell stands in the file. An identity or account number in a NUMBER cell has lost its last digits."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    BOOL = 4
    ERROR = 5
    FORMULA = 6


@dataclass(frozen=True, slots=True)
class Cell:
    text: str | None
    """Without spaces at its ends; None when empty. A DATE is 2026-01-05, a BOOL 是 or 否; of FORMULA and ERROR nothing."""
    kind: Kind


EMPTY_CELL = Cell(None, Kind.EMPTY)


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """The row's number as the user sees it in the sheet."""
    cells: dict[str, Cell]

    def __getitem__(self, heading: str) -> Cell:
        return self.cells.get(heading, EMPTY_CELL)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with any content, in order; `numbers`, `column` and `kinds` run in parallel."""

    sheet: str
    headings: tuple[str, ...]
    numbers: list[int]
    """Each row's number in the sheet, from 1."""
    texts: dict[str, list[str | None]]
    codes: dict[str, bytes]
    missing: tuple[str, ...] = ()
    """Expected headings that the sheet does not have."""
    unknown: tuple[str, ...] = ()
    """Headings that were not expected; kept, so that they come back in a return file."""
    other_sheets: tuple[str, ...] = ()
    """Further visible sheets, which were not read."""
    blank_rows: int = 0
    """Empty rows between and below the data (not those past the last content)."""
    sample_rows: int = 0
    """Rows marked 示例 in the first column, left out."""
    hidden_rows: list[int] = field(default_factory=list)
    """Numbers of rows that are hidden in the sheet; they are read like the others."""

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, heading: str) -> list[str | None]:
        """One text per row. Nothing but None for a heading that the sheet does not have."""
        return self.texts.get(heading) or [None] * len(self)

    def kinds(self, heading: str) -> bytes:
        """One Kind per row, as bytes: `Kind.NUMBER in table.kinds("公民身份号码")` is a fast question."""
        return self.codes.get(heading) or bytes(len(self))

    def places(self, *kinds: Kind) -> list[tuple[int, str]]:
        """Row number and heading of every cell of these kinds, row by row."""
        found = [
            (self.numbers[index], heading)
            for heading in self.headings
            if any(kind in self.codes[heading] for kind in kinds)
            for index, code in enumerate(self.codes[heading])
            if code in kinds
        ]
        return sorted(found, key=lambda place: place[0])

    def row_at(self, index: int) -> Row:
        """The row at this place in `numbers`."""
        return Row(self.numbers[index], {h: Cell(self.texts[h][index], Kind(self.codes[h][index])) for h in self.headings})

    def rows(self) -> Iterator[Row]:
        return map(self.row_at, range(len(self)))
