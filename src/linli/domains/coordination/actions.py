"""What must be true of a row beyond its own fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.kernel.access.rules import Actor, Refused
from linli.kernel.registry.queries import person_by_id


def partner_aid_entered(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Help of another department goes to somebody who lived on its day."""
    for entry in entries if what in {"added", "corrected"} else ():
        person = person_by_id(entry.person_id)
        if person is not None and person.died_on is not None and person.died_on < entry.day:
            raise Refused(f"{person.name}在{entry.day}之前已经去世，请核对救助日期。", field="day")
