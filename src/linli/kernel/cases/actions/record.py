"""The one way in which a case changes: events are appended, and everything else follows from them.

The case is updated only if it still has as many events as its writer saw; whoever comes second gets
:class:`~linli.kernel.access.rules.Stale`. The clock's fields and the task are computed from the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linli.base.areas import level_of
from linli.kernel.access.actions import about
from linli.kernel.access.rules import Actor, Forbidden, Refused, Role, Stale
from linli.kernel.cases.models import Case, Event, Task
from linli.kernel.cases.models.cases import CLOSED, DONE, OPEN
from linli.kernel.cases.queries.clocks import clock_json, happenings, marks
from linli.kernel.cases.queries.flows import flow_of, listeners
from linli.kernel.cases.rules import FlowStep, Happening, Kind, barred

LONGEST = 500
"""Signs of an opinion, at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that is to be written."""

    what: Happening
    opinion: str = ""
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def check_fresh(case: Case, seen: int | None, *, closed: bool = False) -> None:
    """The case is still as the actor saw it (``seen``: the number of its last event on the page), and still open."""
    if seen is not None and seen != case.events:
        raise Stale()
    if case.state == CLOSED and not closed:
        raise Refused(f"{case.number} 已经办结，不能再办理。")


def check_actor(case: Case, by: Actor) -> FlowStep:
    """The present step, if this actor may act there: permission, level, second person, and whose task it is."""
    step = flow_of(case).step(case.step)
    if not by.may(step.permission):
        raise Forbidden(f"“{step.zh}”环节不由{by.role.zh}岗位办理。")
    if level_of(by.area) != step.level:
        raise Forbidden(f"“{step.zh}”环节由{step.level.zh}一级办理。")
    if by.staff_id in barred(happenings(case.pk), step):
        raise Refused(f"“{step.zh}”环节须由另一人办理：本人已参与此件的前序办理，应当回避。")
    holder = Task.objects.filter(case=case, state=OPEN).exclude(assigned_to=None).select_related("assigned_to").first()
    if holder and holder.assigned_to and holder.assigned_to_id != by.staff_id:
        raise Refused(f"此件已由{holder.assigned_to.name}领办。如需代办，请先改派。")
    return step


def check_senior(case: Case, by: Actor) -> None:
    """The actor's office stands at the level of the present step or above it."""
    step = flow_of(case).step(case.step)
    if level_of(by.area) > step.level:
        raise Forbidden(f"此件已到“{step.zh}”环节，由{step.level.zh}一级办理。")


def check_steward(case: Case, by: Actor) -> FlowStep:
    """Like :func:`check_actor`, for acts that judge nothing (clock, notices): a job may do them, too."""
    if by.role is Role.MACHINE:
        return flow_of(case).step(case.step)
    return check_actor(case, by)


def record(case: Case, *, by: Actor, on: date, entries: Sequence[Entry], **changes: Any) -> list[Event]:
    """Append events, change the case with them, and bring clock and task to what the events say.

    ``case`` itself is brought up to date; whoever goes on after a refusal reads it again.

    :raises Stale: the case has changed since ``case`` was read.
    :raises Refused: the day lies before the case's last event.
    """
    if any(len(entry.opinion) > LONGEST for entry in entries):
        raise Refused(f"意见不能超过{LONGEST}个字，请缩短。", field="opinion")
    past = happenings(case.pk)
    if len(past) != case.events:
        raise Stale()
    if past and on < past[-1].day:
        last = past[-1].day
        raise Refused(f"办理日期不能早于上一次办理的日期（{last.year}年{last.month}月{last.day}日）。", field="on")
    now = [*past, *(entry.what for entry in entries)]
    of_case, of_task = marks(now, flow_of(case), on=on)
    changes |= of_case | {"events": len(now)}
    if not Case.objects.filter(pk=case.pk, events=case.events, state=case.state).update(**changes):
        raise Stale()
    events = _append(case, by, entries, len(past))
    for name, value in changes.items():
        setattr(case, name, value)
    _bring_task(case, by, on, now, entries, of_task)
    about("cases.case", case.pk, area=case.area, events=[entry.what.kind.value for entry in entries], number=case.number)
    return events


def _append(case: Case, by: Actor, entries: Sequence[Entry], last: int) -> list[Event]:
    return Event.objects.bulk_create(
        Event(
            case=case, number=last + i, kind=entry.what.kind.value, step=entry.what.step, to=entry.what.to,
            by_id=entry.what.staff, post_id=by.post_id or None, on=entry.what.day, opinion=entry.opinion,
            reason=entry.reason, clock=clock_json(entry.what), facts=entry.facts, area=case.area,
        )
        for i, entry in enumerate(entries, 1)
    )  # fmt: skip


def _bring_task(
    case: Case, by: Actor, on: date, now: Sequence[Happening], entries: Sequence[Entry], due: dict[str, Any]
) -> None:
    present = Task.objects.filter(case=case, state=OPEN)
    to = next((entry.what.to for entry in reversed(entries) if entry.what.to), "")
    if to or case.state == CLOSED:
        present.update(state=DONE, done_by=by.staff_id, done_on=on)
    else:
        present.update(**due)
    if not to:
        return
    step = flow_of(case).step(to)
    Task.objects.create(
        case=case, flow=case.flow, step=to, level=step.level.value, permission=step.permission, area=case.area,
        barred=sorted(barred(now, step)), opened_on=on, **due,
    )  # fmt: skip


def tell(case: Case, *, by: Actor, on: date, events: Sequence[Event]) -> None:
    """Let the domain join what follows from these events, in the same transaction."""
    for event in events:
        for call in listeners(case.flow, Kind(event.kind), False):
            call(by=by, on=on, case=case, event=event)


def ask_before(case: Case, *, by: Actor, on: date, kind: Kind) -> None:
    """Let the domain store its decision, or refuse, before a move of this kind is made."""
    for call in listeners(case.flow, kind, True):
        call(by=by, on=on, case=case, event=None)
