"""Writes: taking an application, its facts and evidence, postings, decisions, verification and the end of help."""

from linli.domains.assistance.actions.applications import HELD, apply, open_verification
from linli.domains.assistance.actions.checks import (
    answering,
    ask_check,
    correct_answer,
    dispute_answer,
    enter_check,
    fetch_check,
    note_answer,
    take_answer,
)
from linli.domains.assistance.actions.decisions import end, grant, tell
from linli.domains.assistance.actions.delegating import (
    agree_delegation,
    check_sample,
    delegate,
    refuse_delegation,
    withdraw_delegation,
)
from linli.domains.assistance.actions.facts import (
    add_line,
    add_supporter,
    correct_member,
    declare_kin,
    record_consents,
    revoke_consents,
    strike_line,
    strike_supporter,
)
from linli.domains.assistance.actions.notices import draft_posting, hear_objection, pass_posted
from linli.domains.assistance.actions.registers import (
    files_changed,
    homes_inspected,
    inspections_changed,
    services_changed,
)
from linli.domains.assistance.actions.trials import compute_trial, fail_trial, order_trial
from linli.domains.assistance.actions.visits import add_photo, record_appraisal, save_visit, strike_visit
from linli.domains.assistance.actions.wishes import (
    Sent,
    ask_on_web,
    decline_wish,
    forget_wishes,
    renew_wishes,
    reveal_wish,
    take_wish,
)

__all__ = [
    "HELD",
    "Sent",
    "add_line",
    "add_photo",
    "add_supporter",
    "agree_delegation",
    "answering",
    "apply",
    "ask_check",
    "ask_on_web",
    "check_sample",
    "compute_trial",
    "correct_answer",
    "correct_member",
    "declare_kin",
    "decline_wish",
    "delegate",
    "dispute_answer",
    "draft_posting",
    "end",
    "enter_check",
    "fail_trial",
    "fetch_check",
    "files_changed",
    "forget_wishes",
    "grant",
    "hear_objection",
    "homes_inspected",
    "inspections_changed",
    "note_answer",
    "open_verification",
    "order_trial",
    "pass_posted",
    "record_appraisal",
    "record_consents",
    "refuse_delegation",
    "renew_wishes",
    "reveal_wish",
    "revoke_consents",
    "save_visit",
    "services_changed",
    "strike_line",
    "strike_supporter",
    "strike_visit",
    "take_answer",
    "take_wish",
    "tell",
    "withdraw_delegation",
]  # fmt: skip
