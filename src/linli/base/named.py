"""Codes that people read: an enumeration whose members carry their Chinese names."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class Named(StrEnum):
    """Texts with names: ``PAID = "paid", "已付"``. The text is what is stored and compared, ``zh`` what people read."""

    zh: str
    _value_: str

    def __new__(cls, code: str, zh: str | None = None) -> Self:
        if zh is None:
            raise TypeError(f"{cls.__name__} {code!r} needs its name")
        one = str.__new__(cls, code)
        one._value_, one.zh = code, zh
        return one

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Code and name of each member, for a field to choose from."""
        return [(one.value, one.zh) for one in cls]


class NamedInt(IntEnum):
    """Numbers with names: ``URBAN = 1, "城市"``."""

    zh: str
    _value_: int

    def __new__(cls, code: int, zh: str | None = None) -> Self:
        if zh is None:
            raise TypeError(f"{cls.__name__} {code!r} needs its name")
        one = int.__new__(cls, code)
        one._value_, one.zh = code, zh
        return one

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        """Code and name of each member, for a field to choose from."""
        return [(one.value, one.zh) for one in cls]
