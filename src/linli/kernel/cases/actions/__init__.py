"""Everything that can be done with a case. Domains call these inside actions of their own, in one transaction."""

from linli.kernel.cases.actions.clocks import extend, mark_published, note, record_objection, resume_clock, stop_clock
from linli.kernel.cases.actions.decisions import decide
from linli.kernel.cases.actions.delegation import delegate
from linli.kernel.cases.actions.moving import batch_pass, close, pass_step, refuse, reopen, return_case, withdraw
from linli.kernel.cases.actions.opening import open_case
from linli.kernel.cases.actions.papers import ask_papers, receive_papers, waive_paper
from linli.kernel.cases.actions.tasks import assign_task, give_back_task, take_task, transfer

__all__ = [
    "ask_papers",
    "assign_task",
    "batch_pass",
    "close",
    "decide",
    "delegate",
    "extend",
    "give_back_task",
    "mark_published",
    "note",
    "open_case",
    "pass_step",
    "receive_papers",
    "record_objection",
    "refuse",
    "reopen",
    "resume_clock",
    "return_case",
    "stop_clock",
    "take_task",
    "transfer",
    "waive_paper",
    "withdraw",
]
