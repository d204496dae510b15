"""Writes of the books."""

from linli.kernel.ledgers.actions.benefits import claim_benefit, exclude_groups, release_benefit
from linli.kernel.ledgers.actions.books import (
    allow_purpose,
    open_account,
    open_fund,
    open_goods,
    open_purpose,
)
from linli.kernel.ledgers.actions.goods import bring_in_goods, hand_out_goods, move_goods
from linli.kernel.ledgers.actions.money import receive, reverse, spend, transfer

__all__ = [
    "allow_purpose",
    "bring_in_goods",
    "claim_benefit",
    "exclude_groups",
    "hand_out_goods",
    "move_goods",
    "open_account",
    "open_fund",
    "open_goods",
    "open_purpose",
    "receive",
    "release_benefit",
    "reverse",
    "spend",
    "transfer",
]
