"""Workbooks made by hand, byte by byte: the odd and hostile ones that no library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def inline_rows(rows: Sequence[Sequence[object]], *, references: bool = True) -> str:
    """Rows as WPS and small writers put them: text inside the cell, numbers as numbers."""
    out = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row):
            reference = f' r="{chr(65 + column)}{number}"' if references else ""
            if isinstance(value, str):
                cells.append(f'<c{reference} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f"<c{reference}><v>{value}</v></c>")
        out.append((f'<row r="{number}">' if references else "<row>") + "".join(cells) + "</row>")
    return "".join(out)


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(*sheets: str, names: Sequence[str] = ("名单", "另表", "第三表"), shared: str = "") -> dict[str, str | bytes]:
    listed = "".join(f'<sheet name="{names[i]}" sheetId="{i + 1}" r:id="rId{i + 1}"/>' for i in range(len(sheets)))
    links = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{_DOC}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>'
        for i in range(len(sheets))
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
            for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings"))
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_DOC}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_DOC}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{links}</Relationships>',
    }
    for index, text in enumerate(sheets, 1):
        found[f"xl/worksheets/sheet{index}.xml"] = text
    if shared:
        found["xl/sharedStrings.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><sst {MAIN}>{shared}</sst>'
    return found


def packed(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(*rows: Sequence[object], **more: str) -> bytes:
    return packed(parts(sheet(inline_rows(rows), **more)))
