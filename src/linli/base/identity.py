"""Resident identity numbers (公民身份号码, GB 11643) and credit codes (统一社会信用代码, GB 32100)."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from stdnum import numdb
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from linli.base.text import plain

RESERVED_AREA = "990404"
"""The area digits of made-up people: no real place has them, so no real person's number can be made."""

Fault = Literal["empty", "length", "old", "characters", "date", "check", "future"]

# People type a multiplication sign or a Cyrillic letter for the X of the check digit.
_X_LIKE = str.maketrans({"×": "X", "✕": "X", "Х": "X", "х": "X", "Χ": "X"})


class BadIdentity(ValueError):
    """An identity number that cannot be right.

    The message names the fault and the mend in Chinese, never the number; `fault` is its kind for counting.
    """

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class Identity(NamedTuple):
    """What a number says: sex by GB/T 2261.1 ("1" male, "2" female), area6 the place of first issue."""

    number: str
    birth: date
    sex: str
    area6: str

    @property
    def area_known(self) -> bool:
        """Whether the area digits are a place, past or present. Only a warning: the list has gaps."""
        return area_known(self.area6)


@cache
def area_known(area6: str) -> bool:
    """Whether six area digits are a place that exists or existed, or the reserved made-up district."""
    if area6 == RESERVED_AREA:
        return True
    parts = numdb.get("cn/loc").info(area6)
    return any("county" in found for _, found in parts)


def normalise_id(text: str) -> str:
    """The number as stored and compared: half-width, upper-case X, nothing that only separates."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return plain(text).translate(_X_LIKE).replace("-", "").upper()


def check_digit(first17: str) -> str:
    """The check digit of the first 17 digits (GB 11643, ISO 7064 MOD 11-2): 0 to 9 or X.

    The standard weighs digit i from the right with 2^i mod 11; 13 is 2 mod 11, so the digits read as a
    number of base 13 give the same sum.
    """
    return "10X98765432"[2 * int(first17, 13) % 11]


def read_id(text: str, *, on: date | None = None) -> Identity:
    """The identity in an 18-digit number, after `normalise_id`. Raises BadIdentity.

    With `on`, a birth after that day is refused too. The area digits are not judged (`Identity.area_known`).
    """
    number = normalise_id(text)
    if len(number) != 18:
        raise _bad_length(number)
    first17 = number[:17]
    if not (number.isascii() and first17.isdigit() and (number[17].isdigit() or number[17] == "X")):
        raise BadIdentity("characters", "身份证号只能是17位数字加一位数字或X，请对照证件核对。")
    birth = _birth(number[6:14])
    if check_digit(first17) != number[17]:
        raise BadIdentity("check", "身份证号的末位与前17位对不上，多半有一位录错，请对照证件逐位核对。")
    if on is not None and birth > on:
        raise BadIdentity("future", "身份证号中的出生日期晚于办理日期，请对照证件核对。")
    return Identity(number, birth, "1" if number[16] in "13579" else "2", number[:6])


def _bad_length(number: str) -> BadIdentity:
    if not number:
        return BadIdentity("empty", "没有填写身份证号，请填写18位号码。")
    if len(number) == 15 and number.isascii() and number.isdigit():
        return BadIdentity("old", "这是15位的旧号码，请按现行证件填写18位号码。")
    return BadIdentity("length", f"身份证号应为18位，现为{len(number)}位，请对照证件核对。")


@lru_cache(maxsize=65_536)  # a district has fewer birth dates than people
def _birth(digits: str) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadIdentity("date", "身份证号第7至14位不是实有的出生日期，请对照证件核对。") from None
    if birth.year < 1850:
        raise BadIdentity("date", "身份证号第7至10位的出生年份过早，请对照证件核对。")
    return birth


def make_id(area6: str, birth: date, seq: int) -> str:
    """A well-formed number for made-up people (RESERVED_AREA). `seq` is 0 to 999: odd male, even female."""
    if len(area6) != 6 or not area6.isdigit() or not 0 <= seq <= 999:
        raise ValueError("区划应为6位数字，顺序码应在0至999之间。")
    first17 = f"{area6}{birth:%Y%m%d}{seq:03d}"
    return first17 + check_digit(first17)


def read_uscc(text: str) -> str:
    """The unified social credit code, normalised (GB 32100-2015). Raises ValueError, in Chinese."""
    code = plain(text).replace("-", "").upper()
    if len(code) != 18:
        raise ValueError(f"统一社会信用代码应为18位，现为{len(code)}位，请对照登记证书核对。")
    try:
        return uscc.validate(code)
    except InvalidChecksum:
        raise ValueError("统一社会信用代码的末位与前17位对不上，请对照登记证书逐位核对。") from None
    except ValidationError:
        raise ValueError("统一社会信用代码含有不会出现的字符（前8位为数字，全码无I、O、S、V、Z），请核对。") from None
