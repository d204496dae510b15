"""Words and pure rules of the books."""

from linli.kernel.ledgers.rules.benefits import AlreadyHelped, town_of
from linli.kernel.ledgers.rules.books import (
    CHART,
    FEN,
    AccountKind,
    Cost,
    Entry,
    FundKind,
    FundLevel,
    PostingKind,
    is_balanced,
    source_code,
)
from linli.kernel.ledgers.rules.shares import fill_in_order, parts_of

__all__ = [
    "CHART",
    "FEN",
    "AccountKind",
    "AlreadyHelped",
    "Cost",
    "Entry",
    "FundKind",
    "FundLevel",
    "PostingKind",
    "fill_in_order",
    "is_balanced",
    "parts_of",
    "source_code",
    "town_of",
]
