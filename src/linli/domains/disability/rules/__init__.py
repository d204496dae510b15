"""Words, programmes, the flow and the searches of the two subsidies."""

from linli.domains.disability.rules.facts import CARES, ENDED_AS, GIVING, KEEPING_OUT, STATES, Ended, Facts, facts_of
from linli.domains.disability.rules.flow import AID, FLOW
from linli.domains.disability.rules.programmes import CARE, GROUNDS, LIVING, MONEY
from linli.domains.disability.rules.searches import GROUP, SEARCHES

__all__ = [
    "AID", "CARE", "CARES", "ENDED_AS", "FLOW", "GIVING", "GROUNDS", "GROUP", "KEEPING_OUT", "LIVING", "MONEY", "SEARCHES",
    "STATES", "Ended", "Facts", "facts_of",
]  # fmt: skip
