"""The clock's lawful changes: stop, resume, extend, public notice; objections and notes."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.kernel.access.actions import action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.cases.actions.record import Entry, check_fresh, check_steward, record, tell
from linli.kernel.cases.models import Case, Event
from linli.kernel.cases.queries.clocks import happenings
from linli.kernel.cases.queries.flows import flow_of
from linli.kernel.cases.rules import Ground, Happening, Kind, stops_of


def _write(case: Case, by: Actor, on: date, what: Happening, opinion: str = "", **facts: Any) -> Event:
    events = record(case, by=by, on=on, entries=[Entry(what, opinion, facts=facts)])
    tell(case, by=by, on=on, events=events)
    return events[0]


@action("cases.work")
def stop_clock(
    *, by: Actor, on: date, case: Case, ground: Ground, opinion: str, until: date | None = None, seen: int | None = None
) -> Event:
    """Stop the clock on a ground that the flow's law knows; ``until``: the last day of the stop, if it is known."""
    check_fresh(case, seen)
    check_steward(case, by)
    _check_ground(case, ground, until, on)
    if not opinion.strip():
        raise Refused("请写明停止计时的事由。", field="opinion")
    what = Happening(Kind.STOPPED, on, case.step, staff=by.staff_id, stops=ground, until=until)
    return _write(case, by, on, what, opinion)


@action("cases.work")
def resume_clock(*, by: Actor, on: date, case: Case, ground: Ground, opinion: str = "", seen: int | None = None) -> Event:
    """The ground of the stop has gone: the clock goes on from the next day."""
    check_fresh(case, seen)
    check_steward(case, by)
    if not any(stop.ground is ground and not stop.resumed for stop in stops_of(happenings(case.pk))):
        raise Refused(f"计时没有因{ground.zh}停止，无需恢复。")
    return _write(case, by, on, Happening(Kind.RESUMED, on, case.step, staff=by.staff_id, resumes=ground), opinion)


def _check_ground(case: Case, ground: Ground, until: date | None, on: date) -> None:
    flow = flow_of(case)
    if ground not in flow.stops:
        raise Refused(f"“{flow.zh}”不能因{ground.zh}停止计时。", field="ground")
    if until and until < on:
        raise Refused("预计恢复日不能早于停止之日。", field="until")
    if any(stop.ground is ground and stop.runs_on(on) for stop in stops_of(happenings(case.pk))):
        raise Refused(f"计时已因{ground.zh}停止，不能重复办理。", field="ground")


@action("cases.work")
def extend(*, by: Actor, on: date, case: Case, opinion: str, document: str = "", seen: int | None = None) -> Event:
    """Grant the flow's extension before the time is over, as often as its law allows; every later due day moves."""
    check_fresh(case, seen)
    flow = flow_of(case)
    if flow.extension is None:
        raise Refused(f"“{flow.zh}”的期限不能延长。")
    if not by.may(flow.extension_permission):
        raise Forbidden(f"{by.role.zh}岗位不能批准延长“{flow.zh}”的期限。")
    if case.due_on and on > case.due_on:
        raise Refused("期限已经届满，届满后不能再延长。")
    if sum(event.kind is Kind.EXTENDED for event in happenings(case.pk)) >= flow.extensions:
        raise Refused(f"期限已延长{flow.extensions}次，不能再延长。")
    if not opinion.strip():
        raise Refused("请写明延长期限的理由。", field="opinion")
    what = Happening(Kind.EXTENDED, on, case.step, staff=by.staff_id, extends=flow.extension)
    return _write(case, by, on, what, opinion, document=document)


@action("cases.work")
def mark_published(*, by: Actor, on: date, case: Case, notice: str, until: date, seen: int | None = None) -> Event:
    """The case is in a public notice until this day, that day included; the clock stops so long where the law says so.

    ``notice`` is a reference of the domain's to the notice.
    """
    check_fresh(case, seen)
    check_steward(case, by)
    stops = Ground.NOTICE if Ground.NOTICE in flow_of(case).stops else None
    if stops:
        _check_ground(case, stops, until, on)
    what = Happening(Kind.PUBLISHED, on, case.step, staff=by.staff_id, stops=stops, until=until if stops else None)
    return _write(case, by, on, what, notice=notice, until=until.isoformat())


@action("cases.work")
def record_objection(*, by: Actor, on: date, case: Case, opinion: str, source: str = "") -> Event:
    """Somebody objects to an open or a closed case; what follows (return, reopen, reject) is the domain's to do."""
    if not opinion.strip():
        raise Refused("请写明异议的内容。", field="opinion")
    return _write(case, by, on, Happening(Kind.OBJECTION, on, case.step, staff=by.staff_id), opinion, source=source)


@action("cases.work")
def note(*, by: Actor, on: date, case: Case, opinion: str) -> Event:
    """A remark on the timeline of an open or a closed case."""
    if not opinion.strip():
        raise Refused("请填写备注。", field="opinion")
    return _write(case, by, on, Happening(Kind.NOTE, on, case.step, staff=by.staff_id), opinion)
