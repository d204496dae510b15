"""What a sheet's XML says that the fast reader does not tell: formulas, error values, hidden rows, and how far it reaches.

The reader gives a formula's last result as if it had been typed, an error value as an empty cell, and allots memory for
the rectangle up to the furthest cell. An ordinary sheet is recognised by three searches; any other is walked exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets.limits import Limits
from linli.gateways.spreadsheets.package import BROKEN, ODD

TOO_MANY_ROWS = "表格有 {rows} 行，超过一次 {limit} 行的上限。请分成几个文件上传；如果下面只是空行，请删去空行后重试。"
TOO_WIDE = "表格有 {columns} 列，超过 {limit} 列的上限。请删去用不到的列后重新上传。"

STRAY = "表格在很远处（第 {row} 行、第 {column} 列）还有零星内容。请选中数据以外的行和列，删除后重新上传。"

_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ANY_ROW = re.compile(rb"<row[\s/>]")
_PREFIXED = re.compile(rb":(?:c|f|row|v|si)[\s/>]")
_FORMULA = re.compile(rb"<f[\s/>]")
_SHARED_INDEX = re.compile(rb"<(?:\w+:)?v>\s*(\d+)\s*</")
Place = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(slots=True)
class SheetFacts:
    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden: set[int] = field(default_factory=set)
    formulas: set[Place] = field(default_factory=set)
    errors: set[Place] = field(default_factory=set)


def sheet_facts(xml: bytes, limits: Limits) -> SheetFacts:
    """The facts of one sheet; raises BadFile when it reaches further than the limits allow."""
    return _plain_facts(xml, limits) or _walk(xml, limits)


def check_text_volume(xml: bytes, shared: bytes, facts: SheetFacts, limits: Limits) -> None:
    """One long shared string named by many cells grows to gigabytes when read: count it beforehand."""
    entries = re.split(rb"<(?:\w+:)?si[\s>/]", shared)[1:]
    longest = max(map(len, entries), default=0)
    if longest * facts.cells <= limits.text:
        return
    uses = Counter(_SHARED_INDEX.findall(xml))
    total = sum(len(entries[int(index)]) * times for index, times in uses.items() if int(index) < len(entries))
    if total > limits.text:
        raise BadFile(ODD.format(what="大量重复的超长文字"))


def _plain_facts(xml: bytes, limits: Limits) -> SheetFacts | None:
    """Facts of a sheet of at most 26 columns in the usual spelling, without formulas, errors and hidden rows; else None."""
    if limits.columns < 26 or b"hidden" in xml or _PREFIXED.search(xml) or _FORMULA.search(xml):
        return None
    numbers = _ROW.findall(xml)
    if not numbers or len(numbers) != len(_ANY_ROW.findall(xml)):
        return None
    rows = max(map(int, numbers))
    lead, digits = int(str(rows)[0]), len(str(rows)) - 1
    cells = xml.count(b"<c ")
    if _too_sparse((lead + 1) * 10**digits, 26, cells) or _odd_cell(lead, digits).search(xml):
        return None
    _check_reach(rows, 1, limits)
    return SheetFacts(rows=rows, columns=26, cells=cells)


def _odd_cell(lead: int, digits: int) -> re.Pattern[bytes]:
    """Any cell that is not spelled as usual, or lies in a row past the last one (in its first digit)."""
    row = rb"(?:[1-%d]\d{%d}|\d{0,%d})" % (lead, digits, digits)
    usual = rb'r="[A-Z]' + row + rb'"(?: s="\d+")?(?: t="(?:n|s|str|inlineStr|b|d)")?/?>'
    return re.compile(rb"<c[\s/>](?!" + usual + rb")")


def _too_sparse(rows: int, columns: int, cells: int) -> bool:
    return rows * columns > 8 * cells + 4_000_000


def _walk(xml: bytes, limits: Limits) -> SheetFacts:
    facts = SheetFacts()
    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        match name.rpartition(":")[2]:
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
                if attributes.get("hidden") in ("1", "true"):
                    facts.hidden.add(row)
            case "c":
                row, column = _place(attributes["r"]) if "r" in attributes else (row, column + 1)
                facts.cells += 1
                facts.rows, facts.columns = max(facts.rows, row), max(facts.columns, column)
                _check_reach(facts.rows, facts.columns, limits)
                if attributes.get("t") == "e":
                    facts.errors.add((row, column))
            case "f":
                facts.formulas.add((row, column))

    _parse(xml, start)
    if _too_sparse(facts.rows, facts.columns, facts.cells):
        raise BadFile(STRAY.format(row=facts.rows, column=facts.columns))
    return facts


def _parse(xml: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except BadFile:
        raise
    except (expat.ExpatError, ValueError) as fault:
        raise BadFile(BROKEN) from fault


def _place(reference: str) -> Place:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(reference)
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def _check_reach(rows: int, columns: int, limits: Limits) -> None:
    if columns > limits.columns:
        raise BadFile(TOO_WIDE.format(columns=columns, limit=limits.columns))
    if rows > limits.rows + 50:  # room for titles and heads above the data
        raise BadFile(TOO_MANY_ROWS.format(rows=rows, limit=limits.rows))
