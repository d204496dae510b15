"""What python-docx does not offer: east-Asian faces, the character grid, fields, borders, floating tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
RED = RGBColor(0xD0, 0x00, 0x00)


@dataclass(frozen=True, slots=True)
class Faces:
    """Names of faces as offices know them. Two are licensed (仿宋_GB2312, 方正小标宋简体): named, never shipped."""

    body: str = "仿宋_GB2312"
    hei: str = "黑体"
    kai: str = "楷体_GB2312"
    title: str = "方正小标宋简体"
    song: str = "宋体"


def element(name: str, attributes: Mapping[str, str] | None = None) -> Any:
    found = OxmlElement(name)
    for key, value in (attributes or {}).items():
        found.set(qn(key), value)
    return found


def add_run(paragraph: Any, text: str, face: str, size: float, *, bold: bool = False, color: RGBColor | None = None) -> Any:
    """A run whose face holds for Chinese and Latin alike, in table cells too."""
    run = paragraph.add_run(_CONTROL.sub("", text))
    run.font.size = Pt(size)
    run.font.bold = bold or None
    if color is not None:
        run.font.color.rgb = color
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), face)
    return run


def add_field(paragraph: Any, code: str, face: str, size: float) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = add_run(paragraph, "1" if kind == "text" else "", face, size)
        if kind in ("begin", "separate", "end"):
            run._element.append(element("w:fldChar", {"w:fldCharType": kind}))
        elif not kind:
            instruction = element("w:instrText", {"xml:space": "preserve"})
            instruction.text = text
            run._element.append(instruction)


def squeeze(run: Any, twips: int) -> None:
    """Sets the characters of a run closer (below zero) or wider."""
    run._element.get_or_add_rPr().insert_element_before(
        element("w:spacing", {"w:val": str(twips)}), "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:u"
    )


def off_grid(paragraph: Any) -> None:
    """The paragraph keeps its own line height and character width beside the page's grid."""
    paragraph._element.get_or_add_pPr().insert_element_before(
        element("w:snapToGrid", {"w:val": "0"}), "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"
    )


def indent(paragraph: Any, *, first: float = 0, left: float = 0, right: float = 0, size: float = 16) -> None:
    """Indents in characters of the given size, so that they follow when the size is changed."""
    settings = paragraph._element.get_or_add_pPr().get_or_add_ind()
    for slot, count in (("firstLine", first), ("left", left), ("right", right)):
        if count:
            settings.set(qn(f"w:{slot}Chars"), str(round(count * 100)))
            settings.set(qn(f"w:{slot}"), str(round(count * size * 20)))


def line_pitch(paragraph: Any, points: float) -> None:
    paragraph.paragraph_format.line_spacing = Pt(points)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(0)


def rule_below(paragraph: Any, points: float, *, color: str, space: int) -> None:
    borders = element("w:pBdr")
    line = {"w:val": "single", "w:sz": str(round(points * 8)), "w:space": str(space), "w:color": color}
    borders.append(element("w:bottom", line))
    paragraph._element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:jc")


def line_grid(section: Any, twips: int) -> None:
    """Lines of the page stand on a grid. The grid for characters is left alone: LibreOffice sets them in pairs of its cells."""
    settings = section._sectPr
    for old in settings.findall(qn("w:docGrid")):
        settings.remove(old)
    settings.append(element("w:docGrid", {"w:type": "lines", "w:linePitch": str(twips)}))


def set_page(section: Any, *, top: float, right: float, bottom: float, left: float, footer: float) -> None:
    """A4 and margins in mm; `footer` is the foot line's distance from the page's lower edge."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(footer)


def table_borders(table: Any, sizes: Mapping[str, float]) -> None:
    """Borders by side (top, bottom, left, right, insideH, insideV) in points; a side not named has none."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = sizes.get(side, 0)
        kind = {"w:val": "single", "w:sz": str(round(size * 8)), "w:space": "0", "w:color": "000000"}
        borders.append(element(f"w:{side}", kind if size else {"w:val": "nil"}))
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def column_widths(table: Any, widths_mm: list[float]) -> None:
    """Fixed widths, written to the grid and to every cell: readers differ in which they follow."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def keep_row_whole(row: Any, *, head: bool = False) -> None:
    settings = row._tr.get_or_add_trPr()
    settings.append(element("w:cantSplit"))
    if head:
        settings.append(element("w:tblHeader"))


def float_at_foot(table: Any) -> None:
    """The table stands at the foot of its page's text block (in Word and WPS; LibreOffice leaves so wide a table in the text)."""
    place = {
        "w:leftFromText": "0",
        "w:rightFromText": "0",
        "w:vertAnchor": "margin",
        "w:horzAnchor": "margin",
        "w:tblpXSpec": "center",
        "w:tblpYSpec": "bottom",
    }
    table._tbl.tblPr.insert_element_before(
        element("w:tblpPr", place),
        *("w:tblOverlap", "w:bidiVisual", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblLook"),
    )
