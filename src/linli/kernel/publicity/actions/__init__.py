"""Writes: a notice's life, its proofs, and what residents say about it."""

from linli.kernel.publicity.actions.following import follow_notice, follow_objections
from linli.kernel.publicity.actions.messages import send_message
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
from linli.kernel.publicity.actions.proofs import add_proof
from linli.kernel.publicity.actions.renewing import renew_senders
from linli.kernel.publicity.actions.turns import address_of, has_turn, may_look_up, take_turn

__all__ = [
    "accept_objection",
    "add_proof",
    "address_of",
    "answer_objection",
    "dismiss_objection",
    "draft_notice",
    "extend_notice",
    "follow_notice",
    "follow_objections",
    "forget_senders",
    "has_turn",
    "may_look_up",
    "publish",
    "receive_inbox",
    "receive_objection",
    "renew_senders",
    "send_message",
    "take_down_due",
    "take_turn",
    "withdraw_notice",
]
