"""The telephone on the console: what rings, whose call it is, and the buttons that the exchange obeys."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from linli.base.masking import mask_phone
from linli.kernel.access.rules import Refused, page
from linli.kernel.calls import actions, queries
from linli.kernel.calls.rules import Wish
from linli.kernel.ui.queries import moment

WISHES = {"pick-up": Wish.ANSWER, "hang-up": Wish.HANG_UP, "hand-on": Wish.TRANSFER}
"""The buttons of the telephone on the console, by the value that they send."""


@page("calls.answer")
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """The console's own question, more than once a second: nothing to send while nothing has happened.

    When another call rings, or is answered here, the page is told, so that it opens the caller by itself.
    """
    shown = line_words(request)
    given = request.GET.get("mark", "")
    found = shown["line"]
    if given == found.mark or not found.extension:
        if found.extension and not found.waits:
            request.quiet_about = {"calls.", f"calls.{found.extension}"}  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    answer = render(request, "hotline/line.html", shown)
    if (known := shown["line_known"]) and known != request.GET.get("known", ""):
        trigger_client_event(answer, "rung", after="settle")
    return answer


def line_words(request: HttpRequest, fault: str = "") -> dict[str, Any]:
    """What the part of the page shows."""
    if not request.actor.may("calls.answer"):
        return {}
    found = _line(request)
    first = found.first
    return {
        "line": found, "line_known": f"{first.pk}-{first.state}" if first else "", "first": first,
        "first_number": queries.number_of(first) if first else "", "line_fault": fault or found.fault,
        "own": _call(found.own) if found.own else None,
        "ringing": [_call(one) for one in found.ringing],
    }  # fmt: skip


def _call(one: Any) -> dict[str, Any]:
    number = queries.number_of(one)
    return {"pk": one.pk, "number": mask_phone(number) if number else "号码未显示", "since": one.answered_at or one.began_at}


def obey(request: HttpRequest, wish: str) -> str:
    """A button of the telephone was pressed; the words of a refusal, empty when the exchange is asked."""
    call_id = request.POST.get("telephone", "")
    if not (call_id.isascii() and call_id.isdecimal() and len(call_id) < 15):
        return "没有正在进行的来电。"
    try:
        with transaction.atomic():
            call = queries.call_by_id(int(call_id))
            words = {"call": call, "wish": WISHES[wish], "to": request.POST.get("to", "")}
            actions.ask(by=request.actor, at=moment(request), **words)
    except Refused as fault:
        return fault.message
    return ""


def _line(request: HttpRequest) -> queries.Line:
    """The telephone as it was when this request first looked; a button is obeyed before."""
    if not hasattr(request, "telephone"):
        request.telephone = queries.line_of(request.actor, moment(request))  # type: ignore[attr-defined]
    found: queries.Line = request.telephone  # type: ignore[attr-defined]
    return found


def own_call(request: HttpRequest) -> Any:
    """The call on which this operator talks, when no order came of it yet."""
    if not request.actor.may("calls.answer"):
        return None
    found = _line(request).own
    return found if found and found.order_id is None else None
