"""Rosters as offices send them: none of their rows may be lost, none of their traps may bite."""

from __future__ import annotations

import datetime
import io
import itertools
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.gateways.spreadsheets import BadFile, Kind, Limits, open_table
from linli.gateways.tests.workbooks import MAIN, inline_rows, packed, parts, sheet, workbook

HEADS = ("姓名", "身份证号", "金额")
GOOD = [HEADS, ("张三", "990404199001011234", 500), ("李四", "990404199001011235", 500.5)]


def read(data: bytes, filename: str = "名单.xlsx", **more):
    return open_table(data, filename, expected=more.pop("expected", HEADS), **more)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_plain_roster_is_read_as_columns_of_text() -> None:
    table = read(workbook(*GOOD))
    assert table.column("姓名") == ["张三", "李四"]
    assert table.column("金额") == ["500", "500.5"]
    assert table.kinds("身份证号") == bytes([Kind.TEXT, Kind.TEXT])
    assert table.kinds("金额") == bytes([Kind.NUMBER, Kind.NUMBER])
    assert table.numbers == [2, 3]
    assert [row["姓名"].text for row in table.rows()] == ["张三", "李四"]


def test_an_identity_number_in_a_number_cell_is_recognised_before_its_last_digits_mislead() -> None:
    table = read(workbook(HEADS, ("张三", 990404199001011234, 5)))
    assert table.kinds("身份证号")[0] == Kind.NUMBER
    assert table.column("身份证号")[0] != "990404199001011234"


def test_a_wrong_dimension_tag_loses_no_row() -> None:
    rows = [HEADS, *[(f"张{i}", "x", i) for i in range(8_000)]]
    assert len(read(workbook(*rows, before='<dimension ref="A1:C2"/>'))) == 8_000


def test_shared_strings_and_rich_text_are_read_and_readings_of_characters_left_out() -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="inlineStr"><is><r><t>990</t></r><r><t>404</t></r></is></c></row>'
    )
    shared = (
        "<si><t>姓名</t></si><si><t>身份证号</t></si>"
        '<si><t xml:space="preserve"> 张三 </t><rPh sb="0" eb="1"><t>zhang</t></rPh></si>'
    )
    table = read(packed(parts(sheet(rows), shared=shared)))
    assert (table.column("姓名"), table.column("身份证号")) == (["张三"], ["990404"])
    assert table.missing == ("金额",)


def test_cells_without_references_and_with_prefixes_are_read_in_their_places() -> None:
    assert read(packed(parts(sheet(inline_rows(GOOD, references=False))))).column("姓名") == ["张三", "李四"]
    prefixed = (
        sheet(inline_rows(GOOD)).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    )
    assert read(packed(parts(prefixed))).column("姓名") == ["张三", "李四"]


def test_titles_above_the_head_and_blank_rows_are_skipped_and_counted() -> None:
    table = read(workbook(("2010年救助对象名册",), (), *GOOD[:2], (), ("  ", "", None), GOOD[2]))
    assert table.numbers == [4, 7]
    assert table.blank_rows == 2


def test_hidden_rows_are_read_and_named() -> None:
    rows = inline_rows(GOOD).replace('<row r="3">', '<row r="3" hidden="1">')
    table = read(packed(parts(sheet(rows))))
    assert (len(table), table.hidden_rows) == (2, [3])


def test_a_head_merged_over_two_rows_is_understood() -> None:
    rows = [("序号", "户主", "", "配偶", ""), ("", "姓名", "身份证号", "姓名", "身份证号"), (1, "张三", "a", "李四", "b")]
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:A2", "B1:C1", "D1:E1"))
    data = workbook(*rows, after=f"<mergeCells>{merged}</mergeCells>")
    table = read(data, expected=("序号", "户主姓名", "户主身份证号", "配偶姓名"))
    assert table.missing == ()
    assert [table.column(h)[0] for h in ("序号", "户主姓名", "配偶姓名")] == ["1", "张三", "李四"]
    assert table.numbers == [3]


