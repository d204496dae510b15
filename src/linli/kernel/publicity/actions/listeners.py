"""Telling the domains what became of their notices and objections."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.rules import Actor
from linli.kernel.publicity import queries
from linli.kernel.publicity.models import Notice, Objection
from linli.kernel.publicity.rules import MessageKind, NoticeEvent, NoticeState, ObjectionEvent, ObjectionState


def tell_of_notice(notice: Notice, *, by: Actor, on: date) -> None:
    """A published notice went up, got more days, was withdrawn or came down."""
    told = queries.listeners("notice_listeners").get(notice.kind, ())
    if not told or notice.until is None:
        return
    event = NoticeEvent(notice.pk, notice.number, notice.kind, _cases(notice), NoticeState(notice.state), notice.until)
    for listener in told:
        listener(by=by, on=on, event=event)


def tell_of_objection(objection: Objection, *, by: Actor, on: date) -> None:
    """An objection changed its state. Enquiries concern no case."""
    notice = objection.notice
    told = queries.listeners("objection_listeners").get(notice.kind, ())
    if not told or objection.kind != MessageKind.OBJECTION:
        return
    cases = tuple(filter(None, [objection.item.case])) if objection.item else _cases(notice)
    state = ObjectionState(objection.state)
    event = ObjectionEvent(objection.pk, notice.pk, notice.kind, cases, state, bool(objection.upheld))
    for listener in told:
        listener(by=by, on=on, event=event)


def _cases(notice: Notice) -> tuple[str, ...]:
    return tuple(filter(None, queries.items_of(notice).values_list("case", flat=True)))
