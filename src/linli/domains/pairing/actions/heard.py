"""What follows when rows of the books were written: visits become due or not, and are done or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.pairing.rules import VISIT
from linli.kernel.access.rules import Actor
from linli.kernel.duties.actions import do_next, plan, take_back


def evidence_of(entry_id: int) -> str:
    """How a visit is named by the duty that it did."""
    return f"records.entry:{entry_id}"


def pairs_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Pairs were entered, corrected, ended or struck out: their visits fall due, or do so no more."""
    plan(by=by, on=on, duty=VISIT)


def visits_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A visit does the duty that is owed on its day; corrected or struck out, it is judged anew."""
    for entry in entries:
        if what in {"corrected", "struck"}:
            take_back(by=by, on=on, evidence=evidence_of(entry.pk), why=entry.why or "记录已更正")
        if what in {"added", "corrected"}:
            subject = entry.source.partition(":")[2]
            do_next(by=by, on=on, duty=VISIT, subject=subject, done_on=entry.day, evidence=evidence_of(entry.pk))
