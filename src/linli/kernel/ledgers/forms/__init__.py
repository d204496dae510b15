"""Forms of the books: parse and check; nothing is saved here."""

from linli.kernel.ledgers.forms.debts import AskWriteOff, DecideWriteOff, PlanOf, StopPlan
from linli.kernel.ledgers.forms.funds import (
    AccountSearch,
    Basis,
    Ceiling,
    Decide,
    FundLines,
    FundSearch,
    Ground,
    MonthSearch,
    MorePurpose,
    NewAccount,
    NewFund,
    Reason,
    Receipt,
    Rename,
    VoucherSearch,
)
from linli.kernel.ledgers.forms.goods import (
    AdjustmentSearch,
    Count,
    Decision,
    GiveBack,
    HandOut,
    Loss,
    MoveGoods,
    MovementSearch,
    NewGoods,
    Purchase,
    SlipSearch,
    StockSearch,
)
from linli.kernel.ledgers.forms.payments import (
    BatchSearch,
    CheckBatch,
    LineSearch,
    Mend,
    NewBatch,
    OrderSearch,
    PayBack,
    PayFrom,
    ReturnUpload,
    Signed,
)

__all__ = [
    "AccountSearch", "AdjustmentSearch", "AskWriteOff", "Basis", "BatchSearch", "Ceiling", "CheckBatch", "Count", "Decide",
    "DecideWriteOff", "Decision", "FundLines", "FundSearch", "GiveBack", "Ground", "HandOut", "LineSearch", "Loss", "Mend",
    "MonthSearch", "MorePurpose", "MoveGoods", "MovementSearch", "NewAccount", "NewBatch", "NewFund", "NewGoods", "OrderSearch",
    "PayBack", "PayFrom", "PlanOf", "Purchase", "Reason", "Receipt", "Rename", "ReturnUpload", "Signed", "SlipSearch",
    "StockSearch", "StopPlan", "VoucherSearch",
]  # fmt: skip
