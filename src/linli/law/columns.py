"""One rule for a million families: the same functions of one family, compiled by Numba, over columns.

Nothing of the law stands here. `compiled` takes the plain functions as they are; a test proves that both forms agree.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from linli.law import family, means, minimum
from linli.law.coded import Coded, Home, Line, Person
from linli.law.minimum_law import FIELDS, Law
from linli.law.values import Field

Array = np.ndarray[Any, Any]

_SMALL, _MONTH, _FEN = "i1", "i4", "i8"
HOME = np.dtype(
    [("month", _MONTH), ("alone", _SMALL), ("single_parent", _SMALL), ("received", _FEN), ("job_month", _MONTH)]
)
PERSON = np.dtype(
    [("age", "i2"), ("years_away", "i2"), ("refusals", "i2"), ("other_care", _FEN)]
    + [(name, _SMALL) for name in Person._fields if name not in ("age", "years_away", "refusals", "other_care")]
)
LINE = np.dtype(
    [("kind", _SMALL), ("member", _SMALL), ("number", "i2"), ("first", _MONTH), ("last", _MONTH), ("amount", _FEN)]
)
ANSWER = np.dtype(
    [("recognised", _SMALL), ("reasons", _MONTH), ("base", _FEN), ("category", _FEN), ("inside", _FEN), ("paid", _FEN)]
)


def law_type(fields: Mapping[str, Field]) -> np.dtype[Any]:
    """The columns of a law: a whole number, or a table of them, for each field."""
    return np.dtype([(name, _FEN, (field.length,)) if field.length else (name, _FEN) for name, field in fields.items()])


LAW = law_type(FIELDS)
LEAST, PIECE = 2_000, 16_384
"""Families that a core takes at a time: at least what repays its start, at most what lets a busy core delay nobody."""
FEW = 3_000
"""Up to so many are judged sooner as they are than by compiling first."""


@dataclass(frozen=True)
class Families:
    """Many families: ``law[h]`` is the number of the h-th family's law; its people are people_from[h] to people_from[h + 1]."""

    law: Array
    homes: Array
    people: Array
    people_from: Array
    lines: Array
    lines_from: Array

    def __len__(self) -> int:
        return len(self.homes)


def as_columns(families: Sequence[Coded], law: Sequence[int] | None = None) -> Families:
    """Families as columns. For tests and small runs; a district is read from the database straight into columns."""
    sizes = [len(one.people) for one in families]
    counts = [len(one.lines) for one in families]
    return Families(
        law=np.asarray(law if law is not None else [0] * len(families), "i4"),
        homes=rows_of([one.home for one in families], HOME),
        people=rows_of([person for one in families for person in one.people], PERSON),
        people_from=np.concatenate(([0], np.cumsum(sizes, dtype="i8"))).astype("i8"),
        lines=rows_of([line for one in families for line in one.lines], LINE),
        lines_from=np.concatenate(([0], np.cumsum(counts, dtype="i8"))).astype("i8"),
    )


def judge_all(laws: Sequence[Law], families: Families) -> Array:
    """Judge every family by its law, on all cores: one row of `ANSWER` each, in order.

    Raises IndexError when a family names a law that is not there.
    """
    if len(families) and not 0 <= families.law.min() <= families.law.max() < len(laws):
        raise IndexError("有家庭没有对应的标准，请核对各区划和城乡类别的参数。")
    answers, rows, own, run = np.zeros(len(families), ANSWER), rows_of(laws, LAW), families, compiled()

    def piece(start: int, stop: int) -> None:
        run(start, stop, rows, own.law, own.homes, own.people, own.people_from, own.lines, own.lines_from, answers)

    in_pieces(piece, len(own))
    return answers


def judge_each(laws: Sequence[Law], families: Families) -> Array:
    """The same answers without compiling, for few families."""
    own, answers = families, np.zeros(len(families), ANSWER)
    homes, people, lines = (tuples_of(*pair) for pair in ((own.homes, Home), (own.people, Person), (own.lines, Line)))
    for h, law in enumerate(own.law.tolist()):
        members = people[own.people_from[h] : own.people_from[h + 1]]
        judged = minimum.judge(laws[law], homes[h], members, lines[own.lines_from[h] : own.lines_from[h + 1]])
        for name in ANSWER.names or ():
            answers[name][h] = getattr(judged, name)
    return answers


@cache
def compiled() -> Callable[..., None]:
    """The compiled loop over the families from `start` to `stop`. It takes some seconds, once in a process.

    It holds no lock of Python and allocates nothing, so it also needs no counting of references.
    """
    import numba

    let_compile(family, means, minimum)
    judge: Any = minimum.judge

    def run(
        start: int, stop: int, laws: Array, law: Array, homes: Array, people: Array, people_from: Array, lines: Array,
        lines_from: Array, out: Array,
    ) -> None:  # fmt: skip
        for h in range(start, stop):
            members = people[people_from[h] : people_from[h + 1]]
            own = lines[lines_from[h] : lines_from[h + 1]]
            judged = judge(laws[law[h]], homes[h], members, own)
            out[h].recognised = judged.recognised
            out[h].reasons = judged.reasons
            out[h].base = judged.base
            out[h].category = judged.category
            out[h].inside = judged.inside
            out[h].paid = judged.paid

    options: dict[str, Any] = {"nogil": True, "_nrt": False}
    return numba.njit(**options)(run)  # type: ignore[no-any-return]


def let_compile(*modules: ModuleType) -> None:
    """Allow compiled code to call the modules' own plain functions."""
    for module in modules:
        _register(module)


@cache
def _register(module: ModuleType) -> None:
    from numba.extending import register_jitable

    for thing in vars(module).values():
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__ and not isinstance(thing, type):
            register_jitable(forceinline=True)(thing)


def in_pieces(run: Callable[[int, int], None], count: int) -> None:
    """Run a loop from start to stop over so many rows, in pieces, on all cores; what is one piece, here and now."""
    cores = os.cpu_count() or 1
    size = min(max(LEAST, count // (4 * cores)), PIECE)
    if count <= size:
        run(0, count)
        return

    def piece(start: int) -> None:
        run(start, min(start + size, count))

    with ThreadPoolExecutor(min(cores, -(-count // size))) as pool:
        list(pool.map(piece, range(0, count, size)))


def rows_of(rows: Sequence[Any], kind: np.dtype[Any]) -> Array:
    """Named tuples as rows of an array; the fields of the type are those of the tuples."""
    array = np.zeros(len(rows), kind)
    for name in kind.names or ():
        array[name] = [getattr(row, name) for row in rows]
    return array


def tuples_of(rows: Array, kind: Any) -> list[Any]:
    """Rows of an array as named tuples whose fields are those of the type."""
    return [kind(*row) for row in rows[list(kind._fields)].tolist()]
