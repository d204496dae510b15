"""No row is lost, none is doubled, and everything that is wrong is said by row and column."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.gateways.spreadsheets import Sheet, open_table, table_bytes
from linli.gateways.tests import workbooks
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.imports import actions, queries
from linli.kernel.imports.rules import common_faults
from linli.kernel.imports.tests.kinds import HEADINGS, NAMES
from linli.kernel.jobs.samples import work_off

DAY = date(2010, 12, 1)
GOOD = [["李明", "370404198001010011", "男", ""], ["䶮", "", "女", None]]


@pytest.fixture
def founders(db, monkeypatch):
    monkeypatch.setattr(queries, "import_kinds", lambda: {NAMES.key: NAMES})
    with connection.cursor() as cursor:
        cursor.execute("create temp table noted (name text, run int, touched bool) on commit drop")
    return make_founders()


@pytest.fixture
def worker(founders):
    return make_staff(founders=founders)


def book(rows, headings=HEADINGS) -> bytes:
    return table_bytes(Sheet("名单", list(headings), rows))


def send(by, content, name="名单.xlsx"):
    run, fresh = actions.send(by=by, on=DAY, kind=NAMES.key, name=name, content=content)
    assert fresh
    work_off()
    with scoped(by):
        return queries.run_in_area(by=by, run_id=run.pk)


def confirm(by, run):
    actions.confirm(by=by, on=DAY, run_id=run.pk)
    work_off()
    with scoped(by):
        return queries.run_in_area(by=by, run_id=run.pk)


def reasons(by, run, grave=True):
    with scoped(by):
        return [(r.row, r.heading, r.reason) for r in queries.rejects_of(run, grave=grave)]


def noted() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select name from noted order by 1")
        return [name for (name,) in cursor.fetchall()]


def test_a_file_is_checked_first_and_written_only_when_confirmed(worker):
    run = send(worker, book(GOOD))
    assert (run.state, run.read, run.accepted, run.rejected) == ("checked", 2, 2, 0)
    assert noted() == []
    run = confirm(worker, run)
    assert (run.state, run.result["made"]) == ("applied", [["人员", 2]])
    assert sorted(noted()) == sorted(["李明", "䶮"])


def test_every_fault_is_told_by_row_and_column_and_the_good_rows_go_in(worker):
    rows = [["", "1", "男", ""], ["张三丰", 370404198001010011, "公", "x" * 11], ["王5", "", "", "=1+1"]]
    rows = [*GOOD, *rows, ["赵", "", "", "一二三四五六"]]
    run = send(worker, book(rows))
    assert (run.read, run.accepted, run.rejected, run.warned) == (6, 3, 3, 1)
    assert reasons(worker, run) == [
        (4, "姓名", "没有填写姓名。"),
        (5, "证号", "号码按数字存放，末几位可能已经丢失。请把这一列设为文本格式，对照证件重新填写。"),
        (5, "性别", "应填写：男、女。"),
        (5, "备注", "内容超过 10 个字，请缩短。"),
        (6, "备注", "内容以等号、加减号或@开头，像是公式，请改成文字。"),
    ]
    assert reasons(worker, run, grave=False) == [(7, "备注", "备注较长。")]
    confirm(worker, run)
    assert len(noted()) == 3


def test_the_return_file_holds_the_rejected_rows_red_with_their_reasons(worker):
    from openpyxl import load_workbook

    run = send(worker, book([*GOOD, ["王5", "", "男", ""]]))
    with scoped(worker):
        name, content = queries.return_file(by=worker, run_id=run.pk)
        _, whole = queries.return_file(by=worker, run_id=run.pk, whole=True)
    page = load_workbook(io.BytesIO(content)).active
    assert name == "名单-退回.xlsx"
    assert [cell.value for cell in page[1]] == [*HEADINGS, "原文件行号", "原因"]
    assert [cell.value for cell in page[2]][-2:] == [4, "姓名：姓名含有数字“5”，请对照证件核对。"]
    assert page["A2"].fill.start_color.rgb.endswith("FFC7CE") and page.max_row == 2
    assert load_workbook(io.BytesIO(whole)).active.max_row == 4


def test_the_return_file_can_be_mended_and_sent_again_without_doubling(worker):
    run = confirm(worker, send(worker, book([["李明", "", "", ""], ["王5", "", "", ""]])))
    with scoped(worker):
        _, content = queries.return_file(by=worker, run_id=run.pk)
    table = open_table(content, "退回.xlsx", expected=HEADINGS)
    assert table.column("姓名") == ["王5"]
    again = confirm(worker, send(worker, book([["李明", "", "", ""], ["王五", "", "", ""]])))
    assert (again.accepted, again.rejected) == (1, 1)
    assert noted() == ["李明", "王五"]


def test_the_same_file_twice_changes_nothing_and_says_so(worker):
    run = confirm(worker, send(worker, book(GOOD)))
    known, fresh = actions.send(by=worker, on=DAY, kind=NAMES.key, name="别名.xlsx", content=workbooks_same(worker, run))
    assert (known.pk, fresh) == (run.pk, False)
    assert work_off() == 0 and len(noted()) == 2


def workbooks_same(by, run) -> bytes:
    from linli.kernel.files.queries import content_of

    with scoped(by):
        return content_of(queries.kept_file(run))


def test_a_file_that_was_taken_back_may_come_again(worker):
    content = book(GOOD)
    run = confirm(worker, send(worker, content))
    with connection.cursor() as cursor:
        cursor.execute("update noted set touched = true where name = '李明'")
    undone = actions.take_back(by=worker, on=DAY, run_id=run.pk)
    assert (undone.reversed, undone.left) == (1, ("李明已有改动",))
    with scoped(worker):
        run = queries.run_in_area(by=worker, run_id=run.pk)
    assert (run.state, run.result["left"], run.taken_back_on) == ("taken_back", ["李明已有改动"], DAY)
    assert send(worker, content).state == "checked"
    with pytest.raises(Stale):
        actions.take_back(by=worker, on=DAY, run_id=run.pk)


def test_a_step_that_is_done_again_does_nothing_more(worker):
    run = confirm(worker, send(worker, book(GOOD)))
    actions.apply(by=worker, on=DAY, run_id=run.pk)
    actions.check(by=worker, on=DAY, run_id=run.pk)
    assert len(noted()) == 2
    with pytest.raises(Stale):
        actions.confirm(by=worker, on=DAY, run_id=run.pk)


def test_an_import_can_be_given_up_before_it_is_confirmed(worker):
    content = book(GOOD)
    run = send(worker, content)
    actions.discard(by=worker, on=DAY, run_id=run.pk)
    with pytest.raises(Stale):
        actions.confirm(by=worker, on=DAY, run_id=run.pk)
    assert send(worker, content).pk != run.pk


def test_nothing_to_import_is_not_confirmed(worker):
    run = send(worker, book([["5", "", "", ""]]))
    with pytest.raises(Refused, match="没有可以导入的行"):
        actions.confirm(by=worker, on=DAY, run_id=run.pk)


def test_a_worker_of_another_area_sees_neither_the_import_nor_its_file(worker, founders):
    run = send(worker, book(GOOD))
    other = make_staff("qian", "钱社工", area="370404002001", founders=founders)
    with scoped(other):
        assert not queries.runs(by=other).exists()
        with pytest.raises(Forbidden, match="没有这次导入"):
            queries.return_file(by=other, run_id=run.pk)
    for act in (actions.confirm, actions.discard, actions.take_back, actions.apply):
        with pytest.raises(Forbidden, match="没有这次导入"):
            act(by=other, on=DAY, run_id=run.pk)


def test_two_areas_may_send_the_same_file(worker, founders):
    other = make_staff("qian", "钱社工", area="370404002001", founders=founders)
    content = book(GOOD)
    assert send(worker, content).pk != send(other, content).pk


def test_a_post_that_may_not_import_is_refused(founders):
    auditor = make_staff("shen", "沈审计", Role.AUDITOR, "370404000000", founders=founders)
    with pytest.raises(Forbidden):
        actions.send(by=auditor, on=DAY, kind=NAMES.key, name="a.xlsx", content=book(GOOD))


def test_a_fault_of_the_program_leaves_nothing_and_is_told(worker, monkeypatch):
    import dataclasses

    def broken(checked, run, by, on, tell):
        with connection.cursor() as cursor:
            cursor.execute("insert into noted values ('半截', %s, false)", [run])
        raise ZeroDivisionError

    run = send(worker, book(GOOD))
    monkeypatch.setattr(queries, "import_kinds", lambda: {NAMES.key: dataclasses.replace(NAMES, apply=broken)})
    actions.confirm(by=worker, on=DAY, run_id=run.pk)
    with pytest.raises(ZeroDivisionError):
        work_off()
    with scoped(worker):
        run = queries.run_in_area(by=worker, run_id=run.pk)
    assert run.state == "failed" and "数据没有改变" in run.message
    assert noted() == []


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (book([["李"]], ["别的"]), "a.xlsx", "没有找到表头"),
        (book([["男"]], ["性别"]), "a.xlsx", "没有这些必填的列：姓名"),
        (book([]), "a.xlsx", "没有数据"),
        (book([["李明", "", "", ""]] * 501), "a.xlsx", "超过一次 500 行"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9, "a.xlsx", "密码"),
        ("姓名,性别\n\"李明,男\n".encode(), "a.csv", ""),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_a_sentence(worker, content, name, why):
    run = send(worker, content, name)
    if why:
        assert run.state == "failed" and why in run.message
        assert (run.read, run.accepted, run.rejected) == (0, 0, 0)
    else:
        assert run.read == run.accepted + run.rejected


HOSTILE = {
    "a document type": {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'},
    "a macro": {"xl/vbaProject.bin": b"macro"},
    "a bomb": {"xl/media/zeros.bin": b"\0" * 30_000_000},
    "a broken part": {"xl/workbook.xml": "<workbook>"},
}


@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_before_anything_is_written(worker, members):
    content = workbooks.packed(workbooks.parts(workbooks.sheet(workbooks.inline_rows([HEADINGS, *GOOD]))) | members)
    run = send(worker, content)
    assert run.state == "failed" and run.message
    with pytest.raises(Stale):
        actions.confirm(by=worker, on=DAY, run_id=run.pk)


CELLS = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["男", "女", "李明", "=1", "-5", "１２", "\u202e"]))


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=30))
def test_accepted_and_rejected_are_all_rows(rows):
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow(HEADINGS)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    raw = content.getvalue().encode("utf-8", "replace").replace(b"\0", b"")
    try:
        table = open_table(raw, "a.csv", expected=NAMES.headings)
    except ValueError:
        return
    sheet = queries.sheet_of(table, NAMES)
    faults = common_faults(NAMES, sheet)
    from linli.kernel.imports.rules import Checked

    checked = Checked(len(sheet), faults)
    assert checked.accepted + checked.rejected == len(sheet) == len(table.numbers)
    assert all(0 <= fault.row < len(sheet) for fault in faults)


def test_the_template_can_be_filled_in_and_sent(worker):
    with scoped(worker):
        name, content = queries.template_file(by=worker, key=NAMES.key)
    table = open_table(content, name, expected=HEADINGS)
    assert not table.missing and len(table) == 0
