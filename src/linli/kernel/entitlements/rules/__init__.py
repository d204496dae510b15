"""Words and pure rules of recurring money."""

from linli.kernel.entitlements.rules.money import Part, later, months_from, share_out
from linli.kernel.entitlements.rules.programme import Component, Programme, Unit, faults, lane, lanes_of
from linli.kernel.entitlements.rules.reckoning import Array, Asked, Reckoned
from linli.kernel.entitlements.rules.words import (
    CHANGES,
    ENDS,
    LIVING_RUNS,
    SUSPENDS,
    Basis,
    Deed,
    Difference,
    Fault,
    Ground,
    ItemKind,
    PartKind,
    RunState,
    State,
    state_in,
)
from linli.kernel.ledgers.rules import month_after, month_of

__all__ = [
    "CHANGES", "ENDS", "LIVING_RUNS", "SUSPENDS", "Array", "Asked", "Basis", "Component", "Deed", "Difference", "Fault", "Ground",
    "ItemKind", "Part", "PartKind", "Programme", "Reckoned", "RunState", "State", "Unit", "faults", "lane",
    "lanes_of", "later", "month_after", "month_of", "months_from", "share_out", "state_in",
]  # fmt: skip
