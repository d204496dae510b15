"""What notices and objections bring about for the cases that stand in them; domains name these functions as listeners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from linli.kernel.access.rules import Actor
from linli.kernel.cases.actions import mark_published, record_objection, resume_clock, return_case
from linli.kernel.cases.queries import case_by_id
from linli.kernel.cases.rules import Ground
from linli.kernel.publicity.rules import NoticeEvent, NoticeState, ObjectionEvent, ObjectionState, case_id_of


class HearsObjections(Protocol):
    """A listener for the objections to a kind of notice."""

    def __call__(self, *, by: Actor, on: date, event: ObjectionEvent) -> None: ...


def follow_notice(*, by: Actor, on: date, event: NoticeEvent) -> None:
    """The clock of every open case in it stops while it is up where the law of the case says so, and goes on afterwards."""
    if event.state not in (NoticeState.UP, NoticeState.WITHDRAWN):
        return
    for case in _cases(event.cases):
        if case.state != "open":
            continue
        if case.stop == Ground.NOTICE:
            resume_clock(by=by, on=on, case=case, ground=Ground.NOTICE, opinion=f"第{event.number}号公示{event.state.zh}")
        if event.state is NoticeState.UP:
            mark_published(by=by, on=on, case=case, notice=event.number, until=event.until)


def follow_objections(back: Mapping[str, str], *, reason: str, opinion: str) -> HearsObjections:
    """A listener that notes an objection on its cases and sends the open ones back when it is upheld.

    ``back``: from which step to which; a case at another step only keeps the note. ``reason``: of the flow's returns.
    """

    def hear_objection(*, by: Actor, on: date, event: ObjectionEvent) -> None:
        for case in _cases(event.cases):
            if event.state is ObjectionState.RECEIVED:
                record_objection(by=by, on=on, case=case, opinion="收到公示异议", source=str(event.objection))
            if not (event.upheld and case.state == "open" and case.step in back):
                continue
            if case.stop == Ground.NOTICE:
                resume_clock(by=by, on=on, case=case, ground=Ground.NOTICE, opinion="公示异议成立")
            return_case(by=by, on=on, case=case, to=back[case.step], reason=reason, opinion=opinion)

    return hear_objection


def _cases(references: tuple[str, ...]) -> Iterator[Any]:
    for reference in references:
        case = case_by_id(case_id_of(reference))
        if case is not None:
            yield case
