"""The document model as .docx: official documents (GB/T 9704-2012)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from linli.gateways.documents import wordparts as parts
from linli.gateways.documents.model import (
    Block,
    Document,
    Heading,
    Paragraph,
    Table,
    attachment_lines,
    day_in_words,
    numbered,
    signature_indents,
    title_lines,
)
from linli.gateways.documents.wordparts import ALIGN, RED, Faces

_PITCH = 28.95
"""Points from line to line: 225 mm by 22."""
_GRID = 579
"""The same in twentieths of a point."""
_SQUEEZE = -5
"""Twentieths of a point: 28 characters of 16 pt fit into 156 mm when each takes a quarter of a point less."""
_TEXT_WIDTH = 156.0
_SIZE_3, _SIZE_4, _SMALL_4, _SIZE_2 = 16.0, 14.0, 12.0, 22.0
_HAIR, _THICK, _THIN = 0.5, 1.0, 0.75
"""Points; §7.4.1: 0.35 mm and 0.25 mm for the lines of the imprint."""


def official_docx(document: Document, faces: Faces | None = None) -> bytes:
    """An official document in the layout of GB/T 9704-2012, with the true names of its faces."""
    writer = _Writer(faces or Faces(), _SIZE_3, _PITCH, _TEXT_WIDTH)
    section = writer.file.sections[0]
    parts.set_page(section, top=37, right=26, bottom=35, left=28, footer=23)
    parts.line_grid(section, _GRID)
    _page_numbers(writer, section)
    _red_head(writer, document)
    for line in title_lines(document.title):
        writer.line(line, writer.faces.title, _SIZE_2, align="center", pitch=36)
    writer.blank()
    if document.addressee:
        writer.line(f"{document.addressee}：")
    writer.blocks(document.blocks)
    if document.attachments:
        writer.blank()
        for line in attachment_lines(document.attachments):
            parts.indent(writer.line(line), first=2)
    _signature(writer, document)
    _imprint(writer, document)
    return writer.saved("".join(title_lines(document.title)), document.signature or document.issuer, document.date)


class _Writer:
    """A .docx in the making: one size, one pitch, one text width."""

    def __init__(self, faces: Faces, size: float, pitch: float, width: float) -> None:
        self.file: Any = docx.Document()
        self.faces, self.size, self.pitch, self.width = faces, size, pitch, width
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = faces.body, Pt(size)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), faces.body)

    def line(self, text: str, face: str = "", size: float = 0, *, align: str = "", pitch: float = 0, **style: Any) -> Any:
        paragraph = self.file.add_paragraph()
        parts.line_pitch(paragraph, pitch or self.pitch)
        paragraph.alignment = ALIGN[align] if align else WD_ALIGN_PARAGRAPH.JUSTIFY
        if size:
            parts.off_grid(paragraph)
        if text:
            self.run(paragraph, text, face, size, **style)
        return paragraph

    def run(self, paragraph: Any, text: str, face: str = "", size: float = 0, **style: Any) -> None:
        run = parts.add_run(paragraph, text, face or self.faces.body, size or self.size, **style)
        if self.size == _SIZE_3 and not size:
            parts.squeeze(run, _SQUEEZE)

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.line("")

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in numbered(blocks):
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    paragraph = self.line("")
                    parts.indent(paragraph, first=2, size=self.size)
                    for span in block.spans:
                        self.run(paragraph, span.text, bold=span.bold)
                case Table():
                    self._table(block)

    def saved(self, title: str, author: str, day: datetime.date | None) -> bytes:
        core = self.file.core_properties
        core.title, core.author, core.last_modified_by, core.comments = title, author, author, ""
        if day is not None:
            core.created = core.modified = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def _heading(self, heading: Heading) -> None:
        face = (self.faces.hei, self.faces.kai, self.faces.body, self.faces.body)[heading.level - 1]
        paragraph = self.line(heading.text, face)
        parts.indent(paragraph, first=2, size=self.size)
        paragraph.paragraph_format.keep_with_next = True
        outline = parts.element("w:outlineLvl", {"w:val": str(heading.level - 1)})
        paragraph._element.get_or_add_pPr().insert_element_before(outline, "w:divId", "w:rPr", "w:sectPr")

    def _table(self, table: Table) -> None:
        for text, face, size, align in ((table.caption, self.faces.hei, _SIZE_4, "center"), (table.unit, "", _SMALL_4, "right")):
            if text:
                self.line(text, face, size, align=align, pitch=24).paragraph_format.keep_with_next = True
        drawn = self._drawn(len(table.rows) + 1, len(table.columns))
        total = sum(column.share for column in table.columns)
        parts.column_widths(drawn, [self.width * column.share / total for column in table.columns])
        parts.keep_row_whole(drawn.rows[0], head=True)
        rows = list(drawn.rows)
        for cell, column in zip(rows[0].cells, table.columns, strict=True):
            self._cell(cell, column.heading, self.faces.hei, "center")
        for row, values in zip(rows[1:], table.rows, strict=True):
            parts.keep_row_whole(row)
            for cell, column, value in zip(row.cells, table.columns, values, strict=True):
                self._cell(cell, value, self.faces.body, column.align)
        self.line("", size=6, pitch=8)

    def _drawn(self, rows: int, columns: int) -> Any:
        table = self.file.add_table(rows, columns)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        parts.table_borders(table, dict.fromkeys(sides, _HAIR))
        return table

    def _cell(self, cell: Any, text: str, face: str, align: str) -> Any:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        parts.off_grid(paragraph)
        parts.line_pitch(paragraph, 18)
        paragraph.alignment = ALIGN[align]
        parts.add_run(paragraph, text, face, _SMALL_4)


def _red_head(writer: _Writer, document: Document) -> None:
    size = min(42.0, _TEXT_WIDTH / 25.4 * 72 / max(len(document.issuer), 1))
    head = writer.line(document.issuer, writer.faces.title, size, align="center", pitch=size * 1.2, color=RED)
    head.paragraph_format.space_before = Mm(35)
    # Word leaves out space before the first paragraph of a page unless a line stands above it.
    head._element.addprevious(_thin_line(writer)._element)
    writer.blank(2)
    number = writer.line(document.number, align="center")
    parts.rule_below(number, _THICK, color="D00000", space=11)  # 4 mm
    writer.blank(2)


def _thin_line(writer: _Writer) -> Any:
    return writer.line("", size=1, pitch=1)


def _signature(writer: _Writer, document: Document) -> None:
    date = day_in_words(document.date) if document.date else ""
    if not document.signature and not date:
        return
    writer.blank(2)
    indents = signature_indents(document.signature, date)
    for text, right in zip((document.signature, date), indents, strict=True):
        paragraph = writer.line(text, align="right")
        paragraph.paragraph_format.keep_with_next = text is document.signature
        parts.indent(paragraph, right=right)


def _imprint(writer: _Writer, document: Document) -> None:
    """The lines at the foot of the last page: 抄送, and who printed it when. §7.4."""
    rows = []
    if document.copies_to:
        rows.append((f"抄送：{document.copies_to}。", ""))
    if document.printed_on:
        rows.append((document.printed_by, f"{day_in_words(document.printed_on)}印发"))
    if not rows:
        return
    table = writer.file.add_table(len(rows), 1)
    parts.table_borders(table, {"top": _THICK, "bottom": _THICK, "insideH": _THIN})
    parts.column_widths(table, [_TEXT_WIDTH])
    parts.float_at_foot(table)
    for row, (left, right) in zip(list(table.rows), rows, strict=True):
        paragraph = row.cells[0].paragraphs[0]
        parts.off_grid(paragraph)
        parts.line_pitch(paragraph, 24)
        parts.indent(paragraph, left=1, right=1, size=_SIZE_4)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH) - Pt(_SIZE_4 * 1.8), WD_TAB_ALIGNMENT.RIGHT)
        writer.run(paragraph, f"{left}\t{right}" if right else left, size=_SIZE_4)
    _thin_line(writer)  # a floating table hangs on the paragraph that follows it


def _page_numbers(writer: _Writer, section: Any) -> None:
    """— 1 — in size 4, odd pages right and even pages left, one character from the edge. §7.5."""
    writer.file.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        parts.off_grid(paragraph)
        paragraph.alignment = ALIGN[side]
        parts.indent(paragraph, **{side: 1.0}, size=_SIZE_4)
        parts.add_run(paragraph, "— ", writer.faces.song, _SIZE_4)
        parts.add_field(paragraph, "PAGE", writer.faces.song, _SIZE_4)
        parts.add_run(paragraph, " —", writer.faces.song, _SIZE_4)
