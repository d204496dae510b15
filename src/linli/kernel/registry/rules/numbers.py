"""What is sealed and hashed of a person, under which context; telephone numbers as stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linli.base.crypto import Keyring
from linli.base.text import plain

NUMBER = "person.number"
NUMBER_TAIL = "person.number_tail"
PHONE = "person.phone"
PHONE_TAIL = "person.phone_tail"
ACCOUNT = "account.number"

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-)?[2-9][0-9]{6,7}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A number as it is kept: encrypted, its keyed hash, and the keyed hash of its last four."""

    sealed: bytes | None = None
    digest: bytes | None = None
    tail: bytes | None = None


def seal_number(keys: Keyring, number: str) -> Sealed:
    """An identity number (as `read_id` gives it) sealed and hashed; nothing for an empty one."""
    return _seal(keys, number, NUMBER, NUMBER_TAIL)


def seal_phone(keys: Keyring, phone: str) -> Sealed:
    """A telephone number (as `read_phone` gives it) sealed and hashed; nothing for an empty one."""
    return _seal(keys, phone, PHONE, PHONE_TAIL)


def _seal(keys: Keyring, text: str, context: str, tail: str) -> Sealed:
    if not text:
        return Sealed()
    return Sealed(keys.seal(text, context), keys.keyed_hash(text, context), keys.keyed_hash(text[-4:], tail))


def read_phone(text: str) -> str:
    """The telephone number as stored: digits, with a hyphen after the code of a landline; "" for nothing.

    Raises ValueError, in Chinese.
    """
    number = plain(text).replace("(", "").replace(")", "-").removeprefix("+86").lstrip("-")
    if not number:
        return ""
    bare = number.replace("-", "")
    if _MOBILE.fullmatch(bare):
        return bare
    if bare.startswith("0") and 10 <= len(bare) <= 12:
        cut = 3 if bare[1] in "12" else 4
        number = f"{bare[:cut]}-{bare[cut:]}"
    if _LANDLINE.fullmatch(number):
        return number
    raise ValueError("电话应为11位手机号，或带区号的固定电话（如 0632-7711234），请核对。")


def read_account(text: str) -> str:
    """A bank account number as stored: 8 to 32 digits. Raises ValueError, in Chinese."""
    number = plain(text).replace("-", "")
    if not (8 <= len(number) <= 32 and number.isascii() and number.isdigit()):
        raise ValueError("银行账号应为8至32位数字，请对照存折或银行卡核对。")
    return number
