"""Photos of a visit do not tell where and with which telephone they were taken."""

from __future__ import annotations

import struct
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import make_staff
from linli.kernel.files.queries import content_of
from linli.kernel.files.rules import FileKind, without_traces
from linli.kernel.files.samples import make_file

SCAN = b"\x12\xff\x00\x34\xff\xd0\x56"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def exif(order: str = "<", side: int = 6) -> bytes:
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    entries = [(0x010F, 2, 4, b"Tel\0"), (0x0112, 3, 1, struct.pack(order + "HH", side, 0)), (0x8825, 4, 1, b"GPS!")]
    body = b"".join(struct.pack(order + "HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return segment(0xE1, b"Exif\0\0" + head + struct.pack(order + "H", len(entries)) + body + b"\0\0\0\0GPS 34.7,117.6")


def photo(*extra: bytes) -> bytes:
    table = segment(0xDB, b"\0" * 65)
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + SCAN
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"".join(extra) + table + scan + segment(0xC4, b"x") + scan + b"\xff\xd9"


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def test_a_photo_without_notes_stays_as_it_is():
    assert without_traces(FileKind.JPEG, photo()) == photo()


@pytest.mark.parametrize("order", ["<", ">"])
def test_place_and_telephone_go_and_the_upper_side_stays(order):
    cleaned = without_traces(FileKind.JPEG, photo(exif(order), segment(0xFE, b"comment"), segment(0xE1, b"http://ns.adobe.com/xap")))
    assert b"GPS" not in cleaned and b"Tel" not in cleaned and b"comment" not in cleaned and b"adobe" not in cleaned
    assert cleaned.count(b"Exif") == 1 and b"\x01\x12\0\x03\0\0\0\x01\0\x06" in cleaned
    assert cleaned.count(SCAN) == 2 and cleaned.endswith(b"\xff\xd9")
    assert without_traces(FileKind.JPEG, cleaned) == cleaned


def test_a_second_picture_behind_the_first_goes():
    assert without_traces(FileKind.JPEG, photo() + photo(exif())) == photo()


def test_a_png_keeps_its_picture_and_loses_its_notes():
    head, data, end = chunk(b"IHDR", b"x" * 13), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")
    start = b"\x89PNG\r\n\x1a\n"
    noted = start + head + chunk(b"tEXt", b"GPS") + chunk(b"eXIf", b"GPS") + data + end
    assert without_traces(FileKind.PNG, noted) == start + head + data + end


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PNG])
@given(cut=st.integers(0, 300), noise=st.binary(max_size=40))
def test_broken_pictures_are_refused_and_never_a_fault(kind, cut, noise):
    for content in (photo(exif())[:cut] + noise, b"\x89PNG\r\n\x1a\n" + noise):
        try:
            without_traces(kind, content)
        except Refused as fault:
            assert "损坏" in fault.message


def test_what_is_stored_has_lost_its_traces(db):
    worker = make_staff()
    kept = make_file(worker, date(2010, 12, 1), name="入户.jpg", content=photo(exif()))
    with scoped(worker):
        assert b"GPS" not in content_of(kept)
