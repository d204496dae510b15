"""Pictures without what cameras write beside them: place, time, device, comments (OWASP ASVS 14.2.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from linli.kernel.access.rules import Refused
from linli.kernel.files.rules.kinds import FileKind

BROKEN = "图片已损坏或没有传完，打不开。请重新拍摄或另存后再上传。"
_START, _END, _SCAN, _EXIF = 0xD8, 0xD9, 0xDA, 0xE1
_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""Application segments that the picture needs: JFIF, colour profile, Adobe's colour transform."""
_ORIENTATION = 0x0112
_PNG_TRACES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_traces(kind: FileKind, content: bytes) -> bytes:
    """The same picture without the camera's notes; which side is up stays. Other kinds of files stay as they are.

    :raises Refused: the picture is broken.
    """
    if kind is FileKind.JPEG:
        return _clean_jpeg(content)
    if kind is FileKind.PNG:
        return _clean_png(content)
    return content


def _clean_jpeg(content: bytes) -> bytes:
    kept, turned = [], b""
    for marker, whole in _segments(content):
        if marker == _EXIF and whole[4:10] == b"Exif\0\0":
            turned = turned or _turned(whole[10:])
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
            kept.append(whole)
    return kept[0] + turned + b"".join(kept[1:])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; a scan's data belongs to its segment.

    What follows the end (a second picture of some telephones) is left out.
    """
    at = 0
    while at + 2 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise Refused(BROKEN, field="file")
        if marker in (_START, _END):
            yield marker, content[at : at + 2]
            at += 2
            if marker == _END:
                return
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            break
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end
    raise Refused(BROKEN, field="file")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: in a scan, FF is followed by 00 or by a restart marker."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    raise Refused(BROKEN, field="file")


def _turned(tiff: bytes) -> bytes:
    """An EXIF segment that says which side is up and nothing else; empty when the picture stands as it is."""
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    for entry in range(first + 2, min(first + 2 + 12 * number(first, 2), len(tiff) - 11), 12):
        side = number(entry + 8, 2)
        if number(entry, 2) == _ORIENTATION and 2 <= side <= 8:
            small = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes((side,)) + b"\0\0" + b"\0\0\0\0"
            body = b"Exif\0\0" + small
            return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    return b""


def _clean_png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if end > len(content):
            break
        if content[at + 4 : at + 8] not in _PNG_TRACES:
            kept.append(content[at:end])
        at = end
        if content[at - 8 : at - 4] == b"IEND":
            return b"".join(kept)
    raise Refused(BROKEN, field="file")
