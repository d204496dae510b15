"""What a run asks of a domain's calculator, and what it answers: columns, so that a million households are one call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Asked:
    """A month of a programme: the ids of its entitlements in ascending order, their households (0: none) and holders.

    The calculator runs inside the run's transaction and range of areas and reads what it needs itself.
    """

    programme: str
    month: date
    entitlements: Array
    households: Array
    persons: Array

    def __len__(self) -> int:
        return len(self.entitlements)


@dataclass(frozen=True)
class Reckoned:
    """What each entitlement should be, row by row as asked: fen by component, and a mask of the programme's reasons.

    ``known``: where it is False nothing could be computed (facts missing), and the decided amount stays as it is.
    """

    amounts: Mapping[str, Array]
    reasons: Array
    known: Array | None = field(default=None)

    def fault(self, asked: Asked, components: frozenset[str]) -> str:
        """What is wrong with an answer, for its author; "" when nothing is."""
        columns = {**self.amounts, "reasons": self.reasons} | ({} if self.known is None else {"known": self.known})
        if unknown := sorted(set(self.amounts) - components):
            return f"{asked.programme}: the calculator names unknown components {unknown}"
        if short := sorted(name for name, column in columns.items() if len(column) != len(asked)):
            return f"{asked.programme}: the calculator's columns {short} are not as long as what was asked"
        if any((column < 0).any() for column in self.amounts.values()):
            return f"{asked.programme}: the calculator answers with an amount below zero"
        return ""
