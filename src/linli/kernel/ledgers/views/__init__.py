"""Pages of the books."""

from linli.kernel.ledgers.views.batches import batch, batches, new_batch, sheet
from linli.kernel.ledgers.views.books import books, posting, reverse_posting
from linli.kernel.ledgers.views.changes import ceiling, close_fund, decide, purpose, rename
from linli.kernel.ledgers.views.debts import decide_write_off, pay_back, plan, recoveries, recovery, stop_plan, write_off
from linli.kernel.ledgers.views.funds import accounts, fund, funds, new_account, new_fund, receive
from linli.kernel.ledgers.views.goods import adjustments, print_slip, slip, slips, stock, stock_card
from linli.kernel.ledgers.views.months import ask_reopening, close_month, close_months, month, months, reopen
from linli.kernel.ledgers.views.orders import cancel, mend, mending, order, orders, recover
from linli.kernel.ledgers.views.steps import archive, bank_file, check, discard, lock, reconcile, sign, take_return
from linli.kernel.ledgers.views.stores import adjustment, buy, count, give_back, hand_out, lose, move, new_goods
from linli.kernel.ledgers.views.works import progress, work

__all__ = [
    "accounts", "adjustment", "adjustments", "archive", "ask_reopening", "bank_file", "batch", "batches", "books", "buy",
    "cancel", "ceiling", "check", "close_fund", "close_month", "close_months", "count", "decide", "decide_write_off",
    "discard", "fund", "funds", "give_back", "hand_out", "lock", "lose", "mend", "mending", "month", "months", "move",
    "new_account", "new_batch", "new_fund", "new_goods", "order", "orders", "pay_back", "plan", "posting", "print_slip",
    "progress", "purpose", "receive", "reconcile", "recover", "recoveries", "recovery", "rename", "reopen", "reverse_posting",
    "sheet", "sign", "slip", "slips", "stock", "stock_card", "stop_plan", "take_return", "work", "write_off",
]  # fmt: skip
