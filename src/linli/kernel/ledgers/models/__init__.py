"""Tables of the books."""

from linli.kernel.ledgers.models.benefits import Benefit, Exclusion
from linli.kernel.ledgers.models.books import (
    Account,
    Balance,
    Fund,
    FundBalance,
    FundPurpose,
    Goods,
    Line,
    Posting,
    Purpose,
)

__all__ = [
    "Account",
    "Balance",
    "Benefit",
    "Exclusion",
    "Fund",
    "FundBalance",
    "FundPurpose",
    "Goods",
    "Line",
    "Posting",
    "Purpose",
]
