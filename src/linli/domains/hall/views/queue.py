"""The queue of the own hall, its appointments, and the calling screen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.hall import actions, forms, queries
from linli.domains.hall.rules import AppointmentState, Slot, appointment_number, clock
from linli.domains.hall.views.common import carry_out
from linli.kernel.access.actions import handle, press, record_seen
from linli.kernel.access.rules import page, public_page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

QUEUE = ("叫号", "hall:queue")
MOST = 200
BOOKED = ("预约", "hall:appointments")
TONES = {"booked": Tone.NOW, "arrived": Tone.GOOD, "missed": Tone.WARN, "cancelled": Tone.QUIET}
COLUMNS = (
    Column("day", "日期", kind="day", sort=True, link=lambda one: reverse("hall:appointment", args=[one.pk])),
    Column("start", "时段", value=lambda one: clock(one.start)),
    Column("window", "窗口", value=lambda one: queries.catalogue().windows[one.window].zh),
    Column("name", "预约人", kind="person"),
    Column("what", "办理事项", minor=True),
    Column("web", "来路", value=lambda one: "网上" if one.web else "窗口、电话", minor=True),
    Column("state", "状态", kind="state", value=lambda one: Badge(one.get_state_display(), TONES[one.state])),
)


def _windows(request: HttpRequest) -> list[tuple[str, str]]:
    return queries.windows_of(request.actor.area, request.today)


@page("hall.call")
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Call the next number; what this clerk has called; who waits at each window; who was skipped."""
    actor, windows = request.actor, _windows(request)
    mine = queries.called_by(actor, request.today)
    desk = request.session.get("hall_desk", mine[0].desk if mine else "")
    form = forms.CallNext(request.POST or None, windows=windows, initial={"desk": desk})

    def act() -> str:
        actions.call_next(by=actor, on=request.today, **form.cleaned_data)
        request.session["hall_desk"] = form.cleaned_data["desk"]
        return reverse(QUEUE[1])

    if (answer := handle(request, form, act)) is not None:
        return answer
    counts = queries.waiting_by_window(actor.area, request.today)
    words = {
        "form": form, "mine": mine, "windows": [(zh, counts.get(key, 0)) for key, zh in windows], "total": sum(counts.values()),
        "skipped": queries.skipped(actor.area, request.today), "hall": actor.area,
    }  # fmt: skip
    return render(request, "hall/queue.html", words, status=422 if form.is_bound else 200)


@page("hall.call")
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """A number for who comes in, to print or to read out."""
    form = forms.DrawTicket(request.POST or None, windows=_windows(request))

    def act() -> str:
        return _slip(actions.draw_ticket(by=request.actor, on=request.today, **form.cleaned_data))

    return carry_out(request, form, act, title="取号", submit="取号", back=reverse(QUEUE[1]), crumbs=_trail(), said="")


def _slip(one: Any) -> str:
    return reverse("hall:ticket", args=[one.pk])


def _trail() -> tuple[tuple[str, str], ...]:
    return ((QUEUE[0], reverse(QUEUE[1])),)


