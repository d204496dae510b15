"""Masking of personal values, on the server, by who looks on. House rules; no statutory pattern was found.

A birth date and the last four digits are never shown together: with the area they give the whole number away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from linli.base.names import DOT, surname_of
from linli.base.text import plain, tidy, without_invisible

HOME = "户"  # ends the title of a household


class Audience(StrEnum):
    """Who looks on: a colleague who must recognise the person, or everybody (notices, boards, screens)."""

    STAFF = "staff"
    PUBLIC = "public"


def mask_name(name: str, *, minor: bool = False) -> str:
    """Surname and one star for each further character: 李明 → 李*, 欧阳小明 → 欧阳**, 阿不都·买买提 →
    阿**·***.

    Of a minor the surname and 某: 李某. A name of one character is a star alone.
    """
    if len(name) < 2:
        return "*" if name else ""
    surname = surname_of(name)
    if minor:
        return surname + "某"
    return surname + "".join(c if c in (DOT, " ") else "*" for c in name[len(surname) :])


def mask_home(title: str) -> str:
    """The title of a household, which its head names: 李明户 → 李*户."""
    return mask_name(title.removesuffix(HOME)) + HOME if title.endswith(HOME) else mask_name(title)


def mask_id(number: str, audience: Audience = Audience.STAFF) -> str:
    """Of an identity number, colleagues see the last four, the public the first four: 1101**************.

    The rest is stars. A text too short to hide anything is all stars.
    """
    bare = plain(number)
    if len(bare) < 12:
        return "*" * len(bare)
    hidden = "*" * (len(bare) - 4)
    return bare[:4] + hidden if audience is Audience.PUBLIC else hidden + bare[-4:]


def mask_phone(phone: str) -> str:
    """138****1234 of a mobile number; 0632-***1234 of another. Fewer than seven digits are all stars."""
    bare = plain(phone).removeprefix("+86").removeprefix("-")
    digits = bare.replace("-", "")
    if re.fullmatch(r"1[0-9]{10}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    area, _, local = bare.rpartition("-")
    if len(local) < 7:
        return "*" * len(bare)
    return (area + "-" if area else "") + "*" * (len(local) - 4) + local[-4:]


def mask_account(number: str) -> str:
    """The last four digits of a bank account after a fixed row of stars, which does not tell its length."""
    bare = plain(number)
    if not bare:
        return ""
    return "********" + (bare[-4:] if len(bare) >= 10 else "")


# Each part is the shortest text that ends with its word; what follows is a road, a building, a door.
_PARTS = re.compile(
    r"(?P<district>(?:[^省区市\d]{2,6}省|[^区市\d]{2,6}自治区)?(?:[^市州盟区县\d]{1,8}(?:市|自治州|地区|盟))?"
    r"(?:[^区县旗路街镇乡\d]{1,10}?(?:(?<!小)区|县|市|旗))?)"
    r"(?P<town>(?:[^路号弄巷\d]{1,10}?(?:路?街道|镇|乡|苏木))?(?:办事处)?)"
    r"(?P<village>(?:[^路号弄巷\d]{1,10}?(?:社区|居委会|村委会|村|嘎查))?)"
)


def mask_address(address: str, audience: Audience = Audience.STAFF) -> str:
    """The address to the village or community for colleagues, to the street or town for the public, then ***.

    Where no such part is found it ends with the district; where nothing is found it is *** alone.
    """
    text = tidy(address).replace(" ", "")
    if not text:
        return ""
    found = _PARTS.match(text)
    if found is None:
        return "***"
    shown = found["district"] + found["town"]
    if audience is Audience.STAFF:
        shown += found["village"]
    return shown if shown == text else shown + "***"


# Identity numbers of 18 and 15 digits, mobile and landline numbers, bank accounts (also in groups of four). A number that is
# a part of a word, of a number with a point or of a longer code with hyphens (a receipt, a key) is none of these.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.-])(?:\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{17}[\dXx]|\d{13,32}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|0\d{2,3}-?[2-9]\d{6,7}|\d{4}(?:[ -]\d{4}){2,6}(?:[ -]\d{1,3})?)(?![0-9A-Za-z]|-[0-9A-Za-z]|\.\d)"
)


def holds_number(text: str) -> bool:
    """Whether a text holds what may be an identity, telephone or account number, however it is spaced or spelled."""
    return bool(_NUMBERS.search(_narrowed(text)[0]) or _NUMBERS.fullmatch(plain(text)))


def without_numbers(text: str) -> str:
    """The text with every such number as stars: for logs, the trail, and whoever reads a text without handling it."""
    flat, places = _narrowed(text)
    shown = list(text)
    for found in _NUMBERS.finditer(flat):
        for place in places[found.start() : found.end()]:
            shown[place] = "*"
    return "".join(shown)


def _narrowed(text: str) -> tuple[str, Sequence[int]]:
    """The text as numbers are looked for in it, full-width as ASCII and nothing invisible; and where each sign stood."""
    if text.isascii():
        return text, range(len(text))
    signs = [(flat, place) for place, one in enumerate(text) if (flat := _narrow(one))]
    return "".join(flat for flat, _ in signs), [place for _, place in signs]


@lru_cache(maxsize=8192)
def _narrow(sign: str) -> str:
    flat = unicodedata.normalize("NFKC", without_invisible(sign))
    return flat if len(flat) < 2 else sign
