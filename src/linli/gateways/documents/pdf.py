"""PDF by typst, with the project's own open font: no office software, no font of the machine, no network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from linli.gateways.documents.glyphs import font_files
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

_HERE = Path(__file__).parent
_TEXT_WIDTH_POINTS = 156 / 25.4 * 72
_LARGEST_HEAD = 42.0


def official_pdf(document: Document, fonts: Path) -> bytes:
    """The document in the layout of GB/T 9704-2012. Raises NoFont when the folder holds none.

    The faces of the standard (仿宋, 楷体, 小标宋) are licensed; here one open face stands for all of them. The .docx keeps
    their true names.
    """
    date = day_in_words(document.date) if document.date else ""
    printed = f"{day_in_words(document.printed_on)}印发" if document.printed_on else ""
    return _compile(
        {
            "title": "".join(title_lines(document.title)),
            "title-lines": title_lines(document.title),
            "author": document.signature or document.issuer,
            "issuer": document.issuer,
            "issuer-size": min(_LARGEST_HEAD, _TEXT_WIDTH_POINTS / max(len(document.issuer), 1)),
            "number": document.number,
            "addressee": document.addressee,
            "blocks": _blocks(document.blocks),
            "attachments": attachment_lines(document.attachments),
            "signature": document.signature,
            "date": date,
            "indents": signature_indents(document.signature, date),
            "copies-to": document.copies_to,
            "printed-by": document.printed_by,
            "printed": printed,
        },
        fonts,
    )


def _compile(data: dict[str, Any], fonts: Path) -> bytes:
    loaded, family = _fonts(fonts, tuple((str(path), path.stat().st_mtime_ns) for path in font_files(fonts)))
    data["fonts"] = dict.fromkeys(("body", "hei", "kai", "title", "song"), family)
    compiler = typst.Compiler(
        _HERE / "print.typ",
        root=_HERE,
        font_paths=loaded,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False).encode("utf-8", "ignore").decode()},
    )
    content = compiler.compile(format="pdf")
    if not isinstance(content, bytes):
        raise TypeError("typst gave no PDF")
    return content


@lru_cache(maxsize=2)
def _fonts(folder: Path, files: tuple[tuple[str, int], ...]) -> tuple[typst.Fonts, str]:
    loaded = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    return loaded, loaded.families()[0]


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in numbered(blocks)]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "spans": [{"text": span.text, "bold": span.bold} for span in block.spans]}
        case Table():
            columns = [{"heading": c.heading, "align": c.align, "share": c.share} for c in block.columns]
            return {"kind": "table", "caption": block.caption, "unit": block.unit, "columns": columns, "rows": block.rows}
