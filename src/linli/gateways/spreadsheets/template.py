"""Import templates: the heads, lists to choose from, one sample row, and a sheet that says how to fill them in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from linli.gateways.spreadsheets.reading import SAMPLE

ORDINAL = "序号"
NOTES = "填表说明"
_CHOICES = "选项"
_ROWS = 5_000
"""So many rows are prepared: typed as text, with lists to choose from."""

_REQUIRED = PatternFill("solid", fgColor="FCE4D6")
_OPTIONAL = PatternFill("solid", fgColor="E8EEF4")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    heading: str
    note: str = ""
    """How to fill it in, for the notes sheet."""
    sample: str = ""
    required: bool = False
    choices: Sequence[str] = ()
    width: float = 0


def template(columns: Sequence[TemplateColumn], notes: Sequence[str] = (), *, name: str = "名单") -> bytes:
    """An .xlsx with the sheets `name` and 填表说明.

    A first column 序号 is put before the columns; its 示例 marks the sample row, which reading leaves out. Cells are typed
    as text, so that identity and account numbers stay whole.
    """
    book = Workbook()
    page = book.active
    page.title = name
    _fill(page, [TemplateColumn(ORDINAL, sample=SAMPLE, width=8), *columns])
    _explain(book.create_sheet(NOTES), columns, notes)
    _offer(book, page, columns)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(page: Any, columns: Sequence[TemplateColumn]) -> None:
    for index, column in enumerate(columns, 1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = column.width or max(2.2 * len(column.heading) + 4, 14)
        page.column_dimensions[letter].number_format = "@"
        head = _text(page, 1, index, ("*" if column.required else "") + column.heading)
        head.font = Font(bold=True)
        head.fill = _REQUIRED if column.required else _OPTIONAL
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sample = _text(page, 2, index, column.sample)
        sample.font = Font(italic=True, color="808080")
    page.freeze_panes = "B2"


def _explain(page: Any, columns: Sequence[TemplateColumn], notes: Sequence[str]) -> None:
    lines = [
        "1. 请在第一张工作表里填写，一行一条，不要改动表头，不要合并单元格，不要用公式。",
        f"2. 带 * 的列必填。第一列写着“{SAMPLE}”的一行只是示例，不会被读取。",
        "3. 身份证号、银行账号、电话请按文本填写（模板已设好格式），否则末几位会丢失。",
    ]
    lines += [f"{number}. {note}" for number, note in enumerate(notes, len(lines) + 1)]
    for row, line in enumerate(lines, 1):
        _text(page, row, 1, line)
    top = len(lines) + 2
    for index, heading in enumerate(("列名", "是否必填", "怎样填", "示例", "可选内容"), 1):
        _text(page, top, index, heading).font = Font(bold=True)
        page.column_dimensions[get_column_letter(index)].width = (20, 10, 60, 26, 60)[index - 1]
    for row, column in enumerate(columns, top + 1):
        must = "必填" if column.required else "选填"
        for index, text in enumerate((column.heading, must, column.note, column.sample, "、".join(column.choices)), 1):
            _text(page, row, index, text).alignment = Alignment(vertical="top", wrap_text=True)


def _offer(book: Workbook, page: Any, columns: Sequence[TemplateColumn]) -> None:
    """Lists to choose from, each a column of a hidden sheet: a list written into the rule itself ends at 255 characters."""
    chosen = [(index, column) for index, column in enumerate(columns, 2) if column.choices]
    if not chosen:
        return
    hidden = book.create_sheet(_CHOICES)
    hidden.sheet_state = "hidden"
    for place, (index, column) in enumerate(chosen, 1):
        for row, choice in enumerate(column.choices, 1):
            _text(hidden, row, place, choice)
        letter = get_column_letter(place)
        source = f"{quote_sheetname(_CHOICES)}!${letter}$1:${letter}${len(column.choices)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "请从列表中选择", f"“{column.heading}”请从下拉列表中选择。"
        target = get_column_letter(index)
        rule.add(f"{target}2:{target}{_ROWS}")
        page.add_data_validation(rule)


def _text(page: Any, row: int, column: int, text: str) -> Any:
    cell = page.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
