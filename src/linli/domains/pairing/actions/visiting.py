"""A visit is entered once: as a row of the book, which also does the duty."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.pairing.books import VISITS
from linli.domains.pairing.queries import pair_here, source_of
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.records.actions import add_entry
from linli.kernel.records.rules import EntryState


@action("pairing.visit")
def record_visit(
    *, by: Actor, on: date, pair_id: int, day: date, way: str, found: str, needs: str = "", photo: Any = None
) -> Any:
    """The family of a pair was visited on a day. Family and office are known from the pair.

    :raises Refused: the pair is over, or the day lies before it began.
    """
    pair = running_pair(by, pair_id, day)
    values = {
        "household": pair.household_id, "helper": pair.values["helper"], "day": day.isoformat(), "way": way, "found": found,
        "needs": needs or None,
    }  # fmt: skip
    files = {"photo": photo} if photo else {}
    row = add_entry(by=by, on=on, book=VISITS.key, values=values, files=files, source=source_of(pair.pk))
    about("pairing.visit", row.pk, area=row.area, pair=pair.pk)
    return row


def running_pair(by: Actor, pair_id: int, day: date) -> Any:
    """The pair, which has to stand on the day."""
    pair = pair_here(by=by, entry_id=pair_id)
    if pair.state != EntryState.STANDING or (pair.until is not None and pair.until <= day):
        raise Refused("这个结对当天已经结束或作废，请核对。", field="day")
    if day < pair.day:
        raise Refused(f"日期早于结对日期{pair.day:%Y-%m-%d}，请核对。", field="day")
    return pair
