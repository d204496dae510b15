"""Opens a table that somebody sent: nothing is run, nothing is guessed, no row is lost."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets import csvtext
from linli.gateways.spreadsheets.heads import LOOK_AT, Heads, find_heads
from linli.gateways.spreadsheets.limits import Limits
from linli.gateways.spreadsheets.package import BROKEN, MACRO, NOT_SHEET, check_not_ole, check_size, checked_parts
from linli.gateways.spreadsheets.sheetxml import SheetFacts, check_text_volume, sheet_facts
from linli.gateways.spreadsheets.table import Kind, Table

SAMPLE = "示例"
"""What the first cell of a template's sample row says."""

_SHARED = "xl/sharedStrings.xml"
_OTHER_TYPES = {
    ".xls": "这是旧版 .xls 文件。请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”后重新上传。",
    ".et": "这是 WPS 的 .et 文件。请用 WPS 另存为 .xlsx 后重新上传。",
    ".xlsm": MACRO,
    ".xltm": MACRO,
    ".xlsb": "这是二进制工作簿（.xlsb）。请另存为“Excel 工作簿（*.xlsx）”后重新上传。",
    ".ods": "这是 OpenDocument 表格（.ods）。请另存为 .xlsx 后重新上传。",
}

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def open_table(
    source: bytes | Path,
    filename: str,
    *,
    expected: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
    sheet: str | None = None,
    limits: Limits | None = None,
) -> Table:
    """Reads one sheet of an .xlsx, or a .csv.

    The sheet is the one named, else the first visible one that has any of the expected headings, else (with nothing
    expected) the first that is not empty. Without `expected` the first row that fills most columns is the head.
    Raises BadFile with a message for the user.
    """
    limits = limits or Limits()
    suffix = PurePath(filename).suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise BadFile(_OTHER_TYPES.get(suffix, "只能上传 .xlsx 或 .csv 表格。请用 Excel 或 WPS 另存后重新上传。"))
    if isinstance(source, Path) and source.stat().st_size > limits.size:
        check_size(bytes(limits.size + 1), limits)
    data = source.read_bytes() if isinstance(source, Path) else source
    check_size(data, limits)
    heading = _Heading(tuple(expected), dict(aliases or {}))
    table = _open_csv(data, heading, limits) if suffix == ".csv" else _open_workbook(data, heading, sheet, limits)
    if len(table) > limits.rows:
        raise BadFile(f"表格有 {len(table)} 行数据，超过一次 {limits.rows} 行的上限。请分成几个文件上传。")
    return table


class _Heading:
    """What the caller looks for in the head."""

    def __init__(self, expected: tuple[str, ...], aliases: dict[str, str]) -> None:
        self.expected = expected
        self.aliases = aliases

    def find(self, rows: Sequence[Sequence[Value]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Heads | None:
        texts = [[_AS_TEXT[type(value)](value) or "" for value in row] for row in rows[:LOOK_AT]]
        return find_heads(texts, [m for m in merged if m[0][0] < LOOK_AT], self.expected, self.aliases)

    def not_found(self, where: str) -> BadFile:
        if not self.expected:
            return BadFile(f"{where}没有内容。请检查后重新上传。")
        words = "、".join(self.expected[:8])
        return BadFile(f"{where}没有找到表头。表头应有：{words}。请使用模板，或把列名改成一样的字后重新上传。")


def _open_csv(data: bytes, heading: _Heading, limits: Limits) -> Table:
    if data.startswith(b"PK"):
        raise BadFile("文件名是 .csv，内容却是 Excel 工作簿。请把文件名改回 .xlsx 后重新上传。")
    check_not_ole(data)
    rows = csvtext.read_rows(data, limits)
    heads = heading.find(rows, ())
    if heads is None:
        raise heading.not_found("文件里")
    facts = SheetFacts()
    for index in range(heads.row + 1, len(rows)):
        for column, cell in enumerate(rows[index], 1):
            if cell.startswith("=") and len(cell) > 1:
                facts.formulas.add((index + 1, column))
    return _build("", rows, heads, facts, heading.expected, ())


def _open_workbook(data: bytes, heading: _Heading, sheet: str | None, limits: Limits) -> Table:
    if not data.startswith((b"PK", b"\xd0\xcf")):
        raise BadFile("文件名是 .xlsx，内容却不是 Excel 工作簿。" + NOT_SHEET)
    facts = _facts_by_sheet(data, limits)
    try:
        return _read_workbook(data, facts, heading, sheet)
    except CalamineError as fault:
        raise BadFile(BROKEN) from fault
    except OverflowError as fault:
        raise BadFile("表格里有一格的日期或时间大得读不出。请检查日期列，改成像 2026-01-05 的日期后重新上传。") from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the Rust reader's own failure, not an Exception
            raise
        raise BadFile(BROKEN) from fault


def _facts_by_sheet(data: bytes, limits: Limits) -> dict[str, SheetFacts]:
    """Facts of every worksheet by its name; the whole package has been judged when this returns."""
    wanted = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", _SHARED)
    parts = {n: p for n, p in checked_parts(data, limits) if n in wanted or b"sheetData" in p}
    shared = parts.get(_SHARED, b"")
    found: dict[str, SheetFacts] = {}
    for name, target in _sheet_targets(parts).items():
        xml = parts.get(target)
        if xml is None or not target.endswith(".xml"):
            continue  # a chart sheet, or a sheet without rows
        found[name] = sheet_facts(xml, limits)
        check_text_volume(xml, shared, found[name], limits)
    return found


def _sheet_targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ElementTree.ParseError, ValueError) as fault:
        raise BadFile(BROKEN) from fault
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found: dict[str, str] = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == "id"), None)
        target = targets.get(link, "").lstrip("/")
        found[element.get("name", "")] = target if target.startswith("xl/") else "xl/" + target
    return found


