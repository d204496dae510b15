"""Writes: campaigns, applications, notices, grants and what follows from objections."""

from linli.domains.charity.actions.applications import apply, apply_at_the_door, correct_application
from linli.domains.charity.actions.audits import (
    conclude_audit,
    draw_samples,
    find,
    judge_sample,
    mend_finding,
    open_audit,
    publish_audit,
)
from linli.domains.charity.actions.campaigns import add_payer, close_campaign, open_campaign, set_quota
from linli.domains.charity.actions.doubts import answer_doubt, look_for_doubts
from linli.domains.charity.actions.grants import cancel_aid, give_aid, on_closed, store_decision
from linli.domains.charity.actions.notices import (
    draft_list,
    draft_notice_for,
    hear_objection,
    pass_noticed,
    publish_list,
    show_notice,
)

__all__ = [
    "add_payer",
    "answer_doubt",
    "apply",
    "apply_at_the_door",
    "cancel_aid",
    "close_campaign",
    "conclude_audit",
    "correct_application",
    "draft_list",
    "draft_notice_for",
    "draw_samples",
    "find",
    "give_aid",
    "hear_objection",
    "judge_sample",
    "look_for_doubts",
    "mend_finding",
    "on_closed",
    "open_audit",
    "open_campaign",
    "pass_noticed",
    "publish_audit",
    "publish_list",
    "set_quota",
    "show_notice",
    "store_decision",
]
