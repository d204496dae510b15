"""The return file: the user's own rows come back, the bad cells red, the reason beside them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from linli.gateways.spreadsheets.table import Cell, Kind, Row, Table
from linli.gateways.spreadsheets.writing import RED, head_cell, set_widths, sheet_name, text_cell, value_cell

ROW_NUMBER = "原文件行号"
REASON = "原因"

Rejects = Mapping[int, Mapping[str, str]]
"""By row number (Table.numbers): the reason by heading. A reason under "" concerns the row as a whole."""

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
"""A longer number stays text: what is lost of it cannot be brought back."""
_EMPTIED = {Kind.FORMULA: "（公式）", Kind.ERROR: "（错误值）"}


def mark_rejects(table: Table, rejects: Rejects, *, whole: bool = False) -> bytes:
    """An .xlsx of the rejected rows, or with `whole` of all rows, in their order.

    It has the user's columns under the user's heads, so that it can be mended and sent again; the two columns added at
    the end are ignored by the next reading. A rejected cell is formatted as text, so that what is retyped stays whole.
    Raises KeyError for a row number that the table does not have: no reason may get lost.
    """
    unknown = set(rejects) - set(table.numbers)
    if unknown:
        raise KeyError(f"rows not in the table: {sorted(unknown)[:5]}")
    headings = [heading for heading in table.headings if heading not in (ROW_NUMBER, REASON)]
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet_name(table.sheet or "退回"))
    set_widths(page, [*headings, ROW_NUMBER, REASON], [_width(table, heading) for heading in headings] + [12, 60])
    page.freeze_panes = "A2"
    page.append([head_cell(page, heading) for heading in (*headings, ROW_NUMBER, REASON)])
    for index, number in enumerate(table.numbers):
        if whole or number in rejects:
            page.append(_marked(page, table.row_at(index), headings, rejects.get(number, {})))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _marked(page: Any, row: Row, headings: list[str], reasons: Mapping[str, str]) -> list[Any]:
    cells: list[Any] = []
    for heading in headings:
        if heading in reasons:
            cell = text_cell(page, _shown(row[heading]))
            cell.fill = RED
        else:
            cell = _as_sent(page, row[heading])
        cells.append(cell)
    told = "；".join(f"{heading}：{reason}" if heading else reason for heading, reason in reasons.items())
    reason = text_cell(page, told)
    reason.font = Font(color="C00000")
    return [*cells, value_cell(page, row.number), reason]


def _as_sent(page: Any, cell: Cell) -> Any:
    if cell.text is None:
        return text_cell(page, _shown(cell))
    if cell.kind is Kind.NUMBER and _NUMBER.fullmatch(cell.text):
        return value_cell(page, float(cell.text) if "." in cell.text else int(cell.text))
    if cell.kind is Kind.DATE and len(cell.text) == 10:
        return value_cell(page, datetime.date.fromisoformat(cell.text))
    return text_cell(page, cell.text)


def _shown(cell: Cell) -> str:
    return cell.text if cell.text is not None else _EMPTIED.get(cell.kind, "")


def _width(table: Table, heading: str) -> float:
    longest = max((len(text) for text in table.column(heading)[:200] if text), default=0)
    wide = 2.2 if any(ord(c) > 127 for c in "".join(filter(None, table.column(heading)[:5]))) else 1.2
    return min(50.0, max(2.2 * len(heading) + 2, wide * longest + 2))
