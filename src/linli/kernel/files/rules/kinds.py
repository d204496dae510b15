"""What may be stored: kinds of files, told by their content and not by their names."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from linli.base.named import Named
from linli.base.text import has_control, without_invisible
from linli.kernel.access.rules import Refused

MEBIBYTE = 1024 * 1024
LARGEST = 20 * MEBIBYTE
LONGEST_NAME = 120


class FileKind(Named):
    """A kind of file that the offices exchange."""

    XLSX = "xlsx", "Excel 表格"
    CSV = "csv", "CSV 表格"
    DOCX = "docx", "Word 文档"
    PDF = "pdf", "PDF"
    JPEG = "jpg", "照片"
    PNG = "png", "图片"
    TXT = "txt", "文本文件"
    DAT = "dat", "银行数据文件"

    @property
    def media_type(self) -> str:
        """The type that browsers are told."""
        office = "application/vnd.openxmlformats-officedocument."
        return {
            "xlsx": office + "spreadsheetml.sheet",
            "docx": office + "wordprocessingml.document",
            "csv": "text/csv; charset=utf-8",
            "pdf": "application/pdf",
            "jpg": "image/jpeg",
            "png": "image/png",
            "txt": "text/plain",
            "dat": "application/octet-stream",
        }[self]


TABLES = frozenset({FileKind.XLSX, FileKind.CSV})
PAPERS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
BANK_FILES = frozenset({FileKind.TXT, FileKind.DAT, FileKind.XLSX})
EVERY_KIND = frozenset(FileKind) - {FileKind.TXT, FileKind.DAT}
"""What people send; the files of the bank are asked for where they belong."""
_SUFFIXES = {".jpeg": FileKind.JPEG} | {f".{kind}": kind for kind in FileKind}
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|OpenAction\s*<<[^>]*?/JS)\b")


def clean_file_name(name: str) -> str:
    """The name without folders, direction marks and control characters, at most 120 characters; the suffix stays."""
    bare = PurePosixPath(without_invisible(name).replace("\\", "/")).name
    bare = "".join(c for c in bare if not has_control(c) and c not in '<>:"|?*\r\n\t').strip(" .")
    path = PurePosixPath(bare or "文件")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


def sniff(name: str, content: bytes, allowed: frozenset[FileKind] = EVERY_KIND, limit: int = LARGEST) -> FileKind:
    """The kind that name and content agree on.

    :raises Refused: nothing in it, too large, another kind than the name says, not allowed here, or with scripts.
    """
    if not content:
        raise Refused("文件是空的，请检查后重新选择。", field="file")
    if len(content) > limit:
        size = -(-len(content) // MEBIBYTE)
        raise Refused(f"文件有 {size} MB，超过 {limit // MEBIBYTE} MB 的上限，请压缩或分开上传。", field="file")
    kind = _SUFFIXES.get(PurePosixPath(name.lower()).suffix)
    if kind is None or kind not in allowed:
        kinds = "、".join(f".{each}" for each in sorted(allowed))
        raise Refused(f"这里只能上传 {kinds} 文件，请另存为其中一种后再上传。", field="file")
    if not _looks_like(kind, content):
        raise Refused(f"文件名是 .{kind}，内容却不是{kind.zh}。请用原来的软件打开，另存后再上传。", field="file")
    if kind is FileKind.PDF and _ACTIVE_PDF.search(content):
        raise Refused("这个 PDF 里带有脚本或附件，为了安全不能上传。请重新打印成 PDF 后再上传。", field="file")
    return kind


def _looks_like(kind: FileKind, content: bytes) -> bool:
    if kind in {FileKind.XLSX, FileKind.DOCX}:
        return _has_part(content, "xl/workbook.xml" if kind is FileKind.XLSX else "word/document.xml")
    if kind in {FileKind.CSV, FileKind.TXT, FileKind.DAT}:
        return b"\0" not in content and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"PK\x03\x04", b"%PDF"))
    ends = {
        FileKind.PDF: content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:],
        FileKind.JPEG: content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:],
        FileKind.PNG: content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82"),
    }
    return ends[kind] and b"PK\x05\x06" not in content[-70_000:]  # an archive hung on behind makes it two files in one


def _has_part(content: bytes, part: str) -> bool:
    """Whether the container lists this part; only its directory is read. Encrypted workbooks (OLE) pass to the reader."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return part.startswith("xl/")
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.lower() == part for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
