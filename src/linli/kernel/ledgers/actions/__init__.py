"""Writes of the books."""

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
from linli.kernel.ledgers.actions.goods import bring_in_goods, hand_out_goods, move_goods
from linli.kernel.ledgers.actions.money import move_money, receive, reverse, spend, transfer
from linli.kernel.ledgers.actions.orders import (
    Ordered,
    cancel_order,
    mend_order,
    order_in_chunks,
    order_payment,
    order_payments,
)
from linli.kernel.ledgers.actions.recovering import receive_recovered, recover
from linli.kernel.ledgers.actions.settling import Settled, settle_by_hand, settle_return

__all__ = [
    "Ordered",
    "Settled",
    "allow_purpose",
    "archive_batch",
    "bring_in_goods",
    "cancel_order",
    "check_batch",
    "claim_benefit",
    "discard_batch",
    "exclude_groups",
    "hand_out_goods",
    "helped_already",
    "lock_batch",
    "make_batch",
    "mend_order",
    "move_goods",
    "move_money",
    "open_account",
    "open_fund",
    "open_goods",
    "open_purpose",
    "order_in_chunks",
    "order_payment",
    "order_payments",
    "receive",
    "receive_recovered",
    "reconcile_batch",
    "recover",
    "release_benefit",
    "reverse",
    "send_batch",
    "settle_by_hand",
    "settle_return",
    "spend",
    "transfer",
]
