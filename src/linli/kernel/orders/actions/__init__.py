"""Writes: taking, sending, handling, calling back, desks, cohorts."""

from linli.kernel.orders.actions.accused import set_accused
from linli.kernel.orders.actions.calling import call_back, merge, reopen
from linli.kernel.orders.actions.checking import check_call, draw_calls, draw_last_week
from linli.kernel.orders.actions.cohorts import ask_omission, freeze, rule_omission
from linli.kernel.orders.actions.confidence import name_reader, note_opened, renew_seals, reveal_phone
from linli.kernel.orders.actions.desks import close_desk, fit_desk, keep_desk, open_area_desks, pause_desk
from linli.kernel.orders.actions.dispatching import (
    ask_help,
    dispatch,
    give_back,
    give_help,
    proposed,
    rule_return,
    withdraw,
)
from linli.kernel.orders.actions.handling import (
    ask_stop,
    ask_time,
    contact,
    handle,
    resume,
    rule_time,
    settle_with,
    sign,
    supervise,
    supervise_late,
)
from linli.kernel.orders.actions.own import OwnTaken, own_order, own_taken
from linli.kernel.orders.actions.supplementing import LARGEST, PICTURES, add_picture, renew_pictures, supplement
from linli.kernel.orders.actions.taking import Intake, Taken, answer_at_once, take

__all__ = [
    "LARGEST",
    "PICTURES",
    "Intake",
    "OwnTaken",
    "Taken",
    "add_picture",
    "answer_at_once",
    "ask_help",
    "ask_omission",
    "ask_stop",
    "ask_time",
    "call_back",
    "check_call",
    "close_desk",
    "contact",
    "dispatch",
    "draw_calls",
    "draw_last_week",
    "fit_desk",
    "freeze",
    "give_back",
    "give_help",
    "handle",
    "keep_desk",
    "merge",
    "name_reader",
    "note_opened",
    "open_area_desks",
    "own_order",
    "own_taken",
    "pause_desk",
    "proposed",
    "renew_pictures",
    "renew_seals",
    "reopen",
    "resume",
    "reveal_phone",
    "rule_omission",
    "rule_return",
    "rule_time",
    "set_accused",
    "settle_with",
    "sign",
    "supervise",
    "supervise_late",
    "supplement",
    "take",
    "withdraw",
]
