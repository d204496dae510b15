"""Tables of recurring money."""

from linli.kernel.entitlements.models.runs import Funding, FundingPart, Issue, Run, RunItem, RunLine, RunPart, RunProgress
from linli.kernel.entitlements.models.standing import Amount, Arrear, Covered, Decision, Entitlement, Spell, Suspension

__all__ = [
    "Amount", "Arrear", "Covered", "Decision", "Entitlement", "Funding", "FundingPart", "Issue", "Run", "RunItem", "RunLine",
    "RunPart", "RunProgress", "Spell", "Suspension",
]  # fmt: skip
