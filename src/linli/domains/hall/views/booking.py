"""Booking a slot without an account: item, hall, day and slot by addresses without a word about a person; then who comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.days import parse_day
from linli.domains.hall import actions, forms, queries
from linli.domains.hall.rules import Item, appointment_key, clock
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, may_look_up

STEPS = ("什么事", "去哪里", "几点来", "您是谁")


def _day(text: str) -> date | None:
    try:
        return parse_day(text) if text else None
    except ValueError:
        return None


def _shown(request: HttpRequest, step: int, status: int = 200, **words: Any) -> HttpResponse:
    return render(request, "hall/book_online.html", {"steps": STEPS, "step": step, **words}, status=status)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def book_online(request: HttpRequest) -> HttpResponse:
    """One choice after the other; each stands in the address, so that going back loses nothing. Names travel in the body."""
    given = request.POST if request.method == "POST" else request.GET
    on = request.today
    item = queries.item_on(given.get("item", ""), on)
    if item is None:
        fault = {"fault": "没有这件事，或者它已经停办，请重新选择。"} if given.get("item") else {}
        return _shown(request, 0, form=forms.ChooseItem(items=queries.bookable(on)), **fault)
    offering = [one for one in queries.halls(on) if item.taken_at(one.level)]
    hall = next((one for one in offering if one.code == given.get("hall", "")), None)
    if hall is None:
        fault = {"fault": "这个大厅不办这件事，或者现在不接受网上预约，请重新选择。"} if given.get("hall") else {}
        form = forms.ChooseHall(initial={"item": item.code}, halls=offering)
        return _shown(request, 1, form=form, item=item, offering=offering, **fault)
    chosen = {"item": item, "hall": hall}
    if request.method == "POST":
        return _book(request, item, hall)
    return _slots(request, item, hall, chosen)


def _slots(request: HttpRequest, item: Item, hall: Any, chosen: dict[str, Any], fault: str = "") -> HttpResponse:
    """The days, the slots of one, or the last form when a free slot is chosen."""
    days = queries.public_days(hall.code, item.window.key, request.today)
    day, start = _day(request.GET.get("day", "")), request.GET.get("start", "")
    offered = days.get(day, ()) if day else ()
    slot = next((one for one in offered if str(one.start) == start), None)
    if slot and slot.free:
        first = {"item": item.code, "hall": hall.code, "day": day, "start": slot.start}
        return _last(request, forms.BookSlot(initial=first), chosen, day, slot.start)
    if day and not offered:
        fault = "这一天不办理，请另选日子。"
    if slot or start:
        fault = "这个时段已经约满，请另选时段。"
    free = [(one, forms.day_zh(one), sum(slot.free for slot in found)) for one, found in days.items()]
    words = {"days": free, "day": day if offered else None, "slots": offered, "fault": fault}
    return _shown(request, 2, day_zh=forms.day_zh(day) if day else "", **chosen, **words)


def _last(request: HttpRequest, form: Any, chosen: dict[str, Any], day: Any, start: Any, status: int = 200) -> HttpResponse:
    when = f"{forms.day_zh(day)} {clock(start)}" if day is not None and start is not None else ""
    terms = queries.terms(chosen["hall"].code, request.today)
    return _shown(request, 3, status, form=form, when=when, day=day, terms=terms, **chosen)


def _book(request: HttpRequest, item: Item, hall: Any) -> HttpResponse:
    form, chosen = forms.BookSlot(request.POST), {"item": item, "hall": hall}
    words: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    day, start = form.cleaned_data.get("day"), form.cleaned_data.get("start")
    if not words:
        return _last(request, form, chosen, day, start if start is None or 0 <= start < 1440 else None, 422)
    try:
        made = actions.book_from_web(
            on=request.today, address=address_of(request), hall=hall, item=item, day=day, start=start, name=words["name"],
            phone=words["phone"], texts=words["texts"],
        )  # fmt: skip
    except Refused as fault:
        form.add_error(None, fault.message)
        return _last(request, form, chosen, day, start if 0 <= start < 1440 else None, 422)
    return render(request, "hall/booked_now.html", {"made": made, "when": f"{forms.day_zh(day)} {clock(start)}", **chosen})


def _turn(request: HttpRequest, form: Any) -> bool:
    return may_look_up(request, form, page="hall.booked", number=appointment_key(form.cleaned_data["number"]))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def booked(request: HttpRequest) -> HttpResponse:
    """One's own appointment, by number and telephone or code; both travel in the body, and nothing can be listed."""
    form = forms.LookUpBooked(request.POST or None)
    shown = None
    if form.is_bound and form.is_valid() and _turn(request, form):
        given = form.cleaned_data
        shown = queries.booked(given["number"], given["secret"], request.today)
        if shown is None:
            form.add_error(None, actions.NOT_FOUND)
    return _own(request, form, shown, 422 if form.is_bound and shown is None else 200)


