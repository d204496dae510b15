"""What happened in a case, as the rules see it; a case is nothing but the sum of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.base.days import Term
from linli.base.named import Named
from linli.kernel.cases.rules.flow import OPENING, FlowStep, Ground


class Kind(Named):
    """The kinds of events."""

    OPENED = "opened", "受理"
    PASSED = "passed", "通过"
    REFUSED = "refused", "驳回"
    RETURNED = "returned", "退回"
    WITHDRAWN = "withdrawn", "撤回"
    PAPERS_ASKED = "papers_asked", "告知补正"
    PAPERS_RECEIVED = "papers_received", "收到材料"
    PAPER_WAIVED = "paper_waived", "材料免交"
    STOPPED = "stopped", "停止计时"
    RESUMED = "resumed", "恢复计时"
    EXTENDED = "extended", "延长期限"
    TRANSFERRED = "transferred", "转办"
    ASSIGNED = "assigned", "指派"
    DELEGATED = "delegated", "委托办理"
    DECIDED = "decided", "作出决定"
    PUBLISHED = "published", "公示"
    OBJECTION = "objection", "收到异议"
    CLOSED = "closed", "办结"
    REOPENED = "reopened", "重新办理"
    NOTE = "note", "备注"

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
