"""What assistance adds to the law: flows, notices, evidence, programmes of money."""

from linli.domains.assistance.rules.evidence import CAUSES, FIVE, REGISTERS, SCOPE, Source, VisitKind, lot
from linli.domains.assistance.rules.flow import FLOWS, REFUSALS, SCHEMES, VERIFY, scheme_for
from linli.domains.assistance.rules.notices import NOTICES, kinds_at, posted_as
from linli.domains.assistance.rules.proposal import bound_by_law, supposed
from linli.domains.assistance.rules.wishes import WishState

__all__ = [
    "CAUSES", "FIVE", "FLOWS", "NOTICES", "REFUSALS", "REGISTERS", "SCHEMES", "SCOPE", "VERIFY", "Source", "VisitKind",
    "WishState", "bound_by_law", "kinds_at", "lot", "posted_as", "scheme_for", "supposed",
]  # fmt: skip
