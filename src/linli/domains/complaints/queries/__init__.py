"""Reads of complaints, petitions, letters and public answers."""

from linli.domains.complaints.queries.answers import (
    answer_by_id,
    answers,
    draft_blots,
    months_public,
    public_answer,
    public_answers,
    said_of,
)
from linli.domains.complaints.queries.complaints import (
    clock_days,
    complaint,
    complaints,
    link_of,
    petition_of,
    remedies_of,
    remedy_by_id,
    staff_of_unit,
    units,
)
from linli.domains.complaints.queries.figures import (
    accepted_petitions,
    answers_up,
    held,
    raised,
    received,
    replied,
    replied_in_time,
    settled,
)
from linli.domains.complaints.queries.letters import content_of_letter, letter, letters, may_open, progress
from linli.domains.complaints.queries.receptions import is_entered, matter, open_matters, recent_sessions, session, sessions
from linli.domains.complaints.queries.tasks import desk_tasks

__all__ = [
    "accepted_petitions",
    "answer_by_id",
    "answers",
    "answers_up",
    "clock_days",
    "complaint",
    "complaints",
    "content_of_letter",
    "desk_tasks",
    "draft_blots",
    "held",
    "is_entered",
    "letter",
    "letters",
    "link_of",
    "matter",
    "may_open",
    "months_public",
    "open_matters",
    "petition_of",
    "progress",
    "public_answer",
    "public_answers",
    "raised",
    "received",
    "recent_sessions",
    "remedies_of",
    "remedy_by_id",
    "replied",
    "replied_in_time",
    "said_of",
    "session",
    "sessions",
    "settled",
    "staff_of_unit",
    "units",
]
