"""Files that are broken, huge or made to hurt: a clear refusal, soon, and with little memory."""

from __future__ import annotations

import resource
import struct
import time
import zlib

import pytest

from linli.gateways.spreadsheets import BadFile, Limits, open_table
from linli.gateways.tests.workbooks import inline_rows, packed, parts, sheet, workbook

HEADS = ("姓名", "身份证号")
ROWS = [HEADS, ("张三", "990404")]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data: bytes, filename: str = "名单.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(BadFile) as caught:
        open_table(data, filename, expected=HEADS, limits=limits)
    return caught.value.message


def with_parts(**changed: str | bytes) -> bytes:
    return packed(parts(sheet(inline_rows(ROWS))) | {name.replace("__", "/"): text for name, text in changed.items()})


def test_a_bomb_is_refused_at_once_and_without_the_memory_it_asks_for() -> None:
    bomb = with_parts(**{"xl/worksheets/sheet9.xml": b"<a>" + b" " * 300_000_000})
    assert len(bomb) < 400_000
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    assert "解开后过大" in refused(bomb)
    assert time.perf_counter() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further_than_it_says() -> None:
    data = bytearray(with_parts(**{"xl/worksheets/sheet9.xml": b"<a>" + b" " * 50_000_000}))
    true, lie = struct.pack("<I", 50_000_003), struct.pack("<I", 3)
    assert data.count(true) == 2  # in the part's own header and in the directory
    data = data.replace(true, lie).replace(
        struct.pack("<I", zlib.crc32(b"<a>" + b" " * 50_000_000)), struct.pack("<I", zlib.crc32(b"<a>"))
    )
    started = time.perf_counter()
    assert "损坏" in refused(bytes(data))
    assert time.perf_counter() - started < 1


def test_a_cell_at_the_far_corner_is_refused_before_memory_is_allotted_for_all_between() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert "列的上限" in refused(packed(parts(sheet(inline_rows(ROWS) + far))))
    stray = '<row r="190000"><c r="CA190000"><v>2</v></c></row>'
    assert "很远处（第 190000 行、第 79 列）" in refused(packed(parts(sheet(inline_rows(ROWS) + stray))))
    disguised = sheet(inline_rows(ROWS) + "<row r='3'><c r = 'CA190000'><v>2</v></c></row>")
    assert "很远处" in refused(packed(parts(disguised)))
    plain = "".join(f'<row r="{i}"><c r="Z{i}"><v>2</v></c></row>' for i in (*range(3, 400), 199_999))
    assert "很远处" in refused(packed(parts(sheet(inline_rows(ROWS) + plain))))


