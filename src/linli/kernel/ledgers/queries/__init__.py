"""Reads of the books."""

from linli.kernel.ledgers.queries.benefits import benefits_of, benefits_of_source
from linli.kernel.ledgers.queries.books import (
    account_of,
    find_fund,
    free_of,
    fund_of,
    funds,
    goods_balances,
    lines_of,
    purposes,
    spent_by,
    statement,
    trial_balance,
)

__all__ = [
    "account_of",
    "benefits_of",
    "benefits_of_source",
    "find_fund",
    "free_of",
    "fund_of",
    "funds",
    "goods_balances",
    "lines_of",
    "purposes",
    "spent_by",
    "statement",
    "trial_balance",
]
