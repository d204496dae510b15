"""Writes: letters, complaints and petitions taken, petitions answered, answers made public, receptions."""

from linli.domains.complaints.actions.answers import judge_answer, take_down, write_answer
from linli.domains.complaints.actions.letters import forget_letters, renew_letters, send_letter, set_letter_aside, take_letter
from linli.domains.complaints.actions.petitions import (
    accept,
    ask_remedy,
    decide_remedy,
    enter_joint,
    refuse,
    renew_names,
    reply,
    report_result,
    to_report,
)
from linli.domains.complaints.actions.receptions import add_matter, pass_matter, still_open
from linli.domains.complaints.actions.taking import take_complaint

__all__ = [
    "accept",
    "add_matter",
    "ask_remedy",
    "decide_remedy",
    "enter_joint",
    "forget_letters",
    "judge_answer",
    "pass_matter",
    "refuse",
    "renew_letters",
    "renew_names",
    "reply",
    "report_result",
    "send_letter",
    "set_letter_aside",
    "still_open",
    "take_complaint",
    "take_down",
    "take_letter",
    "to_report",
    "write_answer",
]
