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
from linli.kernel.ledgers.models.cards import Card, CardUse
from linli.kernel.ledgers.models.changes import FundChange
from linli.kernel.ledgers.models.debts import AgreedSum, Plan, Recovery, WriteOff
from linli.kernel.ledgers.models.goods import Adjustment, Slip
from linli.kernel.ledgers.models.months import MonthEnd
from linli.kernel.ledgers.models.payments import Batch, BatchLine, PaymentOrder, ReturnFile
from linli.kernel.ledgers.models.works import BatchWork, WorkProgress

__all__ = [
    "Account",
    "Adjustment",
    "AgreedSum",
    "Balance",
    "Batch",
    "BatchLine",
    "BatchWork",
    "Benefit",
    "Card",
    "CardUse",
    "Exclusion",
    "Fund",
    "FundBalance",
    "FundChange",
    "FundPurpose",
    "Goods",
    "Line",
    "MonthEnd",
    "PaymentOrder",
    "Plan",
    "Posting",
    "Purpose",
    "Recovery",
    "ReturnFile",
    "Slip",
    "WorkProgress",
    "WriteOff",
]