@page("hall.call")
@require_safe
def ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The slip: the number in large type, the window, how many are before."""
    one = queries.ticket(ticket_id)
    words = {"ticket": one, "ahead": queries.ahead_of(one), "window": queries.catalogue().windows[one.window].zh}
    return render(request, "hall/ticket.html", words)


def _press(request: HttpRequest, ticket_id: int, act: Any, **words: Any) -> HttpResponse:
    one = queries.ticket(ticket_id)

    def done() -> str:
        act(by=request.actor, on=request.today, ticket=one, **words)
        return reverse(QUEUE[1])

    return press(request, done, back=reverse(QUEUE[1]))


@page("hall.call")
@require_POST
def recall(request: HttpRequest, ticket_id: int) -> HttpResponse:
    return _press(request, ticket_id, actions.recall, desk=request.session.get("hall_desk", "") or queries.ticket(ticket_id).desk)


@page("hall.call")
@require_POST
def served(request: HttpRequest, ticket_id: int) -> HttpResponse:
    return _press(request, ticket_id, actions.end_ticket)


@page("hall.call")
@require_POST
def skip(request: HttpRequest, ticket_id: int) -> HttpResponse:
    return _press(request, ticket_id, actions.end_ticket, came=False)


@page("hall.call")
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, ticket_id: int) -> HttpResponse:
    one = queries.ticket(ticket_id)
    form = forms.PassOn(request.POST or None, windows=[pair for pair in _windows(request) if pair[0] != one.window])

    def act() -> str:
        actions.pass_on(by=request.actor, on=request.today, ticket=one, **form.cleaned_data)
        return reverse(QUEUE[1])

    return carry_out(
        request, form, act, title=f"{one.label}转窗口", submit="转去", back=reverse(QUEUE[1]), crumbs=_trail(), said="已转窗口。"
    )


@page("hall.call")
def appointments(request: HttpRequest) -> HttpResponse:
    hall = request.actor.area
    listing = Listing(
        request, title=BOOKED[0], rows=lambda words: queries.appointments(hall=hall, **words), columns=COLUMNS, order="-day",
        filters=partial(forms.AppointmentSearch, windows=_windows(request)), noun="个", empty="还没有预约。",
        name_of=lambda one: f"{one.day} {clock(one.start)}",
    )  # fmt: skip
    words = {
        "expected": [_line(one) for one in queries.expected(hall, request.today)[:MOST]],
        "stranded": [(_line(one), queries.phone_of_appointment(one)) for one in queries.stranded(hall, request.today)],
    }
    return listing.response("hall/appointments.html", words)


def _line(one: Any) -> tuple[Any, str, str, str]:
    """An appointment with its number, its time and its window in words."""
    return one, appointment_number(one.pk), clock(one.start), queries.catalogue().windows[one.window].zh


@page("hall.call")
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """A slot, by telephone or at the counter: window and day first, so that only times are offered at which one can come."""
    when = forms.BookWhen(request.POST or request.GET or None, windows=_windows(request))
    window, day, offered = _bookable(request, when)
    form = forms.Book(request.POST or None, slots=offered, initial={"window": window, "day": day})

    def act() -> str:
        made = actions.book(by=request.actor, on=request.today, **form.cleaned_data)
        messages.success(request, f"已预约，请告诉居民：{actions.told_of(made)}。")
        return reverse("hall:appointment", args=[made.pk])

    if (answer := handle(request, form, act, said="")) is not None:
        return answer
    words = {
        "form": form, "when": when, "window": window, "day": day, "offered": offered, "windows": _windows(request),
        "window_zh": dict(_windows(request)).get(window, ""),
        "day_zh": forms.day_zh(day) if day else "", "free": any(one.free for one in offered), "ahead": actions.AHEAD,
    }  # fmt: skip
    return render(request, "hall/book.html", words, status=422 if form.is_bound else 200)


def _bookable(request: HttpRequest, when: Any) -> tuple[str, date | None, tuple[Slot, ...]]:
    """The window and the day that are asked for, else the first window and its next open day; and the slots of that day."""
    asked = when.cleaned_data if when.is_bound and when.is_valid() else {}
    window = asked.get("window") or next((key for key, _ in _windows(request)), "")
    first = request.today + timedelta(days=1)
    days = queries.slots_between(request.actor.area, window, first, first + timedelta(days=actions.AHEAD - 1)) if window else {}
    day = asked.get("day") or next(iter(days), None)
    return window, day, days.get(day, ()) if day else ()


@page("hall.call")
@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """One appointment, the slots of its day, and the other time to which the hall moves it in one step."""
    one = queries.appointment(appointment_id)
    form = _other_time(request, one)

    def act() -> str:
        day, start = form.cleaned_data["slot"]
        actions.put_off(by=request.actor, on=request.today, appointment=one, day=day, start=start)
        messages.success(request, f"已经改好，预约号不变。{_telling(one)}")
        return reverse("hall:appointment", args=[one.pk])

    if form is None and request.method == "POST":
        messages.error(request, "这个预约的状态已经变了，没有改时间。")
        return redirect("hall:appointment", one.pk)
    if form and (answer := handle(request, form, act)) is not None:
        return answer
    record_seen(by=request.actor, verb="hall.read", kind="hall.appointment", subject=one.pk, area=one.area)
    words = {
        "number": appointment_number(one.pk), "phone": queries.phone_of_appointment(one),
        "missed": queries.missed_by(one, request.today), "absent": one.state == AppointmentState.MISSED,
        "one": one, "time": clock(one.start), "window": queries.catalogue().windows[one.window].zh,
        "badge": Badge(one.get_state_display(), TONES[one.state]), "booked": one.state == AppointmentState.BOOKED,
        "form": form, "here": one.day == request.today, "slots": queries.slots_of(one.area, one.window, one.day),
    }  # fmt: skip
    return render(request, "hall/appointment.html", words, status=422 if form and form.is_bound else 200)


def _other_time(request: HttpRequest, one: Any) -> Any:
    """The form for another time; none when the appointment is over."""
    if one.state != AppointmentState.BOOKED:
        return None
    first = request.today + timedelta(days=1)
    days = queries.slots_between(one.area, one.window, first, first + timedelta(days=actions.AHEAD - 1))
    return forms.PutOff(request.POST or None, days=days)


def _telling(one: Any) -> str:
    """How they hear of it: by themselves, or from whoever changed it."""
    if one.texts_on and not one.texts_until:
        return "系统会发短信告诉居民。"
    return "居民没有同意收短信，请打电话告诉他们。" if one.phone_sealed else "居民没有留电话，请设法告诉他们。"


@page("hall.call")
@require_POST
def arrive(request: HttpRequest, appointment_id: int) -> HttpResponse:
    one = queries.appointment(appointment_id)
    back = reverse("hall:appointment", args=[one.pk])
    return press(
        request, lambda: _slip(actions.arrive(by=request.actor, on=request.today, appointment=one)), back=back, said="已到场。"
    )


@page("hall.call")
@require_POST
def end_appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    one = queries.appointment(appointment_id)
    back = reverse("hall:appointment", args=[one.pk])

    def act() -> str:
        ended = actions.end_appointment(by=request.actor, on=request.today, appointment=one)
        given_up = ended.state == AppointmentState.CANCELLED
        messages.success(request, f"已取消。{_telling(one)}" if given_up else "已登记。")
        return back

    return press(request, act, back=back)


@page("hall.call")
@require_POST
def excuse(request: HttpRequest, appointment_id: int) -> HttpResponse:
    one = queries.appointment(appointment_id)
    back = reverse("hall:appointment", args=[one.pk])

    def act() -> str:
        actions.excuse(by=request.actor, on=request.today, appointment=one)
        return back

    return press(request, act, back=back, said="已登记，不计入未到次数。")


@public_page
@require_safe
def screen(request: HttpRequest, hall: str) -> HttpResponse:
    """The calling screen: numbers and desks in large type, no names; the page fetches itself anew every five seconds."""
    shown = queries.screen(hall, request.today) if re.fullmatch(r"\d{12}", hall) else None
    if shown is None:
        raise Http404
    response = render(request, "hall/screen.html", {"screen": shown})
    response["Cache-Control"] = "no-store"
    return response
