"""Which characters a font can draw: a name with a rare character must not be printed as a box."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

_SUFFIXES = (".ttf", ".otf")
_INVISIBLE = frozenset("\n\r\t\u200b\ufeff")


class NoFont(RuntimeError):
    """The folder has no font; set-up has not copied it yet."""


def missing_glyphs(text: str, fonts: Path) -> list[str]:
    """The characters of the text that no font in the folder draws, in their order, each once. Raises NoFont."""
    drawn = _drawn(tuple((str(path), path.stat().st_mtime_ns) for path in font_files(fonts)))
    return [c for c in dict.fromkeys(text) if ord(c) not in drawn and c not in _INVISIBLE]


def font_files(fonts: Path) -> list[Path]:
    found = sorted(path for path in fonts.rglob("*") if path.suffix.lower() in _SUFFIXES)
    if not found:
        raise NoFont(f"no font in {fonts}")
    return found


@lru_cache(maxsize=4)
def _drawn(files: tuple[tuple[str, int], ...]) -> frozenset[int]:
    return frozenset().union(*(_code_points(Path(path).read_bytes()) for path, _ in files))


def _code_points(font: bytes) -> set[int]:
    """Code points of the font's cmap table (OpenType specification, formats 4 and 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    found: set[int] = set()
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag != b"cmap":
            continue
        (count,) = struct.unpack_from(">H", font, offset + 2)
        for number in range(count):
            _, _, at = struct.unpack_from(">HHI", font, offset + 4 + 8 * number)
            found |= _subtable(font, offset + at)
    return found


def _subtable(font: bytes, start: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, start)
    if form == 12:
        return _groups(font, start)
    return _segments(font, start) if form == 4 else set()


def _groups(font: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    found: set[int] = set()
    for index in range(count):
        first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * index)
        found.update(range(first, last + 1))
    return found


def _segments(font: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    ends = start + 14
    starts, deltas, offsets = ends + doubled + 2, ends + 2 * doubled + 2, ends + 3 * doubled + 2
    found: set[int] = set()
    for place in range(0, doubled, 2):
        (last,) = struct.unpack_from(">H", font, ends + place)
        (first,) = struct.unpack_from(">H", font, starts + place)
        (delta,) = struct.unpack_from(">H", font, deltas + place)
        (offset,) = struct.unpack_from(">H", font, offsets + place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets + place + offset + 2 * (code - first))
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found
