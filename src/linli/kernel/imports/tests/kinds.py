"""A kind of import for the tests of the engine: names, kept in a table of the test's own."""

from __future__ import annotations

from django.db import connection

from linli.base.names import clean_name
from linli.kernel.imports.rules import Checked, Fault, ImportColumn, ImportKind, Undone

HEADINGS = ("姓名", "证号", "性别", "备注")


def check(sheet, faults, by, on, tell):
    tell("检查", len(sheet), len(sheet))
    warnings, wrong = [], {fault.row for fault in faults}
    names = sheet.frame["name"].to_list()
    for row, name in enumerate(names):
        if row in wrong:
            continue
        try:
            clean_name(name)
        except ValueError as fault:
            faults.append(Fault(row, "name", str(fault)))
    with connection.cursor() as cursor:
        cursor.execute("select name from noted")
        known = {name for (name,) in cursor.fetchall()}
    faults += [Fault(row, "", "已在库中。") for row, name in enumerate(names) if name in known]
    warnings += [Fault(row, "note", "备注较长。") for row, note in enumerate(sheet.frame["note"]) if note and len(note) > 5]
    checked = Checked(len(sheet), faults, warnings)
    wrong = {fault.row for fault in faults}
    checked.rows = [name for row, name in enumerate(names) if row not in wrong]
    return checked


def apply(checked, run, by, on, tell):
    with connection.cursor() as cursor:
        for name in checked.rows:
            cursor.execute("insert into noted values (%s, %s, false)", [name, run])
    return {"made": [["人员", len(checked.rows)]]}


def undo(facts, run, by, on):
    with connection.cursor() as cursor:
        cursor.execute("select name from noted where run = %s and touched", [run])
        left = tuple(f"{name}已有改动" for (name,) in cursor.fetchall())
        cursor.execute("delete from noted where run = %s and not touched", [run])
        return Undone(cursor.rowcount, left)


NAMES = ImportKind(
    key="test.names", zh="姓名册", permission="files.store", check=check, apply=apply, undo=undo, rows=500,
    columns=(
        ImportColumn("name", "姓名", required=True, example="李明", longest=20),
        ImportColumn("number", "证号", number=True, aliases=("身份证号码",)),
        ImportColumn("sex", "性别", choices=("男", "女")),
        ImportColumn("note", "备注", longest=10),
    ),
)  # fmt: skip
