"""Petitions of several people: how many there are and who speaks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from linli.domains.complaints.rules.words import Handing


@dataclass(frozen=True)
class Paper:
    """What is written down beside the order when a petition is taken. ``report_due``: of one that is assigned, when its result
    must be reported."""

    handing: Handing = Handing.TRANSFER
    report_due: date | None = None
    people: int = 1
    representatives: tuple[str, ...] = ()


def read_names(text: str) -> tuple[str, ...]:
    """Names that stand apart by commas, spaces or lines, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[、，,；;\s]+", text) if part))


def faults_of(paper: Paper, *, most: int, visit: bool, on: date) -> tuple[str, str] | None:
    """The first thing that is wrong: its field and words. ``visit``: they come in person, so that they have to choose.

    Source: 信访条例 §18, 信访工作条例 §20 (representatives, at most five); 信访条例 §21, 信访工作条例 §22 (assigned: with a day
    for the report). To be checked: both articles of 信访条例, and that §22 asks for the day.
    """
    names = len(paper.representatives)
    if paper.people > 1 and visit and not names:
        return "representatives", f"多人来访提出同一信访事项，应当推选代表，请填写代表姓名（不超过{most}人）。"
    if names > most:
        return "representatives", f"代表不得超过{most}人，现填了{names}人，请让来访人重新推选。"
    if names > paper.people or (names and paper.people == 1):
        return "people", "代表人数多于信访人数，请核对信访人数。"
    if paper.handing is Handing.ASSIGN and paper.report_due is None:
        return "report_due", "交办的应当写明报告结果的期限。"
    if paper.report_due is not None and paper.report_due <= on:
        return "report_due", "报告结果的期限应晚于今天，请修改。"
    return None