def test_headings_match_through_stars_spaces_and_other_usual_words() -> None:
    table = read(workbook(("* 姓 名", "公民身份号码", "金额（必填）"), GOOD[1]), aliases={"公民身份号码": "身份证号"})
    assert table.headings == HEADS


def test_the_same_heading_twice_is_refused_with_its_columns() -> None:
    with pytest.raises(BadFile, match="“姓名”出现了 2 次（第 1、3 列）"):
        read(workbook(("姓名", "身份证号", "姓名"), GOOD[1]))


def test_a_sheet_without_the_expected_head_is_refused_with_the_words_it_should_have() -> None:
    with pytest.raises(BadFile, match="没有找到表头。表头应有：姓名、身份证号、金额"):
        read(workbook(("甲", "乙"), ("1", "2")))


def test_the_first_sheet_with_the_head_is_read_and_the_others_are_named() -> None:
    data = packed(parts(sheet(inline_rows([("说明",)])), sheet(inline_rows(GOOD)), sheet(inline_rows([("附",)]))))
    table = read(data)
    assert (table.sheet, table.other_sheets) == ("另表", ("名单", "第三表"))
    with pytest.raises(BadFile, match="工作表“名单”里没有找到表头"):
        read(data, sheet="名单")
    with pytest.raises(BadFile, match="没有名为“无”的工作表"):
        read(data, sheet="无")


def test_formula_and_error_cells_are_reported_by_place_and_their_values_not_taken() -> None:
    rows = inline_rows(GOOD) + '<row r="4"><c r="A4" t="str"><f>B4</f><v>王五</v></c><c r="C4" t="e"><v>#N/A</v></c></row>'
    table = read(packed(parts(sheet(rows))))
    assert table.places(Kind.FORMULA) == [(4, "姓名")]
    assert table.places(Kind.ERROR) == [(4, "金额")]
    assert table.column("姓名")[2] is None


def test_day_cells_become_days_and_days_typed_as_text_stay_as_typed() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "身份证号", "金额"])
    book.active.append(["张三", datetime.date(2026, 1, 5), "2026.1.5"])
    table = read(saved(book))
    assert (table.column("身份证号"), table.kinds("身份证号")) == (["2026-01-05"], bytes([Kind.DATE]))
    assert (table.column("金额"), table.kinds("金额")) == (["2026.1.5"], bytes([Kind.TEXT]))


def styled(value: str, number_format: int, code: str = "") -> bytes:
    """One number cell under a number format, as Excel and WPS store days."""
    rows = inline_rows([("日期",)]) + f'<row r="2"><c r="A2" s="1"><v>{value}</v></c></row>'
    own = f'<numFmts count="1"><numFmt numFmtId="{number_format}" formatCode="{escape(code, {chr(34): "&quot;"})}"/></numFmts>'
    formats = f'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{number_format}" applyNumberFormat="1"/></cellXfs>'
    return packed(parts(sheet(rows)) | {"xl/styles.xml": f"<styleSheet {MAIN}>{own if code else ''}{formats}</styleSheet>"})


@pytest.mark.parametrize(
    ("number_format", "code"),
    [
        (14, ""),
        (31, ""),
        (57, ""),
        (58, ""),
        (176, 'yyyy"年"m"月"d"日";@'),
        (176, "[$-804]yyyy/m/d;@"),
        (176, "[DBNum1]yyyy-m-d"),
    ],
)
def test_the_day_formats_of_chinese_excel_and_wps_are_days(number_format: int, code: str) -> None:
    table = read(styled("46027", number_format, code), expected=["日期"])
    assert (table.column("日期"), table.kinds("日期")) == (["2026-01-05"], bytes([Kind.DATE]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.30000000000000004", "0.3"),
        ("500.10000000000002", "500.1"),
        ("370404199001010001", "370404199001010000"),
        ("999999999999999", "999999999999999"),
        ("1E-5", "0.00001"),
        ("-3", "-3"),
        ("1e400", "#NUM!"),
    ],
)
def test_a_number_reads_as_the_sheet_shows_it(value: str, text: str) -> None:
    table = read(styled(value, 0), expected=["日期"])
    assert (table.column("日期"), table.kinds("日期")) == ([text], bytes([Kind.NUMBER]))