def _read_workbook(data: bytes, facts: dict[str, SheetFacts], heading: _Heading, named: str | None) -> Table:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        visible = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible and meta.name in facts
        ]
        if named is not None and named not in facts:
            raise BadFile(f"工作簿里没有名为“{named}”的工作表。请检查工作表名称后重新上传。")
        for name in [named] if named is not None else visible:
            sheet = book.get_sheet_by_name(name)
            rows: list[list[Value]] = sheet.to_python(skip_empty_area=False)
            heads = heading.find(rows, _merged(sheet))
            if heads is not None:
                others = tuple(other for other in visible if other != name and facts[other].cells)
                return _build(name, rows, heads, facts[name], heading.expected, others)
    raise heading.not_found(f"工作表“{named}”里" if named else "工作簿里")


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _build(
    name: str,
    rows: Sequence[Sequence[Value]],
    heads: Heads,
    facts: SheetFacts,
    expected: Sequence[str],
    others: tuple[str, ...],
) -> Table:
    first = heads.row + 2  # the number of the first row below the head
    columns = [_column(values) for values in zip(*rows[heads.row + 1 :], strict=True)]
    columns = columns or [([], bytearray()) for _ in heads.names]
    _mark(columns, first, facts.formulas, Kind.FORMULA)
    _mark(columns, first, facts.errors, Kind.ERROR)
    used = [i for i, n in enumerate(heads.names) if n in expected or not n.endswith(f"第{i + 1}列") or any(columns[i][1])]
    total = len(columns[0][1])
    if any(0 not in columns[i][1] for i in used):  # a column without a gap: no row is blank
        filled: Sequence[int] = range(total)
    else:
        filled = [index for index, kinds in enumerate(zip(*(columns[i][1] for i in used), strict=True)) if any(kinds)]
    samples = {index for index in filled[:3] if columns[0][0][index] == SAMPLE}
    kept = [index for index in filled if index not in samples]
    if len(kept) < total:
        columns = [([t[k] for k in kept], bytearray(c[k] for k in kept)) for t, c in columns]
    numbers = [first + index for index in kept]
    headings = tuple(heads.names[i] for i in used)
    return Table(
        sheet=name,
        headings=headings,
        numbers=numbers,
        texts={heads.names[i]: columns[i][0] for i in used},
        codes={heads.names[i]: bytes(columns[i][1]) for i in used},
        missing=heads.missing,
        unknown=tuple(h for h in headings if expected and h not in expected),
        other_sheets=others,
        blank_rows=total - len(filled),
        sample_rows=len(samples),
        hidden_rows=[number for number in numbers if number in facts.hidden] if facts.hidden else [],
    )


def _mark(columns: list[tuple[list[str | None], bytearray]], first: int, places: set[tuple[int, int]], kind: Kind) -> None:
    for row, column in places:
        index = row - first
        if column <= len(columns) and 0 <= index < len(columns[column - 1][1]):
            texts, kinds = columns[column - 1]
            texts[index], kinds[index] = None, kind


def _column(values: Sequence[Value]) -> tuple[list[str | None], bytearray]:
    if set(map(type, values)) <= {str}:  # the usual case, a million cells at the speed of the interpreter's loops
        texts: list[str | None] = [value.strip() or None for value in values]  # type: ignore[union-attr]
        return texts, bytearray(map(bool, texts))
    texts = [_AS_TEXT[type(value)](value) for value in values]
    kinds = bytearray(_KINDS[type(v)] if t is not None else Kind.EMPTY for t, v in zip(texts, values, strict=True))
    return texts, kinds


def _number(value: float) -> str:
    """As the sheet shows it: at most 15 digits count, so that 0.1+0.2 is 0.3 and a long number ends in zeros."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}" if math.isfinite(value) else "#NUM!"


def _moment(value: datetime.datetime) -> str:
    whole = value.time() == datetime.time()
    return value.date().isoformat() if whole else value.isoformat(" ", "seconds")


_AS_TEXT: Mapping[type, Callable[[Any], str | None]] = {
    str: lambda value: value.strip() or None,
    float: _number,
    int: str,
    bool: lambda value: "是" if value else "否",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _moment,
    datetime.time: str,
    datetime.timedelta: str,
}
_KINDS: Mapping[type, Kind] = {
    str: Kind.TEXT,
    float: Kind.NUMBER,
    int: Kind.NUMBER,
    bool: Kind.BOOL,
    datetime.date: Kind.DATE,
    datetime.datetime: Kind.DATE,
    datetime.time: Kind.TEXT,
    datetime.timedelta: Kind.TEXT,
}
