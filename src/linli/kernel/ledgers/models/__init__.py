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
from linli.kernel.ledgers.models.payments import Batch, BatchLine, PaymentOrder, Recovery, ReturnFile

__all__ = [
    "Account",
    "Balance",
    "Batch",
    "BatchLine",
    "Benefit",
    "Exclusion",
    "Fund",
    "FundBalance",
    "FundPurpose",
    "Goods",
    "Line",
    "PaymentOrder",
    "Posting",
    "Purpose",
    "Recovery",
    "ReturnFile",
]