def test_a_long_text_named_by_thousands_of_cells_is_refused() -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 20_000))
    data = packed(parts(sheet(rows), shared=f"<si><t>{'长' * 30_000}</t></si>"))
    assert "重复的超长文字" in refused(data)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_document_type_in_any_part_is_refused(part: str) -> None:
    members = parts(sheet(inline_rows(ROWS)))
    text = str(members.get(part, "<a/>"))
    head, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    members[part] = (head + "?>" if head else "") + '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + rest
    assert "文档类型声明" in refused(packed(members))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_document_type_cannot_hide_in_another_encoding(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a><a/>'
    assert "编码" in refused(with_parts(**{"docProps/app.xml": text.encode(encoding)}))
    assert "编码" in refused(with_parts(**{"docProps/app.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}))


def test_macros_are_refused_under_any_name() -> None:
    assert "宏" in refused(with_parts(**{"xl/vbaProject.bin": b"x"}))
    assert "宏" in refused(with_parts(**{"xl/macrosheets/sheet1.xml": b"<a/>"}))
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "宏" in refused(with_parts(**{"[Content_Types].xml": types}))
    assert "宏" in refused(workbook(*ROWS), "名单.xlsm")


def test_encrypted_and_old_workbooks_are_told_apart() -> None:
    assert "密码" in refused(OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    assert "旧版" in refused(OLE + "Workbook".encode("utf-16-le") + bytes(512))
    assert "旧版 .xls" in refused(OLE, "名单.xls")


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "xl\\..\\x.xml", "C:/x", "xl/../../x"])
def test_part_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert "指向别处" in refused(with_parts(**{name: b"x"}))


def test_two_parts_of_one_name_are_refused() -> None:
    assert "重名" in refused(with_parts(**{"XL/WORKBOOK.xml": b"<a/>"}))


def test_external_links_are_left_alone() -> None:
    data = with_parts(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"})
    assert open_table(data, "a.xlsx", expected=HEADS).column("姓名") == ["张三"]


@pytest.mark.parametrize("keep", [10, 100, 300, -1, -30])
def test_a_file_that_was_cut_short_is_refused(keep: int) -> None:
    assert "损坏" in refused(workbook(*ROWS)[:keep])


def test_a_file_that_shows_two_faces_is_refused() -> None:
    data = workbook(*ROWS)
    assert refused(b"GIF89a" + data)
    with_comment = bytearray(data)
    with_comment[-2:] = b"\x05\x00"
    assert "损坏" in refused(bytes(with_comment) + b"hello")


def test_types_that_lie_are_named() -> None:
    assert "内容却是 Excel" in refused(workbook(*ROWS), "名单.csv")
    assert "内容却不是 Excel" in refused(b"<html><table>", "名单.xlsx")
    assert "内容却是网页" in refused(b"<html><table>", "名单.csv")
    assert "Word" in refused(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}))
    assert ".ods" in refused(packed({"mimetype": "x", "content.xml": "<a/>"}))
    assert "只能上传" in refused(b"%PDF-1.7", "名单.pdf")
    assert "空的" in refused(b"")


def test_text_with_nul_bytes_or_no_known_encoding_is_refused() -> None:
    assert "空字符" in refused("姓名\0".encode(), "a.csv")
    assert "空字符" in refused("姓名,身份证号".encode("utf-16"), "a.csv")
    assert "编码" in refused(b"\xff\xff\xff\x81", "a.csv")


def test_an_open_quote_does_not_swallow_the_rest_in_silence() -> None:
    text = '姓名,身份证号\n"张三,1\n' + "李四,2\n" * 30_000
    assert "引号" in refused(text.encode(), "a.csv")


def test_limits_are_told_with_their_figures() -> None:
    few = Limits(rows=10, columns=5, size=10_000)
    assert "上限" in refused(workbook(HEADS, *[("张", "1")] * 100), limits=few)
    assert "11 行数据，超过一次 10 行" in refused(workbook(HEADS, *[("张", "1")] * 11), limits=few)
    wide = packed(parts(sheet('<row r="1"><c r="IV1"><v>1</v></c></row>')))
    assert "256 列，超过 200 列" in refused(wide)
    assert "6 列，超过 5 列" in refused(workbook(("a",) * 6), limits=few)
    assert "2 MB，超过 1 MB" in refused(bytes(1_100_000), limits=Limits(size=1024 * 1024))
    assert "上限" in refused(("姓名,身份证号\n" + "a,b\n" * 100).encode(), "a.csv", limits=few)
    assert len(open_table(workbook(HEADS, *[("张", "1")] * 10), "a.xlsx", expected=HEADS, limits=few)) == 10


def test_what_is_no_xml_inside_is_refused_and_never_a_crash() -> None:
    good = parts(sheet(inline_rows(ROWS)))
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        text = str(good[name])
        for cut in range(0, len(text), 17):
            refused(packed(good | {name: text[:cut]}))
        assert refused(packed({n: t for n, t in good.items() if n != name}))


def test_single_flipped_bytes_never_raise_anything_but_a_clear_refusal() -> None:
    data = workbook(*ROWS)
    for place in range(0, len(data), 7):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            open_table(bytes(broken), "a.xlsx", expected=HEADS)
        except BadFile:
            continue


def test_a_stored_directory_entry_with_a_password_is_called_encrypted() -> None:
    data = bytearray(workbook(*ROWS))
    start = data.find(b"PK\x01\x02")
    data[start + 8] |= 1
    assert "密码" in refused(bytes(data))
