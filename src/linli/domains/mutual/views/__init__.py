"""Pages of community aid funds."""

from linli.domains.mutual.views.funds import account, bank, found, fund, funds, gifts, give, strike
from linli.domains.mutual.views.requests import ask, meet, meeting, pay, request, void, vote, withdraw

__all__ = [
    "account", "ask", "bank", "found", "fund", "funds", "gifts", "give", "meet", "meeting", "pay", "request", "strike", "void",
    "vote", "withdraw",
]  # fmt: skip
