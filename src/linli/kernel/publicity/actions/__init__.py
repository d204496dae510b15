"""Writes: a notice's life, its proofs, and what residents say about it."""

from linli.kernel.publicity.actions.notices import (
    draft_notice,
    extend_notice,
    forget_senders,
    publish,
    take_down_due,
    withdraw_notice,
)
from linli.kernel.publicity.actions.objections import (
    accept_objection,
    answer_objection,
    dismiss_objection,
    receive_inbox,
    receive_objection,
)

__all__ = [
    "accept_objection",
    "answer_objection",
    "dismiss_objection",
    "draft_notice",
    "extend_notice",
    "forget_senders",
    "publish",
    "receive_inbox",
    "receive_objection",
    "take_down_due",
    "withdraw_notice",
]
