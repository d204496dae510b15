"""What a package declares to be imported, how a sheet is judged, and the states of one import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from linli.base.named import Named
from linli.kernel.access.rules import Actor, Refused

MEBIBYTE = 1024 * 1024
EMPTY, TEXT, NUMBER, DATE, BOOL, ERROR, FORMULA = range(7)
"""How a cell stands in the file (linli.gateways.spreadsheets.Kind)."""
_RUN = r"^[=+\-@＝＋－＠\t]"
_SIGNED = r"^[+\-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?$"


class RunState(Named):
    """Where an import stands. The last four are final."""

    SENT = "sent", "正在检查"
    CHECKED = "checked", "待确认"
    APPLYING = "applying", "正在写入"
    APPLIED = "applied", "已导入"
    FAILED = "failed", "未成功"
    DISCARDED = "discarded", "已放弃"
    TAKEN_BACK = "taken_back", "已撤回"


OVER = (RunState.FAILED, RunState.DISCARDED, RunState.TAKEN_BACK)
"""The same file may be sent again when its import ended so."""


@dataclass(frozen=True)
class ImportColumn:
    """A column of the template. ``number`` marks identity, account and telephone numbers, which must stand as text.

    ``aliases`` are other usual headings. An empty cell of a ``required`` column and a text outside ``choices`` are faults.
    """

    key: str
    heading: str
    required: bool = False
    help: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    number: bool = False
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell (``column`` is its key; empty for the row as a whole). ``row`` counts rows from 0."""

    row: int
    column: str
    reason: str


@dataclass
class Sheet:
    """The columns of a file by their keys, as text; ``kinds`` tell how each cell stood in the file."""

    frame: pl.DataFrame
    kinds: dict[str, bytes]
    numbers: list[int]
    """Each row's number as the user sees it in the file."""
    kept: Any = None
    """What a kind may keep of it from the check to the writing; lost when another process writes."""

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass
class Checked:
    """The judgement over a sheet. A row with a fault is rejected; all other rows are accepted, with or without warnings.

    ``rows`` is what the kind's ``apply`` needs of the accepted rows.
    """

    read: int
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    rows: Any = None

    @property
    def rejected(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})

    @property
    def accepted(self) -> int:
        """How many rows have none."""
        return self.read - self.rejected


@dataclass(frozen=True)
class Undone:
    """What a take-back did: how many rows it reversed, and which it had to leave, each with its reason."""

    reversed: int
    left: tuple[str, ...] = ()


Tell = Callable[[str, int, int], None]
"""tell(step, done, total): say how far the work is."""


@dataclass(frozen=True)
class ImportKind:
    """A kind of table that may be imported, declared in a package's manifest (``imports``).

    ``check(sheet, faults, by, on, tell)`` judges the rows further than the common checks did (their faults come in) and
    gives a :class:`Checked`. ``apply(checked, run, by, on, tell)`` writes the accepted rows and gives plain facts to keep:
    ``made`` is a list of [名称, 数量] for the page, the rest is what ``undo(facts, run, by, on)`` needs to take the import
    back. All three run inside the actor's range of areas, ``apply`` in one transaction with the import's own record.
    """

    key: str
    zh: str
    permission: str
    columns: tuple[ImportColumn, ...]
    check: Callable[[Sheet, list[Fault], Actor, date, Tell], Checked]
    apply: Callable[[Checked, int, Actor, date, Tell], dict[str, Any]]
    undo: Callable[[dict[str, Any], int, Actor, date], Undone]
    notes: tuple[str, ...] = ()
    rows: int = 200_000
    size: int = 50 * MEBIBYTE

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    @property
    def aliases(self) -> dict[str, str]:
        return {alias: column.heading for column in self.columns for alias in column.aliases}


def require_columns(kind: ImportKind, missing: Sequence[str]) -> None:
    """Raises Refused when the file lacks a required column."""
    lost = [column.heading for column in kind.columns if column.required and column.heading in missing]
    if lost:
        raise Refused(f"表里没有这些必填的列：{'、'.join(lost)}。请使用模板，或把列名改成一样的字后重新上传。")


def common_faults(kind: ImportKind, sheet: Sheet) -> list[Fault]:
    """What can be said of any cell: empty, a formula, a number that lost digits, too long, runnable, not on the list."""
    found: list[Fault] = []
    for column in kind.columns:
        found += _cells_by_kind(column, sheet.kinds[column.key])
        found += _cells_by_text(column, sheet.frame[column.key], sheet.kinds[column.key])
    return found


def _cells_by_kind(column: ImportColumn, kinds: bytes) -> Iterable[Fault]:
    if FORMULA in kinds:
        yield from _at(kinds, FORMULA, column.key, "这一格是公式，请复制后“选择性粘贴”为数值，再上传。")
    if ERROR in kinds:
        yield from _at(kinds, ERROR, column.key, "这一格是错误值（如 #N/A），请填写实际内容。")
    if column.number and NUMBER in kinds:
        reason = "号码按数字存放，末几位可能已经丢失。请把这一列设为文本格式，对照证件重新填写。"
        yield from _at(kinds, NUMBER, column.key, reason)
    if column.required and EMPTY in kinds:
        yield from _at(kinds, EMPTY, column.key, f"没有填写{column.heading}。")


def _at(kinds: bytes, code: int, key: str, reason: str) -> list[Fault]:
    found, place = [], kinds.find(code)
    while place >= 0:
        found.append(Fault(place, key, reason))
        place = kinds.find(code, place + 1)
    return found


def _cells_by_text(column: ImportColumn, texts: pl.Series, kinds: bytes) -> Iterable[Fault]:
    if texts.null_count() == len(texts):
        return
    long = texts.str.len_chars() > column.longest
    reason = f"内容超过 {column.longest} 个字，请缩短。"
    yield from (Fault(row, column.key, reason) for row in long.fill_null(False).arg_true())
    if column.choices:
        other = texts.is_not_null() & ~texts.is_in(list(column.choices))
        reason = f"应填写：{'、'.join(column.choices[:12])}。"
        yield from (Fault(row, column.key, reason) for row in other.arg_true())
        return
    runs = texts.str.contains(_RUN).fill_null(False)
    if runs.any():
        runs &= ~texts.str.contains(_SIGNED).fill_null(False)
        reason = "内容以等号、加减号或@开头，像是公式，请改成文字。"
        yield from (Fault(row, column.key, reason) for row in runs.arg_true())
