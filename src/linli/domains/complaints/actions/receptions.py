"""Matters raised at a reception, visit or talk; one that is not settled there becomes a complaint, a petition or an order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from linli.base.days import SHANGHAI
from linli.domains.complaints.actions.taking import take_complaint
from linli.domains.complaints.queries import is_entered
from linli.domains.complaints.rules import MATTERS, MatterResult, Paper
from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.orders import actions as work
from linli.kernel.records.actions import add_entry, correct_entry


@action("complaints.receive")
def add_matter(*, by: Actor, on: date, session: Any, what: str, result: MatterResult) -> Any:
    """A matter of this reception or talk: where, when and at what it was raised is known already."""
    if is_entered(session, what):
        raise Refused("这次接待已经登记过这件事项。", field="what")
    values = {
        "village": session.area, "day": session.values["day"], "occasion": session.values["occasion"], "what": what,
        "result": result.value,
    }  # fmt: skip
    return add_entry(by=by, on=on, book=MATTERS, values=values)


def still_open(matter: Any) -> None:
    """:raises Refused: something came of this matter already."""
    if matter.values["result"] == MatterResult.ORDER:
        raise Stale(f"这件事项已转为工单{matter.values.get('number') or ''}。")
    if matter.values["result"] != MatterResult.OPEN:
        raise Refused("这件事项已经有结果，不再转办；结果有误的，请先更正。")


@action("complaints.receive")
def pass_matter(
    *, by: Actor, at: datetime, matter: Any, intake: work.Intake, paper: Paper = Paper()
) -> work.Taken:
    """It becomes an order, once; the register says which."""
    still_open(matter)
    taken = take_complaint(by=by, at=at, intake=intake, paper=paper, any_matter=True)
    values = {**matter.values, "result": MatterResult.ORDER.value, "number": taken.number}
    correct_entry(
        by=by, on=at.astimezone(SHANGHAI).date(), entry_id=matter.pk, version=matter.version, values=values, why="转为工单办理"
    )
    return taken
