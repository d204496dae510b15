"""The facts of a decision as bytes of whole numbers: what a monthly run judges again by the law of its month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from linli.law.coded import code
from linli.law.columns import HOME, LINE, PERSON, Array, Families, rows_of
from linli.law.facts import Household
from linli.law.person_columns import BEARER, Alone
from linli.law.support import Bearer

FORM = crc32(repr([kind.descr for kind in (HOME, PERSON, LINE, BEARER)]).encode())
"""Names how the bytes are read: rows of another form are facts of an earlier release."""


@dataclass(frozen=True)
class Measured:
    """One family, or one person judged as 特困 with bearers and the number of items of self-care that failed."""

    home: bytes
    people: bytes
    lines: bytes
    bearers: bytes = b""
    failed: int = 0


def measure(home: Household, bearers: Sequence[Bearer] = (), failed: int = 0) -> Measured:
    """The facts as bytes. Raises BadFacts."""
    coded = code(home)
    return Measured(
        rows_of([coded.home], HOME).tobytes(), rows_of(coded.people, PERSON).tobytes(), rows_of(coded.lines, LINE).tobytes(),
        rows_of(bearers, BEARER).tobytes(), failed,
    )  # fmt: skip


def families_of(rows: Sequence[Measured], law: Sequence[int]) -> Families:
    """Families as columns; ``law[h]`` numbers the law of the h-th."""
    homes, _ = _joined([row.home for row in rows], HOME)
    people, people_from = _joined([row.people for row in rows], PERSON)
    lines, lines_from = _joined([row.lines for row in rows], LINE)
    return Families(np.asarray(law, "i4"), homes, people, people_from, lines, lines_from)


def persons_of(rows: Sequence[Measured], law: Sequence[int]) -> Alone:
    """People judged one by one as columns; each stands alone in ``people``."""
    homes, _ = _joined([row.home for row in rows], HOME)
    people, _ = _joined([row.people for row in rows], PERSON)
    lines, lines_from = _joined([row.lines for row in rows], LINE)
    bearers, bearers_from = _joined([row.bearers for row in rows], BEARER)
    failed = np.asarray([row.failed for row in rows], "i8")
    return Alone(np.asarray(law, "i4"), homes, people, lines, lines_from, bearers, bearers_from, failed)


def _joined(pieces: Sequence[bytes], kind: np.dtype[np.void]) -> tuple[Array, Array]:
    """All rows one after the other, and where those of each piece begin."""
    rows = np.frombuffer(b"".join(pieces), kind)
    sizes = np.fromiter((len(piece) for piece in pieces), "i8", len(pieces)) // kind.itemsize
    return rows, np.concatenate((np.zeros(1, "i8"), np.cumsum(sizes, dtype="i8")))
