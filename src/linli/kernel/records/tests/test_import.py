"""Every book is imported by the engine: each row is accepted or rejected with its reason, and an import is taken back."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from linli.kernel.access.actions import scoped
from linli.kernel.imports import actions as imports
from linli.kernel.imports.queries import import_kinds, rejects_of, return_file, run_in_area
from linli.kernel.imports.rules import EMPTY, TEXT, Sheet, common_faults
from linli.kernel.jobs.samples import work_off
from linli.kernel.records import actions, queries
from linli.kernel.records.models import Entry
from linli.kernel.records.samples import DAY, LECTURES, REHABILITATION, VISITS
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_household, make_person

HEAD = ("身份证号", "建档日期", "康复需求", "每周训练（小时）", "自付费用（元）", "康复机构", "诊断情况", "有监护人")


def table(head, *rows) -> bytes:
    made = Workbook()
    for line in (head, *rows):
        made.active.append(line)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def number_of(person) -> str:
    return clear_number(person)


def imported(by, book, content):
    run, _ = imports.send(by=by, on=DAY, kind=f"records.{book.key}", name="台账.xlsx", content=content)
    work_off()
    with scoped(by):
        checked = run_in_area(by=by, run_id=run.pk)
        reasons = [(one.row, one.heading, one.reason) for one in rejects_of(checked, grave=True)]
    if checked.accepted:
        imports.confirm(by=by, on=DAY, run_id=run.pk)
        work_off()
    with scoped(by):
        return run_in_area(by=by, run_id=run.pk), reasons


def test_good_rows_are_written_and_bad_ones_come_back_red(worker, neighbour):
    one, two = make_person(worker, DAY, "张三"), make_person(worker, DAY, "李四")
    far = make_person(neighbour, DAY, "王五")
    good = [number_of(one), "2010-12-01", "康复训练", "2.5", "300", "区人民医院", "截瘫", "是"]
    run, reasons = imported(
        worker, REHABILITATION,
        table(HEAD, good, [number_of(far), *good[1:]], [number_of(two), "2010-12-99", *good[2:]],
              [number_of(two), "", *good[2:]], good),
    )  # fmt: skip
    assert (run.read, run.accepted, run.rejected, run.state) == (5, 1, 4, "applied")
    said = {row: (heading, reason) for row, heading, reason in reasons}
    assert said[3][0] == "身份证号" and "没有登记" in said[3][1]
    assert said[4][0] == "建档日期" and said[5] == ("建档日期", "没有填写建档日期。")
    assert "重复" in said[6][1]
    with scoped(worker):
        row = Entry.objects.get()
        assert (row.person_id, row.values["hours"], row.values["cost"], row.values["guarded"]) == (one.pk, "2.5", 30_000, True)
        assert queries.sealed_text(row, "diagnosis") == "截瘫" and row.versions.count() == 1
        name, content = return_file(by=worker, run_id=run.pk)
    assert name.endswith("退回.xlsx") and content


def test_a_household_is_found_by_any_member_and_a_unit_by_its_name(worker):
    home = make_household(worker, DAY)
    with scoped(worker):
        wife = home.memberships.get(kin="12").person
    head = ("户主或成员身份证号", "走访日期", "慰问金")
    run, _ = imported(worker, VISITS, table(head, [number_of(wife), "2010-12-01", "500"]))
    rows = ["2010-12-01", "护理", "20", "区人民医院"], ["2010-12-02", "护理", "20", "某医院"]
    lectures = table(("讲座日期", "主题", "到场人数", "协办单位"), *rows)
    second, reasons = imported(worker, LECTURES, lectures)
    assert (run.accepted, second.accepted) == (1, 1)
    assert "没有这个区域" in reasons[0][2]
    with scoped(worker):
        assert Entry.objects.get(book=VISITS.key).household_id == home.pk
        assert Entry.objects.get(book=LECTURES.key).values["unit"] == "370404901003"


def test_an_import_is_taken_back_as_far_as_nobody_touched_it(worker):
    people = [make_person(worker, DAY, name) for name in ("张三", "李四")]
    rows = [[number_of(person), "2010-12-01", "康复训练", "", "", "", "", ""] for person in people]
    run, _ = imported(worker, REHABILITATION, table(HEAD, *rows))
    with scoped(worker):
        touched = Entry.objects.get(person=people[0])
    actions.correct_entry(by=worker, on=DAY, entry_id=touched.pk, version=1, values={"cost": 100}, why="家属补报")
    undone = imports.take_back(by=worker, on=DAY, run_id=run.pk)
    assert undone.reversed == 1 and len(undone.left) == 1
    with scoped(worker):
        assert [row.pk for row in queries.entries(REHABILITATION, on=DAY)] == [touched.pk]
    again, _ = imported(worker, REHABILITATION, table(HEAD, rows[1]))
    assert again.accepted == 1


TYPED = ["2010-12-01", "2010-02-30", "护理", "12", "0", "-3", "康复", "3e5", "区人民医院", "=1+1"]
CELLS = st.one_of(st.none(), st.sampled_from(TYPED))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_every_row_of_a_table_is_accepted_or_rejected_and_the_accepted_ones_are_written(worker, rows):
    kind = import_kinds()[f"records.{LECTURES.key}"]
    columns = {column.key: [row[at] for row in rows] for at, column in enumerate(kind.columns)}
    kinds = {key: bytes(EMPTY if cell is None else TEXT for cell in cells) for key, cells in columns.items()}
    frame = pl.DataFrame({key: pl.Series(key, cells, dtype=pl.String) for key, cells in columns.items()})
    sheet = Sheet(frame, kinds, list(range(2, len(rows) + 2)))
    point = transaction.savepoint()
    with scoped(worker):
        judged = kind.check(sheet, common_faults(kind, sheet), worker, DAY, lambda *said: None)
        assert judged.accepted + judged.rejected == len(rows) == judged.read
        assert judged.accepted == len(judged.rows)
        kind.apply(judged, 7, worker, DAY, lambda *said: None)
        assert Entry.objects.filter(run=7).count() == judged.accepted
    transaction.savepoint_rollback(point)


def test_a_book_with_a_required_file_is_not_imported(declare):
    paper = replace(REHABILITATION.field("paper"), required=True)
    declare(replace(REHABILITATION, fields=tuple(paper if one.key == "paper" else one for one in REHABILITATION.fields)))
    assert f"records.{REHABILITATION.key}" not in import_kinds()