@pytest.mark.parametrize("value", ["370404199001010001", "-1e300", "1e999"])
def test_a_time_too_large_to_read_is_a_clear_refusal(value: str) -> None:
    with pytest.raises(BadFile):
        read(styled(value, 46), expected=["日期"])


def test_a_column_without_a_heading_is_kept_when_it_holds_something() -> None:
    table = read(workbook((*HEADS, ""), ("张三", "x", 1, "备注"), ("", "", None, "只有备注")))
    assert table.unknown == ("第4列",)
    assert len(table) == 2


def test_rare_characters_come_through() -> None:
    assert read(workbook(HEADS, ("䶮㛃𠮷·龘", "x", 1))).column("姓名") == ["䶮㛃𠮷·龘"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_comma_separated_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    text = '姓名,身份证号,金额\r\n䶮二,="990404199001011234","1,000"\r\n\r\n"张\n三",\t9904,5\r\n'
    table = read(text.encode(encoding), "名单.csv")
    assert table.column("姓名") == ["䶮二", "张\n三"]
    assert table.column("身份证号") == ["990404199001011234", "9904"]
    assert (table.numbers, table.blank_rows) == ([2, 4], 1)


def test_a_formula_in_comma_separated_text_is_a_formula() -> None:
    assert read("姓名,金额\n=1+1,-5\n".encode(), "a.csv").places(Kind.FORMULA) == [(2, "姓名")]


def test_tab_separated_text_is_read() -> None:
    assert read("姓名\t金额\n张三\t5\n".encode(), "a.csv").column("金额") == ["5"]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=8), min_size=3, max_size=3),
        max_size=8,
    )
)
def test_accepted_and_blank_rows_are_together_all_rows(rows: list[list[str]]) -> None:
    rows = [[cell.removeprefix("示例") for cell in row] for row in rows]
    data = workbook(HEADS, *rows)
    table = read(data)
    last = max((i for i, row in enumerate(rows, 1) if any(row)), default=0)
    filled = [i + 1 for i, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    assert table.numbers == filled
    assert len(table) + table.blank_rows in (last, len(rows))


def test_the_exact_walk_and_the_fast_search_tell_the_same() -> None:
    from linli.gateways.spreadsheets.sheetxml import _plain_facts, _walk

    xml = sheet(inline_rows(GOOD)).encode()
    fast, exact = _plain_facts(xml, Limits()), _walk(xml, Limits())
    assert fast is not None
    assert (fast.rows, fast.cells, fast.formulas, fast.hidden) == (exact.rows, exact.cells, set(), set())


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A4"><f>1</f><v>1</v></c>',
        "<c r='A4'><v>1</v></c>",
        '<c r = "A4"><v>1</v></c>',
        '<c r="a4"><v>1</v></c>',
        '<c r="AA4"/>',
        '<c r="A40"><v>1</v></c>',
        '<c r="A4" t="e"><v>#N/A</v></c>',
        "<c><v>1</v></c>",
        f'<x:c xmlns:x="{MAIN[7:-1]}" r="A4"/>',
    ],
)
def test_a_sheet_with_anything_unusual_is_walked(cell: str) -> None:
    from linli.gateways.spreadsheets.sheetxml import _plain_facts

    xml = sheet(inline_rows(GOOD) + f'<row r="4">{cell}</row>').encode()
    assert _plain_facts(xml, Limits()) is None


def test_a_table_of_a_hundred_thousand_rows_is_read_whole() -> None:
    names = itertools.cycle("赵钱孙李")
    rows = [HEADS, *[(next(names), f"9904{i:014}", i) for i in range(100_000)]]
    table = read(workbook(*rows))
    assert len(table) == 100_000
    assert table.column("身份证号")[-1] == "990400000000099999"
    assert table.numbers[-1] == 100_001
