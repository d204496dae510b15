"""Area codes of twelve digits (省2 市2 县2 镇3 村3), kept as text: a post's reach is one range of codes.

Source: 统计用区划代码 (national statistics), whose first six digits are GB/T 2260. Units of the district
itself (bureaus, schools, hospitals) stand under a pseudo-town whose town digits begin with 9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.base.named import NamedInt
from linli.base.text import plain

LOWEST = "000000000000"
HIGHEST = "999999999999"
_CODE = re.compile(r"[0-9]{12}")


class Level(NamedInt):
    """The level of an area; a smaller number stands higher."""

    PROVINCE = 1, "省"
    CITY = 2, "市"
    DISTRICT = 3, "区"
    TOWN = 4, "镇街"
    COMMUNITY = 5, "村居"

    @property
    def digits(self) -> int:
        """How many leading digits of a code name an area of this level."""
        return (2, 4, 6, 9, 12)[self - 1]


@dataclass(frozen=True, slots=True)
class Scope:
    """A half-open range [lo, hi) of area codes: one area and all below it. Text order is code order."""

    lo: str
    hi: str

    def __post_init__(self) -> None:
        if not (_CODE.fullmatch(self.lo) and _CODE.fullmatch(self.hi) and self.lo < self.hi):
            raise ValueError(f"区划范围应为两个12位代码且先小后大，现为“{self.lo}”至“{self.hi}”。")

    def contains(self, code: str) -> bool:
        """Whether the area code lies in the range."""
        return self.lo <= code < self.hi

    def covers(self, other: Scope) -> bool:
        """Whether the whole of the other range lies in this one."""
        return self.lo <= other.lo and other.hi <= self.hi


WHOLE = Scope(LOWEST, HIGHEST)
"""Every area. Its upper end is the one code that is never given to a place."""


def check_code(text: str) -> str:
    """The twelve-digit code as text, after removing blanks and full-width digits.

    Raises ValueError, in Chinese, when it is not twelve digits or names no province.
    """
    code = plain(text)
    if not _CODE.fullmatch(code):
        raise ValueError(f"区划代码“{text}”应为12位数字，请按统计用区划代码填写，如 370404001002。")
    if code.startswith("00") or code == HIGHEST:
        raise ValueError(f"区划代码“{text}”没有对应的省，请按统计用区划代码填写，如 370404001002。")
    return code


def level_of(code: str) -> Level:
    """The level that a code names, by its trailing zeros: 370404000000 is a DISTRICT.

    Raises ValueError if it is not a code.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"区划代码“{code}”应为12位数字。")
    for level in (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.TOWN):
        if code.endswith("0" * (12 - level.digits)):
            return level
    return Level.COMMUNITY


def prefix_of(code: str) -> str:
    """The leading digits that all codes of the area share: 370404000000 → '370404'."""
    return code[: level_of(code).digits]


def scope_of(code: str) -> Scope:
    """The area and all below it: 370404000000 → [370404000000, 370405000000)."""
    step = 10 ** (12 - level_of(code).digits)
    return Scope(code, min(str(int(code) + step).zfill(13), HIGHEST.zfill(13))[1:])


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above an area, nearest first, ending with the province; empty for a province.

    A town directly under a city (东莞 441900003000) has the city as its nearest.
    """
    level = level_of(code)
    above = (code[: upper.digits].ljust(12, "0") for upper in reversed(Level) if upper < level)
    return tuple(dict.fromkeys(above))


def parent_of(code: str) -> str | None:
    """The code of the area next above, or None for a province."""
    above = ancestors(code)
    return above[0] if above else None


def is_unit_area(code: str) -> bool:
    """Whether the code is the pseudo-town of the district's own units (…9xx) or one of the units under it."""
    return level_of(code) >= Level.TOWN and code[6] == "9"
