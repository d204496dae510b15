"""Claims of the present scope, what they come to, and what the case page shows."""

from linli.domains.disability.queries.claims import (
    aside,
    cares_of,
    claim,
    claim_of_case,
    claim_of_person,
    claims,
    drawn,
    panel,
    standing,
)
from linli.domains.disability.queries.judging import answered, facts_in, judge, known_on, part
from linli.domains.disability.queries.reckoning import articles, care_month, care_told, living_month, living_told

__all__ = [
    "answered", "articles", "aside", "care_month", "care_told", "cares_of", "claim", "claim_of_case", "claim_of_person", "claims",
    "drawn",
    "facts_in", "judge", "known_on", "living_month", "living_told", "panel", "part", "standing",
]  # fmt: skip
