"""Text as people and spreadsheets hand it over: codes, one-line texts, cells that might be run."""

from __future__ import annotations

import re
import unicodedata

# Format characters (zero-width, direction marks, BOM), variation selectors and fillers that show nothing.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"\s+")
_FORMULA_STARTS = "=+-@\t\r\n"
_FORMULA_STARTS_WIDE = "＝＋－＠"
_HYPHENS = re.compile("[-\u2010-\u2015\u2212_\u4e00]")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")


def plain(text: str) -> str:
    """A code or number as it was meant: NFKC (full-width becomes ASCII), no blanks or invisible characters.

    For codes, numbers, telephone and account numbers; not for names or free text (see `tidy`).
    """
    if text.isascii() and text.isalnum():
        return text
    return _BLANKS.sub("", _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))))


def running(text: str) -> str:
    """A number of a day and of the row in it, ``20101220-00001``, as it was meant; anything else as it was typed.

    The number keypad of a telephone has no hyphen, and a Chinese keyboard has several.
    """
    bare = _HYPHENS.sub("", plain(text))
    return f"{bare[:8]}-{bare[8:]}" if bare.isascii() and bare.isdecimal() and 13 <= len(bare) <= 14 else text


def tidy(text: str) -> str:
    """One line of free text: NFC, nothing invisible, runs of blanks made one, ends trimmed."""
    visible = _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _BLANKS.sub(" ", visible).strip()


def without_invisible(text: str) -> str:
    """The text without characters that show nothing (zero-width, direction marks, selectors, BOM)."""
    return _INVISIBLE.sub("", text)


def has_control(text: str) -> bool:
    """Whether the text holds a control character other than a blank, tab or line end."""
    return _CONTROL.search(text) is not None


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might run this text.

    It starts, after blanks, with = + - @ (also full-width), or with a tab or line end. A plain
    number with a sign (-1,234.50) is none. Source: OWASP ASVS 1.2.10 (formula injection).
    """
    if text[:1] in ("\t", "\r", "\n"):
        return True
    bare = without_invisible(text).strip()
    if not bare or bare[0] not in _FORMULA_STARTS + _FORMULA_STARTS_WIDE:
        return False
    return _NUMBER.fullmatch(bare) is None


def safe_cell(text: str) -> str:
    """The text for a .csv cell: a formula-like text gets a leading apostrophe, so it is shown, never run."""
    return "'" + text if is_formula_like(text) else text
