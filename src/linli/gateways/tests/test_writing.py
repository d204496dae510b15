"""Tables that leave the house: text stays text, nothing is ever run, and rejected rows come back whole."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.gateways.spreadsheets import (
    Header,
    Kind,
    Sheet,
    TemplateColumn,
    mark_rejects,
    open_table,
    table_bytes,
    template,
    write_csv,
    write_table,
)
from linli.gateways.tests.workbooks import inline_rows, packed, parts, sheet, workbook

MIDNIGHT = datetime.datetime(2026, 1, 5)  # noqa: DTZ001  (a sheet knows no zones)
HOSTILE = ["=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1", " =HYPERLINK(1)", "=cmd|' /C calc'!A0", "\r=1"]


def loaded(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=12)), min_size=1, max_size=20))
@settings(max_examples=60)
def test_no_text_ever_becomes_a_formula(texts: list[str]) -> None:
    page = loaded(table_bytes(Sheet("名单", ["文字"], [[text] for text in texts]))).active
    assert [cell.data_type for cell in page["A"] if cell.value is not None] == ["s"] * sum(
        1 for cell in page["A"] if cell.value is not None
    )
    stream = io.BytesIO()
    write_csv(stream, ["文字"], [[text] for text in texts])
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))
    assert not any(cell.lstrip()[:1] in ("=", "@", "＝") for row in rows for cell in row)


def test_hostile_text_carries_the_mark_that_keeps_it_text_when_edited() -> None:
    page = loaded(table_bytes(Sheet("名单", ["文字"], [[text] for text in (*HOSTILE, "平常")]))).active
    marks = [bool(page.cell(row, 1).quotePrefix) for row in range(2, len(HOSTILE) + 3)]
    assert marks == [True] * len(HOSTILE) + [False]


def test_numbers_and_days_stay_numbers_and_days_and_identity_numbers_text() -> None:
    row = ["990404199001011234", 1234.5, -3, datetime.date(2026, 1, 5), None]
    data = table_bytes(Sheet("名单", ["号", "金额（元）", "数", "日期", "空"], [row], formats={"金额（元）": "#,##0.00"}))
    cells = loaded(data).active[2]
    assert [cell.value for cell in cells] == [row[0], 1234.5, -3, MIDNIGHT, None]
    assert cells[1].number_format == "#,##0.00"
    stream = io.BytesIO()
    write_csv(stream, ["a", "b"], [[-3, datetime.date(2026, 1, 5)]])
    assert stream.getvalue() == "\ufeffa,b\r\n-3,2026-01-05\r\n".encode()


def test_an_export_says_what_it_is_above_its_head() -> None:
    header = Header("救助对象名单", ["范围：坛山街道", "导出人：王芳 2026-01-05 09:00", "共 1 行，合计 500.00 元"])
    data = table_bytes(Sheet("名单/1", ["姓名", "金额"], [["张三", 500]], header=header))
    page = loaded(data).active
    assert [page.cell(row, 1).value for row in range(1, 7)] == [header.title, *header.lines, "姓名", "张三"]
    assert page.title == "名单 1"
    assert page.freeze_panes == "A6"
    assert open_table(data, "a.xlsx", expected=["姓名", "金额"]).column("姓名") == ["张三"]


def test_a_text_too_long_for_a_cell_is_an_error_and_not_cut() -> None:
    with pytest.raises(ValueError, match="40000 个字"):
        table_bytes(Sheet("名单", ["文字"], [["长" * 40_000]]))


def test_a_row_of_the_wrong_width_is_an_error() -> None:
    with pytest.raises(ValueError):
        table_bytes(Sheet("名单", ["甲", "乙"], [["1"]]))


def test_twenty_thousand_rows_are_written_with_little_memory(tmp_path) -> None:
    tracemalloc.start()
    write_table(tmp_path / "a.xlsx", Sheet("名单", ["甲", "乙"], ([f"行{i}", i] for i in range(20_000))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert len(open_table(tmp_path / "a.xlsx", "a.xlsx")) == 20_000


ROSTER = [
    ("名册",),
    ("姓名", "身份证号", "金额", "备注"),
    ("张三", 990404199001011234, 500, "=x"),
    ("李四", "99", 1.5, ""),
    ("王五", "98", 2, ""),
]
REJECTS = {3: {"身份证号": "请改为文本格式", "金额": "超过上限"}, 5: {"": "与第 4 行重复"}}


def test_rejected_rows_come_back_red_with_the_reason_and_their_number() -> None:
    table = open_table(workbook(*ROSTER), "a.xlsx", expected=["姓名", "身份证号", "金额"])
    page = loaded(mark_rejects(table, REJECTS)).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == ("姓名", "身份证号", "金额", "备注", "原文件行号", "原因")
    assert [row[0] for row in rows[1:]] == ["张三", "王五"]
    assert rows[1][4:] == (3, "身份证号：请改为文本格式；金额：超过上限")
    assert rows[2][4:] == (5, "与第 4 行重复")
    red = [page.cell(2, column).fill.fgColor.rgb == "00FFC7CE" for column in range(1, 7)]
    assert red == [False, True, True, False, False, False]
    assert page.cell(2, 2).number_format == "@"
    assert page.cell(2, 4).data_type == "s"
    assert page.cell(3, 3).value == 2


def test_the_whole_sheet_comes_back_on_request() -> None:
    table = open_table(workbook(*ROSTER), "a.xlsx", expected=["姓名"])
    assert len(open_table(mark_rejects(table, REJECTS, whole=True), "b.xlsx", expected=["姓名"])) == 3


def test_a_return_file_can_be_sent_again_and_returned_again() -> None:
    heads = ["姓名", "身份证号", "金额"]
    table = open_table(workbook(*ROSTER), "a.xlsx", expected=heads)
    again = open_table(mark_rejects(table, REJECTS), "b.xlsx", expected=heads)
    assert again.column("姓名") == ["张三", "王五"]
    third = open_table(mark_rejects(again, {2: {"": "仍有错"}}), "c.xlsx", expected=heads)
    assert third.headings == (*heads, "备注", "原文件行号", "原因")
    assert third.column("原因") == ["仍有错"]


def test_a_return_file_of_comma_separated_text_is_a_workbook_and_shows_formulas_as_such() -> None:
    table = open_table("姓名,金额\n=1+1,5\n".encode("gb18030"), "a.csv", expected=["姓名"])
    page = loaded(mark_rejects(table, {2: {"姓名": "不能是公式"}})).active
    assert [cell.value for cell in page[2]] == ["（公式）", "5", 2, "姓名：不能是公式"]


def test_a_reason_for_a_row_that_is_not_there_is_an_error() -> None:
    table = open_table(workbook(*ROSTER), "a.xlsx", expected=["姓名"])
    with pytest.raises(KeyError):
        mark_rejects(table, {99: {"": "x"}})


def test_numbers_come_back_as_numbers_as_far_as_they_are_whole() -> None:
    row = ("张三", 500, -1.5, "1e400", 370404199001010001)
    table = open_table(workbook(("姓名", "甲", "乙", "丙", "丁"), row), "a.xlsx", expected=["姓名"])
    numbers = open_table(workbook(("甲",), (1e22,)), "a.xlsx", expected=["甲"])
    cells = loaded(mark_rejects(table, {2: {"": "x"}})).active[2]
    assert [cell.value for cell in cells][:5] == ["张三", 500, -1.5, "1e400", "370404199001010000"]
    assert loaded(mark_rejects(numbers, {2: {"": "x"}})).active["A2"].value == "10000000000000000000000"
    endless = open_table(
        packed(parts(sheet('<row r="1"><c r="A1" t="str"><v>甲</v></c></row><row r="2"><c r="A2"><v>1e400</v></c></row>'))),
        "a.xlsx",
    )
    assert loaded(mark_rejects(endless, {2: {"": "x"}})).active["A2"].value == "#NUM!"


def test_days_formulas_and_errors_come_back_as_far_as_they_are_known() -> None:
    rows = (
        inline_rows([("姓名", "日期")]) + '<row r="2"><c r="A2" t="d"><v>2026-01-05</v></c><c r="B2"><f>1</f><v>1</v></c></row>'
    )
    table = open_table(packed(parts(sheet(rows))), "a.xlsx", expected=["姓名"])
    assert table.kinds("姓名") == bytes([Kind.DATE])
    page = loaded(mark_rejects(table, {2: {"": "x"}})).active
    assert (page["A2"].value, page["B2"].value) == (MIDNIGHT, "（公式）")


COLUMNS = [
    TemplateColumn("姓名", "按户口本填写", "张三", required=True),
    TemplateColumn("性别", "从列表中选择", "男", choices=("男", "女")),
    TemplateColumn("公民身份号码", "18 位", "990404199001011234", required=True),
]


def test_a_template_is_understood_by_the_reading_and_its_sample_is_left_out() -> None:
    book = loaded(template(COLUMNS, ["每户只报户主。"]))
    page = book["名单"]
    page.append(["1", "李四", "女", "990404199001011235"])
    stream = io.BytesIO()
    book.save(stream)
    table = open_table(stream.getvalue(), "a.xlsx", expected=["姓名", "性别", "公民身份号码"])
    assert (table.column("姓名"), table.sample_rows, table.numbers) == (["李四"], 1, [3])
    assert table.other_sheets == ("填表说明",)


def test_a_template_offers_lists_types_cells_as_text_and_explains_itself() -> None:
    book = loaded(template(COLUMNS, ["每户只报户主。"]))
    page = book["名单"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("'选项'!$A$1:$A$2", "C2:C5000")
    assert [cell.value for cell in book["选项"]["A"]] == ["男", "女"]
    assert book["选项"].sheet_state == "hidden"
    assert page.column_dimensions["D"].number_format == "@"
    told = [cell.value for row in book["填表说明"].iter_rows() for cell in row if cell.value]
    assert "4. 每户只报户主。" in told
    assert "按户口本填写" in told
    assert page["B1"].value == "*姓名"
