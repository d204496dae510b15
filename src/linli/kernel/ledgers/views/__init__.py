"""Pages of the books."""

from linli.kernel.ledgers.views.batches import batch, batches, new_batch, sheet
from linli.kernel.ledgers.views.books import books, posting, reverse_posting
from linli.kernel.ledgers.views.funds import fund, funds, receive
from linli.kernel.ledgers.views.goods import adjustments, print_slip, slip, slips, stock, stock_card
from linli.kernel.ledgers.views.orders import cancel, mend, mending, order, orders, pay_back, recover, recoveries
from linli.kernel.ledgers.views.steps import bank_file, check, close, discard, lock, sign, take_return
from linli.kernel.ledgers.views.stores import adjustment, buy, count, give_back, hand_out, lose, new_goods

__all__ = [
    "adjustment", "adjustments", "bank_file", "batch", "batches", "books", "buy", "cancel", "check", "close", "count",
    "discard", "fund", "funds", "give_back", "hand_out", "lock", "lose", "mend", "mending", "new_batch", "new_goods",
    "order", "orders", "pay_back", "posting", "print_slip", "receive", "recover", "recoveries", "reverse_posting",
    "sheet", "sign", "slip", "slips", "stock", "stock_card", "take_return",
]  # fmt: skip
