"""Asking for help on the web, in three short steps that need no account and no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.intake import actions, forms, queries
from linli.domains.intake.rules import topic
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.orders.rules import alarming
from linli.kernel.ui.queries import moment

TOTAL = len(forms.STEPS)


def address_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def picture_in(form: Any) -> actions.Picture | None:
    """The photograph that was sent with a form."""
    sent = form.cleaned_data.get("picture")
    return actions.Picture(sent.name, sent.content) if sent else None


def _step(request: HttpRequest, number: int, places: Any, bound: bool = True) -> forms.Step:
    kind = forms.STEPS[number]
    if bound:
        return kind(request.POST, request.FILES, places=places)
    found = kind(initial=request.POST.dict(), places=places)
    found.fresh_key = request.POST.get("_key") or found.fresh_key
    return found


def _shown(request: HttpRequest, form: forms.Step, number: int, status: int = 200) -> HttpResponse:
    said = request.POST.get("text", "")
    words = {
        "form": form, "step": number, "position": number + 1, "total": TOTAL, "last": number == TOTAL - 1,
        "urgent": bool(alarming(said)),
    }  # fmt: skip
    return render(request, "intake/ask.html", words, status=status)


def _number(request: HttpRequest) -> int:
    given = request.POST.get("step", "0")
    return int(given) if given in {str(number) for number in range(TOTAL)} else 0


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """One step after the other; what was typed stays, whatever goes wrong, and all of it is judged again at the end."""
    places = queries.communities(request.today)
    if request.method != "POST":
        return _shown(request, forms.What(), 0)
    number = _number(request)
    if "back" in request.POST:
        return _shown(request, _step(request, max(number - 1, 0), places, bound=False), max(number - 1, 0))
    steps = [_step(request, one, places) for one in range(number + 1)]
    for one, form in enumerate(steps):
        if not form.is_valid():
            return _shown(request, form, one, 422)
    if number < TOTAL - 1:
        return _shown(request, _step(request, number + 1, places, bound=False), number + 1)
    return _send(request, steps)


def _send(request: HttpRequest, steps: list[forms.Step]) -> HttpResponse:
    what, where, who = (form.cleaned_data for form in steps)
    try:
        sent = actions.send(
            at=moment(request), address=address_of(request), name=who["name"], phone=who["phone"], text=what["text"],
            category=what["topic"], place=where["place"], where=where["where"], picture=picture_in(steps[-1]),
        )  # fmt: skip
    except Refused as fault:
        form = steps[1] if fault.field == "place" else steps[-1]
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return _shown(request, form, steps.index(form), 422)
    chosen = topic(what["topic"])
    return render(request, "intake/sent.html", {"sent": sent, "topic": chosen.zh if chosen else "", "day": request.today})
