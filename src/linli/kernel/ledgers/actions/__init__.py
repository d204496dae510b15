"""Writes of the books."""

from linli.kernel.ledgers.actions.adjusting import approve_adjustment, count_goods, refuse_adjustment, report_loss
from linli.kernel.ledgers.actions.batches import (
    archive_batch,
    check_batch,
    discard_batch,
    lock_batch,
    make_batch,
    reconcile_batch,
    send_batch,
)
from linli.kernel.ledgers.actions.benefits import claim_benefit, exclude_groups, helped_already, release_benefit
from linli.kernel.ledgers.actions.books import (
    allow_purpose,
    open_account,
    open_fund,
    open_goods,
    open_purpose,
)
from linli.kernel.ledgers.actions.cards import issue_card, lose_card, replace_card, settle_shop, use_card, withdraw_card
from linli.kernel.ledgers.actions.changes import ask_ceiling, ask_close, ask_purpose, decide_change, rename_fund
from linli.kernel.ledgers.actions.debts import agree_plan, ask_write_off, decide_write_off, stop_plan
from linli.kernel.ledgers.actions.goods import (
    bring_in_goods,
    buy_goods,
    furnish_rooms,
    give_back_goods,
    hand_out_goods,
    move_goods,
)
from linli.kernel.ledgers.actions.money import move_money, receive, reverse, spend, transfer
from linli.kernel.ledgers.actions.months import Closed, ask_reopening, close_month, close_months, reopen_month
from linli.kernel.ledgers.actions.orders import (
    Ordered,
    cancel_order,
    mend_order,
    order_in_chunks,
    order_payment,
    order_payments,
)
from linli.kernel.ledgers.actions.recovering import receive_recovered, recover, recover_part
from linli.kernel.ledgers.actions.settling import Settled, settle_by_hand, settle_return
from linli.kernel.ledgers.actions.works import do_work, fail_work, order_making, order_sending, order_settling

__all__ = [
    "Closed",
    "Ordered",
    "Settled",
    "agree_plan",
    "allow_purpose",
    "approve_adjustment",
    "archive_batch",
    "ask_ceiling",
    "ask_close",
    "ask_purpose",
    "ask_reopening",
    "ask_write_off",
    "bring_in_goods",
    "buy_goods",
    "cancel_order",
    "check_batch",
    "claim_benefit",
    "close_month",
    "close_months",
    "count_goods",
    "decide_change",
    "decide_write_off",
    "discard_batch",
    "do_work",
    "exclude_groups",
    "fail_work",
    "furnish_rooms",
    "give_back_goods",
    "hand_out_goods",
    "helped_already",
    "issue_card",
    "lock_batch",
    "lose_card",
    "make_batch",
    "mend_order",
    "move_goods",
    "move_money",
    "open_account",
    "open_fund",
    "open_goods",
    "open_purpose",
    "order_in_chunks",
    "order_making",
    "order_payment",
    "order_payments",
    "order_sending",
    "order_settling",
    "receive",
    "receive_recovered",
    "reconcile_batch",
    "recover",
    "recover_part",
    "refuse_adjustment",
    "release_benefit",
    "rename_fund",
    "reopen_month",
    "replace_card",
    "report_loss",
    "reverse",
    "send_batch",
    "settle_by_hand",
    "settle_return",
    "settle_shop",
    "spend",
    "stop_plan",
    "transfer",
    "use_card",
    "withdraw_card",
]
