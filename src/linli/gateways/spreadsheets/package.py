"""The zip container of a workbook, judged before any reader touches it.

Readers trust what a file says of itself: openpyxl unpacks 229 MB from 314 KB, expands entities, and calamine allots
memory for the furthest cell. So every part is unpacked here once, counted, and searched for what has no place in a
workbook. What passes is safe to hand on.
"""

from __future__ import annotations

import copy
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets.limits import MEBIBYTE, Limits

BROKEN = "文件已损坏或没有传完，打不开。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新上传。"
BOMB = "文件解开后过大，不是正常的表格，未予读取。请把数据另存到新的 .xlsx 工作簿后重新上传。"
ODD = "文件里有表格不会有的内容（{what}），为了安全未予读取。请把数据复制到新的 .xlsx 工作簿后重新上传。"
MACRO = "文件带有宏，不能上传。请另存为“Excel 工作簿（*.xlsx）”后重新上传。"
ENCRYPTED = "文件加了密码，读不出内容。请在 Excel 或 WPS 中取消密码，保存后重新上传。"
NOT_SHEET = "这不是 Excel 工作簿。请用 Excel 或 WPS 另存为 .xlsx 后重新上传。"
TOO_BIG = "文件有 {size} MB，超过 {limit} MB 的上限。请分成几个文件上传。"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RATIO_FROM = 16 * MEBIBYTE
_MACROS = re.compile(r"vbaproject\.bin|/macrosheets/|/dialogsheets/", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
_UTF8_BOM = b"\xef\xbb\xbf"


def check_size(data: bytes, limits: Limits) -> None:
    if len(data) > limits.size:
        size = -(-len(data) // MEBIBYTE)
        raise BadFile(TOO_BIG.format(size=size, limit=limits.size // MEBIBYTE))
    if not data:
        raise BadFile("文件是空的。请检查后重新上传。")


def check_not_ole(data: bytes) -> None:
    """Old and encrypted workbooks share one container (OLE); tell them apart for the user's sake."""
    if not data.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise BadFile(ENCRYPTED)
    raise BadFile("这是旧版（.xls、.et）或其他格式的文件，不能直接读取。请用 Excel 或 WPS 另存为 .xlsx 后重新上传。")


def checked_parts(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Each part's name and unpacked bytes, one at a time; raises BadFile at the first thing that is not in order."""
    check_not_ole(data)
    # A container with anything before it, or with a comment behind it, can show two readers two different files.
    if not data.startswith(b"PK\x03\x04"):
        raise BadFile(NOT_SHEET)
    if data[-22:-18] != b"PK\x05\x06":
        raise BadFile(BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), len(data), limits)
            for info in archive.infolist():
                part = _unpack(archive, info)
                _check_part(info.filename, part)
                yield info.filename, part
    except BadFile:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as fault:
        raise BadFile(BROKEN) from fault


def _check_directory(infos: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(infos) > limits.members:
        raise BadFile(BOMB)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked or (unpacked > _RATIO_FROM and unpacked > packed * limits.ratio):
        raise BadFile(BOMB)
    names = [info.filename for info in infos]
    if len({name.lower() for name in names}) != len(names):
        raise BadFile(ODD.format(what="重名的部件"))
    for info in infos:
        _check_entry(info)
    if "[Content_Types].xml" not in names or not any(name.lower() == "xl/workbook.xml" for name in names):
        raise BadFile(_other_zip(names))


def _check_entry(info: zipfile.ZipInfo) -> None:
    if _leads_outside(info.orig_filename):
        raise BadFile(ODD.format(what="指向别处的部件名"))
    if _MACROS.search("/" + info.filename):
        raise BadFile(MACRO)
    if info.flag_bits & 0x1:
        raise BadFile(ENCRYPTED)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadFile(ODD.format(what="少见的压缩方式"))


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or any(bad in name for bad in ("\\", "\0", ":")) or ".." in name.split("/")


def _other_zip(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return "这是二进制工作簿（.xlsb）。请另存为“Excel 工作簿（*.xlsx）”后重新上传。"
    if "word/document.xml" in names:
        return "这是 Word 文档，不是表格。请把表格复制到 Excel 或 WPS 工作簿，保存为 .xlsx 后上传。"
    if "content.xml" in names and "mimetype" in names:
        return "这是 OpenDocument 表格（.ods）。请用 LibreOffice 或 WPS 另存为 .xlsx 后重新上传。"
    return NOT_SHEET


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The part's true bytes. The stated size is no limit to what other readers unpack, so one byte more is asked for."""
    stated = info.file_size
    asked = copy.copy(info)
    asked.file_size = stated + 1
    with archive.open(asked) as part:
        content = part.read(stated + 1)
    if len(content) != stated:
        raise BadFile(BROKEN)
    return content


def _check_part(name: str, part: bytes) -> None:
    head = part[:64].removeprefix(_UTF8_BOM).lstrip()
    if not name.lower().endswith((".xml", ".rels", ".vml")) and not head.startswith(b"<"):
        return
    encoding = _ENCODING.match(part.removeprefix(_UTF8_BOM))
    if b"\0" in part or (head and not head.startswith(b"<")):
        raise BadFile(ODD.format(what="看不懂的编码"))
    if encoding and encoding.group(1).lower() not in (b"utf-8", b"us-ascii"):
        raise BadFile(ODD.format(what="看不懂的编码"))
    if b"<!DOCTYPE" in part:  # without one there is no place for an entity either
        raise BadFile(ODD.format(what="文档类型声明"))
    if name == "[Content_Types].xml" and b"macroenabled" in part.lower():
        raise BadFile(MACRO)
