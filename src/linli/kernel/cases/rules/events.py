"""What happened in a case, as the rules see it; a case is nothing but the sum of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.base.days import Term
from linli.kernel.cases.rules.flow import OPENING, FlowStep, Ground


class Kind(StrEnum):
    """The kinds of events."""

    OPENED = "opened"
    PASSED = "passed"
    REFUSED = "refused"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    PAPERS_ASKED = "papers_asked"
    PAPERS_RECEIVED = "papers_received"
    PAPER_WAIVED = "paper_waived"
    STOPPED = "stopped"
    RESUMED = "resumed"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    DELEGATED = "delegated"
    DECIDED = "decided"
    PUBLISHED = "published"
    OBJECTION = "objection"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOTE = "note"

    @property
    def zh(self) -> str:
        return KIND_NAMES[self]


KIND_NAMES: dict[Kind, str] = {
    Kind.OPENED: "受理",
    Kind.PASSED: "通过",
    Kind.REFUSED: "驳回",
    Kind.RETURNED: "退回",
    Kind.WITHDRAWN: "撤回",
    Kind.PAPERS_ASKED: "告知补正",
    Kind.PAPERS_RECEIVED: "收到材料",
    Kind.PAPER_WAIVED: "材料免交",
    Kind.STOPPED: "停止计时",
    Kind.RESUMED: "恢复计时",
    Kind.EXTENDED: "延长期限",
    Kind.TRANSFERRED: "转办",
    Kind.ASSIGNED: "指派",
    Kind.DELEGATED: "委托办理",
    Kind.DECIDED: "作出决定",
    Kind.PUBLISHED: "公示",
    Kind.OBJECTION: "收到异议",
    Kind.CLOSED: "办结",
    Kind.REOPENED: "重新办理",
    Kind.NOTE: "备注",
}

JUDGING = frozenset({Kind.PASSED, Kind.REFUSED, Kind.RETURNED, Kind.DECIDED})
"""Events by which a person has taken part in the judgement of a step."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: on which day, at which step, leading to which step, by whom, and what it did to the clock."""

    kind: Kind
    day: date
    step: str = ""
    to: str = ""
    staff: int | None = None
    stops: Ground | None = None
    until: date | None = None
    resumes: Ground | None = None
    extends: Term | None = None


def barred(happenings: Sequence[Happening], step: FlowStep) -> frozenset[int]:
    """The staff who may not act at this step, because it judges work of theirs (no one approves own work)."""
    found = set()
    for event in happenings:
        opened = event.kind is Kind.OPENED and OPENING in step.second_person_to
        judged = event.kind in JUDGING and event.step in step.second_person_to
        if event.staff is not None and (opened or judged):
            found.add(event.staff)
    return frozenset(found)


def entered(happenings: Sequence[Happening]) -> int:
    """The index of the event by which the case came to its present step; -1 when there is none."""
    return next((i for i in range(len(happenings) - 1, -1, -1) if happenings[i].to), -1)


def asked_before(happenings: Sequence[Happening], step: str) -> bool:
    """Whether missing papers have been asked for at this step already (一次性告知: once)."""
    return any(event.kind is Kind.PAPERS_ASKED and event.step == step for event in happenings)


def decided_here(happenings: Sequence[Happening]) -> bool:
    """Whether a decision has been stored since the case came to its present step."""
    return any(event.kind is Kind.DECIDED for event in happenings[entered(happenings) + 1 :])