def _own(request: HttpRequest, form: Any, shown: Any, status: int = 200, said: str = "", move: Any = None) -> HttpResponse:
    """The appointment with what can still be done with it."""
    words: dict[str, Any] = {"form": form, "shown": shown, "said": said}
    if shown is not None and shown.open and shown.hall is not None:
        known = {key: form.cleaned_data[key] for key in ("number", "secret")}
        days = queries.public_days(shown.hall.code, shown.window, request.today)
        words |= {"move": move or forms.MoveBooked(initial=known, days=days), "cancel": forms.KnownBooked(initial=known)}
        words["quiet"] = forms.KnownBooked(initial=known) if shown.texts else None
    if shown is not None:
        words["when"] = f"{forms.day_zh(shown.day)} {shown.time}"
    return render(request, "hall/booked.html", words, status=status)


@public_page
@require_POST
def move_booked(request: HttpRequest) -> HttpResponse:
    """To another slot; what cannot be had leaves the appointment as it was."""
    known = forms.KnownBooked(request.POST)
    if not known.is_valid() or not _turn(request, known):
        return _own(request, _first(known), None, 422)
    given = known.cleaned_data
    shown = queries.booked(given["number"], given["secret"], request.today)
    if shown is None or shown.hall is None:
        known.add_error(None, actions.NOT_FOUND)
        return _own(request, _first(known), None, 422)
    days = queries.public_days(shown.hall.code, shown.window, request.today)
    form = forms.MoveBooked(request.POST, days=days)
    if form.is_valid():
        day, start = form.cleaned_data["slot"]
        try:
            actions.move_from_web(on=request.today, number=given["number"], secret=given["secret"], day=day, start=start)
            shown = queries.booked(given["number"], given["secret"], request.today)
            return _own(request, known, shown, said="已经改好了。预约号和查询码不变。")
        except Refused as fault:
            form.add_error(None, fault.message)
    return _own(request, known, shown, 422, move=form)


@public_page
@require_POST
def cancel_booked(request: HttpRequest) -> HttpResponse:
    """Given up; the place is free for others at once."""
    return _done(request, actions.cancel_from_web, "已经取消。谢谢您告诉我们，别人可以用这个时段了。")


@public_page
@require_POST
def quiet_booked(request: HttpRequest) -> HttpResponse:
    """No short messages any more; the appointment stands."""
    return _done(request, actions.quieten, "不再发短信了，预约没有变。")


def _done(request: HttpRequest, act: Callable[..., None], said: str) -> HttpResponse:
    """Something that is done with an appointment at one press, by who knows it."""
    known = forms.KnownBooked(request.POST)
    if not known.is_valid() or not _turn(request, known):
        return _own(request, _first(known), None, 422)
    given = known.cleaned_data
    try:
        act(on=request.today, number=given["number"], secret=given["secret"])
    except Refused as fault:
        known.add_error(None, fault.message)
        return _own(request, _first(known), None, 422)
    shown = queries.booked(given["number"], given["secret"], request.today)
    return _own(request, known, shown, said=said)


def _first(known: Any) -> Any:
    """The form of the first step with what was typed and what is wrong."""
    form = forms.LookUpBooked(known.data)
    form.is_valid()
    for fault in known.non_field_errors():
        form.add_error(None, fault)
    return form
