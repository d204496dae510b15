"""How soon a single payment is to be with its family: no law says it, a district may."""

from __future__ import annotations

from linli.kernel.standards.rules.keys import Group, Key

WITHIN = "payment.within"
PAYMENTS = Group(
    "单笔付款", (Key(WITHIN, "付款单开出后几个工作日内发放到账", "count", least=1, most=60),),
    "linli.kernel.standards.queries.no_law",
)  # fmt: skip
"""A month's money has its own day (低保, 特困); what is ordered one by one has the one that the district sets."""
