"""Doors of complaints, petitions and receptions."""

from linli.domains.complaints.views.answers import answer, answers, take_down, write
from linli.domains.complaints.views.complaints import accused, complaint, complaints, supervise, take
from linli.domains.complaints.views.letters import letter, letters, set_aside
from linli.domains.complaints.views.petitions import accept, ask_remedy, decide_remedy, joint, paper, refuse, reply, report
from linli.domains.complaints.views.public import progress, public, public_answer, received, write_letter
from linli.domains.complaints.views.receptions import add_matter, hold, pass_matter, receptions

__all__ = [
    "accept",
    "accused",
    "add_matter",
    "answer",
    "answers",
    "ask_remedy",
    "complaint",
    "complaints",
    "decide_remedy",
    "hold",
    "joint",
    "letter",
    "letters",
    "paper",
    "pass_matter",
    "progress",
    "public",
    "public_answer",
    "received",
    "receptions",
    "refuse",
    "reply",
    "report",
    "set_aside",
    "supervise",
    "take",
    "take_down",
    "write",
    "write_letter",
]
