"""Pages of the books."""

from linli.kernel.ledgers.views.batches import batch, batches, new_batch, sheet
from linli.kernel.ledgers.views.books import books, posting, reverse_posting
from linli.kernel.ledgers.views.funds import fund, funds, receive
from linli.kernel.ledgers.views.orders import cancel, mend, mending, order, orders, pay_back, recover, recoveries
from linli.kernel.ledgers.views.steps import bank_file, check, close, discard, lock, sign, take_return

__all__ = [
    "bank_file", "batch", "batches", "books", "cancel", "check", "close", "discard", "fund", "funds", "lock", "mend",
    "mending", "new_batch", "order", "orders", "pay_back", "posting", "receive", "recover", "recoveries",
    "reverse_posting", "sheet", "sign", "take_return",
]  # fmt: skip
