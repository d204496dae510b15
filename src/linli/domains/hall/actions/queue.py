"""Numbers are drawn and called; two clerks never call one number."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Max
from django.db.models.functions import Now

from linli.base.text import tidy
from linli.domains.hall.models import Appointment, Ticket
from linli.domains.hall.queries import catalogue, waiting, windows_of
from linli.domains.hall.rules import TicketState, ticket_label
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Stale


def _one_at_a_time(*of: object) -> None:
    """Whoever draws the same waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", ["hall " + " ".join(map(str, of))])


def check_window(by: Actor, key: str, on: date) -> None:
    if key not in dict(windows_of(by.area, on)):
        raise Refused("本大厅没有这个窗口，请重新选择。", field="window")


@action("hall.call")
def draw_ticket(*, by: Actor, on: date, window: str, first: bool = False, appointment: Appointment | None = None) -> Ticket:
    """The next number of a window. Who made an appointment is called like those whom the law puts first."""
    check_window(by, window, on)
    letter = catalogue().windows[window].letter
    _one_at_a_time("ticket", by.area, on, letter)
    drawn = Ticket.objects.filter(area=by.area, day=on, label__gte=letter, label__lt=chr(ord(letter) + 1))
    number = (drawn.aggregate(most=Max("number"))["most"] or 0) + 1
    made = Ticket.objects.create(
        area=by.area, day=on, window=window, number=number, label=ticket_label(letter, number),
        first=first or appointment is not None, appointment=appointment,
    )  # fmt: skip
    about("hall.ticket", made.pk, area=by.area, label=made.label)
    return made


@action("hall.call")
def call_next(*, by: Actor, on: date, desk: str, window: str = "") -> Ticket:
    """Call who waits longest at a window (any, when none is named); what this clerk had called before is ended.

    :raises Refused: nobody waits, or the desk has no number.
    """
    if not tidy(desk):
        raise Refused("请填写柜台号，叫号时要告诉居民到哪个柜台。", field="desk")
    mine = Ticket.objects.filter(day=on, area=by.area, called_by=by.own_hand, state=TicketState.CALLED)
    mine.update(state=TicketState.DONE, ended_at=Now())
    queue = waiting(by.area, on)
    row = (queue.filter(window=window) if window else queue).select_for_update(skip_locked=True).first()
    if row is None:
        raise Refused("现在没有人等候。")
    return _call(by, row, desk)


def _call(by: Actor, one: Ticket, desk: str) -> Ticket:
    words = {"state": TicketState.CALLED, "called_at": Now(), "called_by_id": by.own_hand, "desk": tidy(desk)[:8]}
    if not Ticket.objects.filter(pk=one.pk, state=one.state).update(**words):
        raise Stale
    about("hall.ticket", one.pk, area=one.area, label=one.label)
    one.refresh_from_db()
    return one


@action("hall.call")
def recall(*, by: Actor, on: date, ticket: Ticket, desk: str) -> Ticket:
    """Call a number once more: one that was called by the own hand, or that was skipped and whose holder came back."""
    if ticket.state == TicketState.CALLED and ticket.called_by_id != by.own_hand:
        raise Stale("这个号已由其他柜台叫过。")
    if ticket.day != on or ticket.state not in {TicketState.CALLED, TicketState.SKIPPED}:
        raise Refused("只能重呼今天叫过的号。")
    return _call(by, ticket, desk)


@action("hall.call")
def end_ticket(*, by: Actor, on: date, ticket: Ticket, came: bool = True) -> Ticket:
    """The resident was served, or did not come when called."""
    words = {"state": TicketState.DONE if came else TicketState.SKIPPED, "ended_at": Now() if came else None}
    if not Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED, called_by=by.own_hand).update(**words):
        raise Stale
    about("hall.ticket", ticket.pk, area=ticket.area, came=came)
    ticket.refresh_from_db()
    return ticket


@action("hall.call")
def pass_on(*, by: Actor, on: date, ticket: Ticket, window: str) -> Ticket:
    """The resident belongs to another window: waits there under the same number, before others."""
    check_window(by, window, on)
    words = {"state": TicketState.WAITING, "window": window, "first": True, "desk": "", "called_by": None, "called_at": None}
    if not Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED, called_by=by.own_hand).update(**words):
        raise Stale
    about("hall.ticket", ticket.pk, area=ticket.area, window=window)
    ticket.refresh_from_db()
    return ticket
