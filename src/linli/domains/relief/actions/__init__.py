"""Taking requests, what decisions bring about, notices, money and goods."""

from linli.domains.relief.actions.decisions import look_back
from linli.domains.relief.actions.giving import claim_back, give_goods, order_money, share_goods
from linli.domains.relief.actions.notices import draft_posting, hear_objection, pass_posted
from linli.domains.relief.actions.requests import Applicant, applicant, apply, locate, record_survey

__all__ = [
    "Applicant", "applicant", "apply", "claim_back", "draft_posting", "give_goods", "hear_objection", "locate",
    "look_back", "order_money", "pass_posted", "record_survey", "share_goods",
]  # fmt: skip
