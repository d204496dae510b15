"""Reads of the pairing: the pairs with their visits and help, who owes a visit, and poor families without a pair."""

from linli.domains.pairing.queries.pairs import (
    PairLine,
    help_here,
    helps_of,
    owing,
    pair_here,
    pair_lines,
    source_of,
    unpaired,
    visits_of,
)

__all__ = ["PairLine", "help_here", "helps_of", "owing", "pair_here", "pair_lines", "source_of", "unpaired", "visits_of"]
