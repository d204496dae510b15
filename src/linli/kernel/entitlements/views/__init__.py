"""Pages of entitlements and monthly runs."""

from linli.kernel.entitlements.views.programmes import new_funding, overpaid, programme, programmes
from linli.kernel.entitlements.views.runs import confirm, discard, new_run, order, progress, redraft, run, runs, sheet
from linli.kernel.entitlements.views.standing import ask_back, end, entitlement, entitlements, resume, suspend

__all__ = [
    "ask_back", "confirm", "discard", "end", "entitlement", "entitlements", "new_funding", "new_run", "order", "overpaid",
    "programme", "programmes", "progress", "redraft", "resume", "run", "runs", "sheet", "suspend",
]  # fmt: skip
