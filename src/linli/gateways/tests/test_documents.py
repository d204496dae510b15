"""Official documents: the measures of GB/T 9704-2012, true faces, and values that are only ever shown."""

from __future__ import annotations

import dataclasses
import datetime
import io
import itertools
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from linli.gateways.documents import (
    Column,
    Document,
    Faces,
    Heading,
    NoFont,
    Paragraph,
    Span,
    Table,
    missing_glyphs,
    official_docx,
    official_pdf,
    text_of,
)
from linli.gateways.documents.model import characters, numbered, signature_indents, title_lines

MM = 72 / 25.4
DAY = datetime.date(2010, 12, 1)
TOWNS = Table(
    (Column("镇（街）", share=2), Column("户数（户）", "right"), Column("金额（元）", "right")),
    (("坛山街道", "10", "5,000.00"), ("古邵镇", "20", "10,000.00")),
    caption="表1 救助情况",
    unit="单位：户、元",
)
BLOCKS = (
    Paragraph("现将有关情况通报如下："),
    Heading(1, "基本情况"),
    Heading(2, "情暖万家"),
    Heading(3, "对象"),
    Heading(4, "低保户"),
    Paragraph((Span("标准。", bold=True), Span("每户500元。"))),
    TOWNS,
    Heading(1, "下一步打算"),
)
DOCUMENT = Document(
    issuer="峄城区慈善总会文件",
    title="关于2010年情暖万家和大病救助活动开展情况的通报",
    blocks=BLOCKS,
    number="峄慈〔2010〕12号",
    addressee="各镇人民政府、街道办事处",
    attachments=("救助名单", "捐款名单"),
    signature="峄城区慈善总会",
    date=DAY,
    copies_to="区委办公室",
    printed_by="峄城区慈善总会办公室",
    printed_on=DAY,
)
@pytest.fixture(scope="session")
def fonts() -> Path:
    root = Path(__file__).parents[4]
    for folder in (root / "var" / "fonts", root / "node_modules" / "@expo-google-fonts" / "noto-serif-sc"):
        if folder.exists():
            return folder
    pytest.skip("no fonts: script/setup copies them to var/fonts")


def pages(content: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in file]


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def test_headings_are_numbered_by_level_and_start_anew_below_each() -> None:
    levels = [1, 2, 3, 4, 4, 3, 2, 1, 2]
    assert [block.text for block in numbered([Heading(level, "题") for level in levels])] == [
        *("一、题", "（一）题", "1.题", "（1）题", "（2）题", "2.题", "（二）题", "二、题", "（一）题")
    ]
    assert [b.text for b in numbered([Heading(1, "")] * 21)][9:] == [
        *("十、", "十一、", "十二、", "十三、", "十四、", "十五、", "十六、", "十七、", "十八、", "十九、", "二十、", "二十一、")
    ]
    with pytest.raises(ValueError):
        list(numbered([Heading(5, "题")]))


def test_a_long_title_is_parted_into_lines_of_like_length_and_never_inside_a_number() -> None:
    assert title_lines("关于开展募捐的通知") == ["关于开展募捐的通知"]
    assert title_lines("第一行\n第二行") == ["第一行", "第二行"]
    for length in range(15, 70):
        title = ("关于2010年情暖万家活动和2011年大病救助活动开展情况" * 3)[:length]
        lines = title_lines(title)
        assert "".join(lines) == title
        assert all(characters(line) <= 20 for line in lines)
        assert not any((left[-1] + right[0]).isascii() for left, right in itertools.pairwise(lines))


def test_signature_and_date_are_centred_on_each_other_four_characters_from_the_edge() -> None:
    assert signature_indents("区慈善会", "2010年12月1日") == (5.25, 4.0)
    assert signature_indents("峄城区慈善总会办公室", "2010年12月1日") == (4.0, 5.75)


