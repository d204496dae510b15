"""What follows when a register was written: a session of the joint office does the duty that is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.hall.actions.appointments import owe_closures
from linli.domains.hall.rules import OpenDays, minutes_of
from linli.domains.hall.rules.network import JOINT, SESSION_HOURS
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.duties.actions import do_next, take_back


def sessions_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A session of eight hours counts; a shorter one stands in the register and leaves the duty owed."""
    for entry in entries:
        evidence = f"records.entry:{entry.pk}"
        if what in {"corrected", "struck"}:
            take_back(by=by, on=on, evidence=evidence, why=entry.why or "记录已更正")
        if what in {"added", "corrected"}:
            _check(entry)
            if (hours := int(entry.values["hours"])) >= SESSION_HOURS:
                do_next(by=by, on=on, duty=JOINT, subject=entry.area, done_on=entry.day, minutes=hours * 60, evidence=evidence)


def _check(entry: Any) -> None:
    if int(entry.values["settled"]) > int(entry.values["raised"]):
        raise Refused("办结事项不能多于受理事项，请核对。", field="settled")


def hours_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A window that is open closes later than it opens. Who is booked for what is not offered any more is owed a message."""
    for entry in entries:
        if what in {"added", "corrected"} and entry.values["days"] != OpenDays.CLOSED.value:
            if minutes_of(str(entry.values["opens"])) >= minutes_of(str(entry.values["closes"])):
                raise Refused("关门时间应晚于开门时间，请核对。", field="closes")
    for hall in {entry.area for entry in entries}:
        owe_closures(hall, on)
