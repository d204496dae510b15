"""Reads: kinds, notices, how a case stands with its notice, objections, and what everybody may read."""

from linli.kernel.publicity.queries.desk import desk_tasks
from linli.kernel.publicity.queries.kinds import listeners, notice_kind, notice_kinds
from linli.kernel.publicity.queries.notices import (
    cases_on_show,
    districts_due,
    items_of,
    kinds_used,
    notice,
    notice_passed,
    notice_standing,
    notice_standings,
    notices,
    notices_due,
    notices_of_case,
    notices_passed,
    proof,
    proofs_of,
)
from linli.kernel.publicity.queries.objections import (
    districts_waiting,
    objection,
    objections,
    objections_overdue,
    sealed_sender,
    sender_of,
    waiting_in_inbox,
)
from linli.kernel.publicity.queries.published import (
    choices_published,
    has_item,
    published,
    published_items,
    published_notice,
)
from linli.kernel.publicity.queries.sheets import Sheet, sheet
from linli.kernel.publicity.queries.strangers import as_phone, ask_public, code_fits, code_of, communities, phone_digests

__all__ = [
    "Sheet",
    "as_phone",
    "ask_public",
    "cases_on_show",
    "choices_published",
    "code_fits",
    "code_of",
    "communities",
    "desk_tasks",
    "districts_due",
    "districts_waiting",
    "has_item",
    "items_of",
    "kinds_used",
    "listeners",
    "notice",
    "notice_kind",
    "notice_kinds",
    "notice_passed",
    "notice_standing",
    "notice_standings",
    "notices",
    "notices_due",
    "notices_of_case",
    "notices_passed",
    "objection",
    "objections",
    "objections_overdue",
    "phone_digests",
    "proof",
    "proofs_of",
    "published",
    "published_items",
    "published_notice",
    "sealed_sender",
    "sender_of",
    "sheet",
    "waiting_in_inbox",
]
