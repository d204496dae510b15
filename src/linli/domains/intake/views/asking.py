"""Asking for help on the web, in three short steps that need no account and no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.intake import actions, forms
from linli.domains.intake.rules import topic
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.orders.rules import alarming
from linli.kernel.publicity.actions import address_of
from linli.kernel.publicity.queries import communities
from linli.kernel.ui.forms import Step, walk
from linli.kernel.ui.queries import moment

TOTAL = len(forms.STEPS)


def picture_in(form: Any) -> actions.Picture | None:
    """The photograph that was sent with a form."""
    sent = form.cleaned_data.get("picture")
    return actions.Picture(sent.name, sent.content) if sent else None


def _shown(request: HttpRequest, form: Step, number: int, status: int = 200) -> HttpResponse:
    said = request.POST.get("text", "")
    words = {
        "form": form, "step": number, "position": number + 1, "total": TOTAL, "last": number == TOTAL - 1,
        "urgent": bool(alarming(said)),
    }  # fmt: skip
    return render(request, "intake/ask.html", words, status=status)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """One step after the other; what was typed stays, whatever goes wrong, and all of it is judged again at the end."""
    places = communities(request.today)
    if request.method != "POST":
        return _shown(request, forms.What(), 0)
    walked = walk(request.POST, request.FILES, forms.STEPS, places=places)
    return _send(request, walked.forms) if walked.done else _shown(request, walked.form, walked.at, walked.status)


def _send(request: HttpRequest, steps: list[Step]) -> HttpResponse:
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