def test_the_page_has_the_measures_of_the_standard() -> None:
    section = opened(official_docx(DOCUMENT)).sections[0]
    measures = [section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin]
    assert [round(m.mm, 1) for m in [*measures, section.bottom_margin]] == [210, 297, 37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(grid.get(qn("w:linePitch"))) / 20 * 22 <= 225 * MM


def test_every_run_names_its_east_asian_face_in_tables_too() -> None:
    file = opened(official_docx(DOCUMENT))
    runs = [run for paragraph in file.element.body.iter(qn("w:p")) for run in paragraph.iter(qn("w:r"))]
    faces = [run.rPr.rFonts.get(qn("w:eastAsia")) for run in runs]
    assert len(faces) > 20
    assert set(faces) == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
    other = opened(official_docx(DOCUMENT, Faces(body="方正仿宋_GBK", title="华文中宋")))
    assert "方正仿宋_GBK" in {r.rPr.rFonts.get(qn("w:eastAsia")) for r in other.element.body.iter(qn("w:r"))}


def test_the_faces_of_title_and_headings_are_those_of_the_standard() -> None:
    runs = {p.text: p.runs[0] for p in opened(official_docx(DOCUMENT)).paragraphs if p.runs}
    face = {text: (run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for text, run in runs.items()}
    assert face["一、基本情况"] == ("黑体", 16)
    assert face["（一）情暖万家"] == ("楷体_GB2312", 16)
    assert face["1.对象"] == face["（1）低保户"] == ("仿宋_GB2312", 16)
    assert face["和大病救助活动开展情况的通报"] == ("方正小标宋简体", 22)
    assert str(runs["峄城区慈善总会文件"].font.color.rgb) == "D00000"


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    section = opened(official_docx(DOCUMENT)).sections[0]
    assert opened(official_docx(DOCUMENT)).settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._element.find(f".//{qn('w:instrText')}").text == "PAGE"
        assert paragraph._element.pPr.jc.get(qn("w:val")) == side
        assert paragraph._element.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


def test_a_table_keeps_its_rows_whole_and_repeats_its_head() -> None:
    table = opened(official_docx(DOCUMENT)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["镇（街）", "户数（户）", "金额（元）"],
        *[list(row) for row in TOWNS.rows],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2
    assert [round(cell.width.mm) for cell in table.rows[1].cells] == [78, 39, 39]


def test_the_document_says_all_its_parts_in_order() -> None:
    text = "\n".join(p.text for p in opened(official_docx(DOCUMENT)).paragraphs)
    parts = [
        "峄慈〔2010〕12号",
        "各镇人民政府、街道办事处：",
        "标准。每户500元。",
        "附件：1. 救助名单",
        "2. 捐款名单",
        "2010年12月1日",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    imprint = opened(official_docx(DOCUMENT)).tables[-1]
    assert [row.cells[0].text for row in imprint.rows] == ["抄送：区委办公室。", "峄城区慈善总会办公室\t2010年12月1日印发"]
    assert opened(official_docx(DOCUMENT)).core_properties.author == "峄城区慈善总会"


def test_a_bare_document_has_nothing_but_its_text() -> None:
    bare = Document("峄城区民政局", "通知", (Paragraph("正文。"),), attachments=("名单",))
    text = [p.text for p in opened(official_docx(bare)).paragraphs if p.text]
    assert text == ["峄城区民政局", "通知", "正文。", "附件：名单"]
    assert opened(official_docx(bare)).tables == []


def test_a_table_that_does_not_add_up_is_an_error() -> None:
    with pytest.raises(ValueError):
        Table((Column("甲"), Column("乙")), (("1",),))


HOSTILE = '#read("/etc/passwd") #eval("1+1") $x$ *粗* _斜_ `码` \\ // "引" <a> &amp; {{ x }} {% y %}'


def test_values_are_shown_and_never_run(fonts: Path) -> None:
    blocks = (Heading(1, HOSTILE), Paragraph(HOSTILE), Table((Column(HOSTILE),), ((HOSTILE,),), HOSTILE, HOSTILE))
    document = Document(HOSTILE[:20], HOSTILE, blocks, HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, DAY, HOSTILE, HOSTILE, DAY)
    shown = "".join(pages(official_pdf(document, fonts))).replace("\r\n", "").replace(" ", "")
    assert shown.count(HOSTILE.replace(" ", "")) >= 3
    assert "root:" not in shown
    assert HOSTILE in [p.text.removeprefix("一、") for p in opened(official_docx(document)).paragraphs]


def test_control_characters_do_not_break_a_document(fonts: Path) -> None:
    document = Document("甲", "乙", (Paragraph("丙\x00\x07\x0b丁\ud800"),))
    assert "丙丁" in "\n".join(p.text for p in opened(official_docx(document)).paragraphs)
    assert official_pdf(document, fonts).startswith(b"%PDF")


def test_a_printed_page_has_22_lines_of_28_characters(fonts: Path) -> None:
    document = Document("甲", "乙", (Paragraph("国" * (26 + 28 * 60)),))
    lines = pages(official_pdf(document, fonts))[1].strip().split("\r\n")
    full = [line for line in lines if set(line) == {"国"}]
    assert [len(line) for line in full] == [28] * 22


def test_the_pdf_has_its_page_numbers_and_margins_in_the_standard_s_place(fonts: Path) -> None:
    content = official_pdf(Document("甲", "乙", (Paragraph("国" * 2_000),)), fonts)
    file = pypdfium2.PdfDocument(content)
    assert [round(side) for side in file[0].get_size()] == [595, 842]
    for index, page in enumerate(file, 1):
        text = page.get_textpage()
        place = text.get_text_range().index(f"— {index} —")
        left, bottom, _, _ = text.get_charbox(place)
        assert (left > 400) == (index % 2 == 1)
        assert 20 * MM < bottom < 30 * MM
    text = file[1].get_textpage()
    boxes = [text.get_charbox(i) for i, c in enumerate(text.get_text_range()) if c == "国"]
    assert min(box[0] for box in boxes) >= 28 * MM - 1
    assert max(box[2] for box in boxes) <= (210 - 26) * MM + 1
    assert max(box[3] for box in boxes) <= (297 - 37) * MM + 1
    assert min(box[1] for box in boxes) >= 35 * MM - 1


def test_the_pdf_holds_the_same_text_and_is_the_same_each_time(fonts: Path) -> None:
    content = official_pdf(DOCUMENT, fonts)
    assert content == official_pdf(DOCUMENT, fonts)
    text = "".join(pages(content)).replace("\r\n", "")
    for part in (
        "峄城区慈善总会文件",
        "峄慈〔2010〕12号",
        "（一）情暖万家",
        "10,000.00",
        "抄送：区委办公室。",
        "2010年12月1日印发",
    ):
        assert part in text


def test_a_long_table_goes_on_over_pages_with_its_head(fonts: Path) -> None:
    table = Table((Column("姓名"), Column("金额", "right")), tuple((f"张{i}", "500.00") for i in range(120)))
    printed = pages(official_pdf(Document("甲", "乙", (table,)), fonts))
    assert len(printed) > 2
    assert all("姓名" in page for page in printed if "500.00" in page)
    assert sum(page.count("500.00") for page in printed) == 120


def test_characters_that_the_font_lacks_are_listed(fonts: Path) -> None:
    assert missing_glyphs("张䶮㛃龘·1号\n", fonts) == []
    assert missing_glyphs("王𠮷吉𠮷", fonts) == ["𠮷"]
    hidden = [Heading(1, "𠮷"), Paragraph((Span("𠮷"),)), Table((Column("𠮷"),), (("甲",),)), Table((Column("甲"),), (("𠮷",),))]
    hidden += [Table((Column("甲"),), (), "𠮷")]
    for block in hidden:
        assert missing_glyphs(text_of(Document("甲", "乙", (block,))), fonts) == ["𠮷"]
    assert missing_glyphs(text_of(dataclasses.replace(DOCUMENT, attachments=("𠮷",))), fonts) == ["𠮷"]
    assert missing_glyphs(text_of(DOCUMENT), fonts) == []


def test_without_a_font_the_refusal_is_plain(tmp_path: Path) -> None:
    with pytest.raises(NoFont):
        official_pdf(DOCUMENT, tmp_path)
    with pytest.raises(NoFont):
        missing_glyphs("张", tmp_path)
