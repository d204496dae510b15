"""Doors: notices and objections for the staff, and the pages for residents."""

from linli.kernel.publicity.views.notices import extend, notice, notices, print_notice, prove, withdraw
from linli.kernel.publicity.views.objections import collect, objection, objections, receive, sender
from linli.kernel.publicity.views.public import public_list, public_message, public_notice, public_received

__all__ = [
    "collect",
    "extend",
    "notice",
    "notices",
    "objection",
    "objections",
    "print_notice",
    "prove",
    "public_list",
    "public_message",
    "public_notice",
    "public_received",
    "receive",
    "sender",
    "withdraw",
]
