"""Forms of entitlements and monthly runs."""

from linli.kernel.entitlements.forms.acts import ConfirmRun, End, NewFunding, NewRun, OrderRun, Reason, Resume, Suspend
from linli.kernel.entitlements.forms.lists import EntitlementSearch, LineSearch, RunSearch, within

__all__ = [
    "ConfirmRun", "End", "EntitlementSearch", "LineSearch", "NewFunding", "NewRun", "OrderRun", "Reason", "Resume", "RunSearch",
    "Suspend", "within",
]  # fmt: skip
