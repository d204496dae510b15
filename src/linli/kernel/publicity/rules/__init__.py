"""What may be public, how it is shown, and when a case may go on. Plain Python."""

from linli.kernel.publicity.rules.kinds import LawfulField, Minors, NoticeKind, Place, Show, Who
from linli.kernel.publicity.rules.rows import Entry, NotLawful, prepare_rows
from linli.kernel.publicity.rules.scanner import OFFICE, Finding, personal_data_in
from linli.kernel.publicity.rules.states import (
    OPEN,
    RECEIPT,
    Channel,
    MessageKind,
    NoticeEvent,
    NoticeState,
    ObjectionEvent,
    ObjectionState,
    Standing,
    case_id_of,
    case_ref,
    receipt_of,
)

__all__ = [
    "OFFICE",
    "OPEN",
    "RECEIPT",
    "Channel",
    "Entry",
    "Finding",
    "LawfulField",
    "MessageKind",
    "Minors",
    "NotLawful",
    "NoticeEvent",
    "NoticeKind",
    "NoticeState",
    "ObjectionEvent",
    "ObjectionState",
    "Place",
    "Show",
    "Standing",
    "Who",
    "case_id_of",
    "case_ref",
    "personal_data_in",
    "prepare_rows",
    "receipt_of",
]
