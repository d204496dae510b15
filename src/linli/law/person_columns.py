"""The rules of one person over columns: 特困 and the two subsidies of disabled persons, compiled as `columns` does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from linli.law import family, means, minimum, subsidies, support
from linli.law.coded import Home, Line, Person
from linli.law.columns import LAW, Array, in_pieces, law_type, let_compile, rows_of, tuples_of
from linli.law.minimum_law import Law
from linli.law.subsidies import SubsidyLaw
from linli.law.support import Bearer, SupportLaw

BEARER = np.dtype([("income", "i8"), ("age", "i2")] + [(name, "i1") for name in Bearer._fields if name not in ("income", "age")])
SUPPORT_LAW = law_type(support.FIELDS)
SUBSIDY_LAW = law_type(subsidies.FIELDS)
SUPPORTED = np.dtype([("entitled", "i1"), ("reasons", "i4"), ("basic", "i8"), ("care", "i8"), ("income", "i8")])
SUBSIDIES = np.dtype([("reasons", "i4"), ("living", "i8"), ("care", "i8")])
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}


@dataclass(frozen=True)
class Alone:
    """People who are judged one by one, with their lines and bearers; ``law[i]`` numbers the law, ``failed[i]`` the items."""

    law: Array
    homes: Array
    people: Array
    lines: Array
    lines_from: Array
    bearers: Array
    bearers_from: Array
    failed: Array

    def __len__(self) -> int:
        return len(self.people)


def support_all(laws: Sequence[tuple[Law, SupportLaw]], people: Alone) -> Array:
    """Judge everybody by the three lacks: one row of `SUPPORTED` each, in order. Raises IndexError for a law not there."""
    _law_is_there(people.law, len(laws))
    found, run, own = np.zeros(len(people), SUPPORTED), compiled_support(), people
    rows, owns = rows_of([law for law, _ in laws], LAW), rows_of([own for _, own in laws], SUPPORT_LAW)

    def piece(start: int, stop: int) -> None:
        run(start, stop, rows, owns, own.law, own.homes, own.people, own.lines, own.lines_from, own.bearers, own.bearers_from,
            own.failed, found)  # fmt: skip

    in_pieces(piece, len(own))
    return found


def support_each(laws: Sequence[tuple[Law, SupportLaw]], people: Alone) -> Array:
    """The same answers without compiling, for few people."""
    own, found = people, np.zeros(len(people), SUPPORTED)
    kinds = ((own.homes, Home), (own.people, Person), (own.lines, Line), (own.bearers, Bearer))
    homes, persons, lines, bearers = (tuples_of(*pair) for pair in kinds)
    for i, law in enumerate(own.law.tolist()):
        theirs, mine = bearers[own.bearers_from[i] : own.bearers_from[i + 1]], lines[own.lines_from[i] : own.lines_from[i + 1]]
        minimum_law, support_law = laws[law]
        judged = support.judge_support(minimum_law, support_law, homes[i], persons[i], mine, theirs, int(own.failed[i]))
        for name in SUPPORTED.names or ():
            found[name][i] = getattr(judged, name)
    return found


def subsidies_all(laws: Sequence[SubsidyLaw], law: Array, recognised: Array, people: Array) -> Array:
    """The two subsidies of everybody, given as what the family of each is recognised: one row of `SUBSIDIES` each.

    Raises IndexError for a law that is not there.
    """
    _law_is_there(law, len(laws))
    found, run, rows = np.zeros(len(people), SUBSIDIES), compiled_subsidies(), rows_of(laws, SUBSIDY_LAW)
    in_pieces(lambda start, stop: run(start, stop, rows, law, recognised, people, found), len(people))
    return found


def _law_is_there(law: Array, count: int) -> None:
    if len(law) and not 0 <= law.min() <= law.max() < count:
        raise IndexError("有人员没有对应的标准，请核对各区划和城乡类别的参数。")


@cache
def compiled_support() -> Callable[..., None]:
    """The compiled loop over people from `start` to `stop`."""
    import numba

    let_compile(family, means, minimum, support)
    judge: Any = support.judge_support

    def run(
        start: int, stop: int, laws: Array, owns: Array, law: Array, homes: Array, people: Array, lines: Array, lines_from: Array,
        bearers: Array, bearers_from: Array, failed: Array, out: Array,
    ) -> None:  # fmt: skip
        for i in range(start, stop):
            own = lines[lines_from[i] : lines_from[i + 1]]
            theirs = bearers[bearers_from[i] : bearers_from[i + 1]]
            judged = judge(laws[law[i]], owns[law[i]], homes[i], people[i], own, theirs, failed[i])
            out[i].entitled = judged.entitled
            out[i].reasons = judged.reasons
            out[i].basic = judged.basic
            out[i].care = judged.care
            out[i].income = judged.income

    return numba.njit(**_OPTIONS)(run)  # type: ignore[no-any-return]


@cache
def compiled_subsidies() -> Callable[..., None]:
    """The compiled loop over people from `start` to `stop`."""
    import numba

    let_compile(subsidies)
    judge: Any = subsidies.judge_subsidies

    def run(start: int, stop: int, laws: Array, law: Array, recognised: Array, people: Array, out: Array) -> None:
        for i in range(start, stop):
            judged = judge(laws[law[i]], recognised[i], people[i])
            out[i].reasons = judged.reasons
            out[i].living = judged.living
            out[i].care = judged.care

    return numba.njit(**_OPTIONS)(run)  # type: ignore[no-any-return]
