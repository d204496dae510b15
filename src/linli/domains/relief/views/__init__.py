"""Pages of relief."""

from linli.domains.relief.views.giving import claim_back, consignments, give, pay, payments, share
from linli.domains.relief.views.postings import draft, pass_on, postings
from linli.domains.relief.views.requests import apply_for, find, request, requests, supplement, survey

__all__ = [
    "apply_for", "claim_back", "consignments", "draft", "find", "give", "pass_on", "pay", "payments", "postings", "request",
    "requests", "share", "supplement", "survey",
]  # fmt: skip
