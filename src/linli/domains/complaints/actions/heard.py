"""What follows when a register was written: a reception does the duty that is owed; an order has a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.complaints.rules import RECEPTION, MatterResult, Occasion
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.duties.actions import do_next, take_back

OWED = {Occasion.DEPUTY, Occasion.STREET}


def sessions_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A reception by a deputy or a leader of the street counts for its month; visits from above and talks do not."""
    for entry in entries:
        evidence = f"records.entry:{entry.pk}"
        if what in {"corrected", "struck"}:
            take_back(by=by, on=on, evidence=evidence, why=entry.why or "记录已更正")
        if what in {"added", "corrected"} and entry.values["occasion"] in OWED:
            do_next(by=by, on=on, duty=RECEPTION, subject=entry.area, done_on=entry.day, evidence=evidence)


def matters_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """What is said to have become an order names its number."""
    if what not in {"added", "corrected"}:
        return
    for entry in entries:
        if (entry.values["result"] == MatterResult.ORDER) != bool(entry.values.get("number")):
            raise Refused("已转工单的请填写工单号；没有转的不填。可在未解决事项页面直接转工单。", field="number")

