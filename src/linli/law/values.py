"""From dated values to the whole numbers of a rule: the law of a day at a place, each number with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from linli.base.dated import NoValue, Parameters, Single, Value, load

PARTS = 10_000
"""Ratios are whole numbers of ten-thousandths."""

L = TypeVar("L")
Read = Callable[[Single], int]


@cache
def all_values() -> Parameters:
    """The values of ``parameters/``. Raises ValueError, in Chinese, for two values of one key, place and day."""
    return load(sorted((Path(__file__).parent / "parameters").glob("*.toml")))


def whole(content: Single) -> int:
    """A number of fen, of things, or a flag."""
    return int(content)


def parts(content: Single) -> int:
    """A ratio in ten-thousandths. Raises ValueError for a finer one."""
    exact = content * PARTS
    if not isinstance(content, str) and exact == int(exact):
        return int(exact)
    raise ValueError(f"比例“{content}”应精确到万分之一。")


def word(words: type[IntEnum]) -> Read:
    """A word of the enumeration."""

    def read(content: Single) -> int:
        if str(content).upper() not in words.__members__:
            raise ValueError(f"“{content}”应为 {'、'.join(name.lower() for name in words.__members__)} 之一。")
        return int(words[str(content).upper()])

    return read


@dataclass(frozen=True)
class Field:
    """Where a number of the rule comes from.

    ``key`` may hold words such as {zone}. ``places``: index and key ending of the cells of a table; a cell without a value
    of its own has that of the bare key. ``length``: cells of the table. ``when``: field and number that must stand in the
    law, else the field is 0 and nothing is looked up.
    """

    key: str
    read: Read = whole
    places: tuple[tuple[int, str], ...] = ()
    length: int = 0
    when: tuple[str, int] | None = None


@dataclass(frozen=True)
class LawOn(Generic[L]):
    """The numbers for the rule, and for each (``standard``, ``income_share.wage``) the dated value behind it."""

    law: L
    values: Mapping[str, Value]

    def cited(self, names: Iterable[str]) -> tuple[Value, ...]:
        """The values behind the fields, each once."""
        return tuple({self.values[name].key: self.values[name] for name in names if name in self.values}.values())


def law_on(
    kind: Callable[..., L], fields: Mapping[str, Field], known: Parameters, *, on: date, area: str, **words: str
) -> LawOn[L]:
    """The law in force on the day of the act in the area.

    Raises NoValue, in Chinese, for a value that is missing, and ValueError for one that does not fit.
    """
    numbers: dict[str, Any] = {}
    values: dict[str, Value] = {}
    for name, field in fields.items():
        if field.when and numbers[field.when[0]] != field.when[1]:
            numbers[name] = (0,) * field.length if field.length else 0
            continue
        key = field.key.format(**words)
        if not field.places:
            values[name] = known.on(key, on, area)
            numbers[name] = _read(values[name], field)
            continue
        cells = [0] * field.length
        for index, ending in field.places:
            value = _cell(known, key, ending, on, area)
            values[f"{name}.{ending}"] = value
            cells[index] = _single(value, field)
        numbers[name] = tuple(cells)
    return LawOn(kind(**numbers), values)


def _cell(known: Parameters, key: str, ending: str, on: date, area: str) -> Value:
    try:
        return known.on(f"{key}.{ending}", on, area)
    except NoValue:
        return known.on(key, on, area)


def _read(value: Value, field: Field) -> int | tuple[int, ...]:
    if not field.length:
        return _single(value, field)
    content = value.value if isinstance(value.value, tuple) else (value.value,)
    if len(content) > field.length:
        raise ValueError(f"参数“{value.key}”最多{field.length}档，现有{len(content)}档。")
    return (*(field.read(one) for one in content), *[0] * (field.length - len(content)))


def _single(value: Value, field: Field) -> int:
    if isinstance(value.value, tuple):
        raise ValueError(f"参数“{value.key}”应为一个值。")
    try:
        return field.read(value.value)
    except ValueError as fault:
        raise ValueError(f"参数“{value.key}”：{fault}") from fault
