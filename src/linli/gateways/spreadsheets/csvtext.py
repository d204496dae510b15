"""Comma-separated text as Excel and WPS write it in China: UTF-8 with or without a mark, GB18030, sometimes tabs."""

from __future__ import annotations

import csv
import io
import re

from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets.limits import Limits
from linli.gateways.spreadsheets.sheetxml import TOO_MANY_ROWS, TOO_WIDE

_AS_TEXT = re.compile(r'="([^"]*)"')
"""The usual trick of exports to keep long numbers whole in Excel: ="370404..." stands for the text."""

_LARGEST_CELL = 100_000


def decode(data: bytes) -> str:
    if b"\0" in data:
        raise BadFile("文件里有文本不会有的内容（空字符），不是 CSV 文本。请用 Excel 或 WPS 另存为 .xlsx 后上传。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("文件的文字编码看不懂。请用 Excel 或 WPS 另存为“CSV UTF-8”或 .xlsx 后重新上传。")


def read_rows(data: bytes, limits: Limits) -> list[list[str]]:
    """Rows of equal width; the first has number 1. A formula keeps its leading equals sign."""
    text = decode(data)
    if text.lstrip()[:1] == "<":
        raise BadFile("文件名是 .csv，内容却是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[str]] = []
    try:
        for row in reader:
            if len(rows) > limits.rows + 50:
                raise BadFile(TOO_MANY_ROWS.format(rows=len(rows), limit=limits.rows))
            rows.append([_AS_TEXT.sub(r"\1", cell) if cell.startswith('="') else cell for cell in row])
    except csv.Error as fault:
        line = reader.line_num
        raise BadFile(f"第 {line} 行读不出，可能少了一个引号或有一格文字太长。请检查该行后重新上传。", line=line) from fault
    width = max(map(len, rows), default=0)
    if width > limits.columns:
        raise BadFile(TOO_WIDE.format(columns=width, limit=limits.columns))
    if any(len(cell) > _LARGEST_CELL for row in rows for cell in row):
        raise BadFile("文件里有一格文字过长，可能少了一个引号。请检查后重新上传。")
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _delimiter(text: str) -> str:
    head = text[:10_000]
    return max(",\t;", key=head.count) if any(head.count(c) for c in ",\t;") else ","
