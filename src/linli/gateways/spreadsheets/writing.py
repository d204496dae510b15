"""Tables out. Every cell is typed text, or a number or day where the caller gives one: never a formula."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from linli.base.text import is_formula_like, safe_cell

Value = str | int | float | datetime.date | datetime.datetime | None
Target = str | Path | IO[bytes]

LONGEST_CELL = 32_767
"""Excel's own limit of one cell."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SHEET_NAME = re.compile(r"[\\/*?:\[\]]")
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="E8EEF4")
RED = PatternFill("solid", fgColor="FFC7CE")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above an exported list, so that the sheet can be understood when it is found on a desk later."""

    title: str
    lines: Sequence[str] = ()
    """For example: filter, who, when, number of rows, sum."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    header: Header | None = None
    widths: Sequence[float] = ()
    """Of the columns, in characters; without them each is as wide as its heading asks."""
    formats: dict[str, str] = field(default_factory=dict)
    """Number format by heading, for example {"金额（元）": "#,##0.00"}."""


def write_table(target: Target, sheets: Sheet | Sequence[Sheet]) -> None:
    """Writes an .xlsx row by row, so that a hundred thousand rows need little memory.

    Raises ValueError for a text longer than a cell can hold; control characters, which no sheet can hold, are left out.
    """
    book = Workbook(write_only=True)
    try:
        for sheet in [sheets] if isinstance(sheets, Sheet) else sheets:
            _write_sheet(book, sheet)
    except BaseException:
        for page in book.worksheets:
            page.close()  # a page left open keeps its file
        raise
    book.save(target)


def table_bytes(sheets: Sheet | Sequence[Sheet]) -> bytes:
    stream = io.BytesIO()
    write_table(stream, sheets)
    return stream.getvalue()


def write_csv(target: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """UTF-8 with a mark, as Excel wants it; text that a spreadsheet would take for a formula is led by an apostrophe.

    A true number stays a number, also below zero.
    """
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([_csv_text(heading) for heading in headings])
    writer.writerows([_csv_text(value) for value in row] for row in rows)
    text.flush()
    text.detach()


def sheet_name(name: str) -> str:
    """A name that Excel accepts: no \\ / * ? : [ ], at most 31 characters."""
    return _SHEET_NAME.sub(" ", name).strip("' ")[:31] or "Sheet"


def text_cell(sheet: Any, value: str) -> Any:
    """A cell that stays text whatever it holds and whoever edits it next."""
    text = _CONTROL.sub("", value)
    if len(text) > LONGEST_CELL:
        raise ValueError(f"一格文字有 {len(text)} 个字，超过 {LONGEST_CELL} 个字的上限。")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    if is_formula_like(text):
        cell.quotePrefix = True
    return cell


def value_cell(sheet: Any, value: Value, number_format: str = "") -> Any:
    if isinstance(value, str):
        return text_cell(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, datetime.datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = number_format or "yyyy-mm-dd hh:mm"
    elif isinstance(value, datetime.date):
        cell.number_format = number_format or "yyyy-mm-dd"
    elif value is not None and number_format:
        cell.number_format = number_format
    return cell


def head_cell(sheet: Any, heading: str) -> Any:
    cell = text_cell(sheet, heading)
    cell.font = Font(bold=True)
    cell.fill = _HEAD_FILL
    cell.border = _BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def set_widths(sheet: Any, headings: Sequence[str], widths: Sequence[float]) -> None:
    for index, heading in enumerate(headings):
        width = widths[index] if index < len(widths) else max(10.0, 2.2 * len(heading) + 2)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet_name(sheet.name))
    above = list(_header_rows(page, sheet.header))
    set_widths(page, sheet.headings, sheet.widths)
    page.freeze_panes = f"A{len(above) + 2}"
    page.print_title_rows = f"{len(above) + 1}:{len(above) + 1}"
    page.page_setup.paperSize = 9  # A4, ECMA-376 18.3.1.63
    page.page_setup.orientation = "landscape" if len(sheet.headings) > 7 else "portrait"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for row in above:
        page.append(row)
    page.append([head_cell(page, heading) for heading in sheet.headings])
    formats = [sheet.formats.get(heading, "") for heading in sheet.headings]
    for values in sheet.rows:
        page.append([value_cell(page, value, fmt) for value, fmt in zip(values, formats, strict=True)])


def _header_rows(page: Any, header: Header | None) -> Iterator[list[Any]]:
    if header is None:
        return
    title = text_cell(page, header.title)
    title.font = Font(bold=True, size=14)
    yield [title]
    for line in header.lines:
        yield [text_cell(page, line)]


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, datetime.date) else str(value)
    return safe_cell(_CONTROL.sub("", value))
