"""What a run proposes: for all entitlements, for a part of them, or for those that changed since; in the present transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.kernel.entitlements.actions.runs import statements as sql
from linli.kernel.entitlements.models import Run
from linli.kernel.entitlements.queries.columns import read_columns, write_columns
from linli.kernel.entitlements.queries.declared import calculator_of, programme_named
from linli.kernel.entitlements.rules import Array, Asked, Basis

SPANS = ("first_root", "last_root", "first_household", "last_household")


@dataclass(frozen=True)
class Extent:
    """Which entitlements are computed: how the statements read them, what writes their lines and sums ("": they are compared with
    those that stand, first), and whether they are few."""

    text: Callable[[str], str]
    lines: str
    few: bool = False


EVERY, PART, CHANGED = Extent(sql.whole, sql.LINES), Extent(sql.part, sql.PART_LINES), Extent(sql.only, "", few=True)


def compute(cursor: Any, run: Run, values: dict[str, Any], extent: Extent, said: Callable[[str, int], None]) -> None:
    """Write the items and lines of the run for these entitlements, with their sums; or set them aside, where no statement
    for lines is given. The tables of ``sql.TABLES`` are there.

    ``said`` is told the step and how many of four are done.
    """
    text = extent.text
    for statement in (sql.GONE, sql.KNOWN, *([] if extent.few else [sql.WHOLESALE])):
        cursor.execute(statement)
    said("读取核定金额和已发金额", 1)
    if run.component:
        cursor.execute(text(sql.OCCASION), values)
    else:
        cursor.execute(text(sql.OPEN), values)
        if extent is EVERY:
            cursor.execute(sql.REOPENED, values)
        cursor.execute(text(sql.ARREARS), values)
    _tell_sizes(cursor, "run_open")
    if run.basis == Basis.RECKONED:
        said("按当月标准重新计算", 2)
        _reckon(cursor, run, values, extent)
    said("比较与核对", 3)
    cursor.execute("select exists (select from run_open where decided < issued)")
    if cursor.fetchone()[0]:
        cursor.execute(text(sql.KEPT_BACK), values)
    _check(cursor, values, extent)
    cursor.execute(text(sql.WHOLE), values)
    if extent.lines:
        cursor.execute(extent.lines, values)


def _tell_sizes(cursor: Any, tables: str) -> None:
    """The planner takes new rows for few, and would compare each with each."""
    cursor.execute(f"analyze {tables}")


def _check(cursor: Any, values: dict[str, Any], extent: Extent) -> None:
    """What each entitlement is due and what stands against it."""
    text = extent.text
    _tell_sizes(cursor, "run_known")
    cursor.execute(text(sql.DUE), values)
    _tell_sizes(cursor, "run_due")
    if extent is PART:
        cursor.execute("select min(root), max(root), min(household), max(household) from run_due")
        values |= zip(SPANS, cursor.fetchone(), strict=True)
    cursor.execute(text(sql.ACCOUNTS), values)
    _tell_sizes(cursor, "run_account")
    for statement in (sql.FAULTS, sql.PEOPLE, *([sql.AGAIN] if values["occasion"] else [])):
        cursor.execute(text(statement), values)
    _tell_sizes(cursor, "run_fault")


def _reckon(cursor: Any, run: Run, values: dict[str, Any], extent: Extent) -> None:
    """Ask the domain's calculator for the month, and take over what it gives more; what it gives less is only told."""
    programme = programme_named(run.programme)
    standing = extent.text(sql.STANDING)
    columns = read_columns(cursor, standing, ("entitlements", "households", "persons"), values)
    asked = Asked(run.programme, run.month, **columns)
    if not len(asked):
        return
    answer = calculator_of(programme)(asked)
    if fault := answer.fault(asked, frozenset(values["components"])):
        raise ValueError(fault)
    nothing: Array = np.zeros(len(asked), "i8")
    parts = [answer.amounts.get(component, nothing) for component in values["components"]]
    total: Array = np.sum(parts, axis=0, dtype="i8")
    decided, issued = _standing_now(cursor, asked, values)
    judged = (total != decided) & (issued == 0)
    if answer.known is not None:
        judged &= answer.known.astype(bool)
    raised = judged & ((total > decided) | programme.cuts)
    verdicts = {"entitlement": asked.entitlements, "total": total, "reasons": answer.reasons, "raised": raised}
    write_columns(cursor, "run_judged", {name: column[judged] for name, column in verdicts.items()})
    for part, amounts in enumerate(parts, 1):
        paid = raised & (amounts > 0)
        rows = {"entitlement": asked.entitlements[paid], "part": np.full(int(paid.sum()), part), "amount": amounts[paid]}
        write_columns(cursor, "run_reckoned", rows)
    _tell_sizes(cursor, "run_reckoned, run_judged")
    cursor.execute(sql.RAISED, values)


def _standing_now(cursor: Any, asked: Asked, values: dict[str, Any]) -> tuple[Array, Array]:
    """What is decided and what was ordered already for the month, in fen, row by row as asked."""
    found = read_columns(cursor, sql.DECIDED_NOW, ("entitlement", "decided", "issued"), values)
    place = np.minimum(np.searchsorted(asked.entitlements, found["entitlement"]), len(asked) - 1)
    known = asked.entitlements[place] == found["entitlement"]
    columns = np.zeros((2, len(asked)), "i8")
    for column, name in zip(columns, ("decided", "issued"), strict=True):
        column[place[known]] = found[name][known]
    return columns[0], columns[1]
