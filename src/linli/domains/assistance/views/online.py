"""Without an account: applying for assistance in three short steps, and following an application."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules.wishes import counted
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, may_look_up
from linli.kernel.publicity.queries import communities
from linli.kernel.ui.forms import walk

NOT_FOUND = "编号和电话（或查询码）不相符。请对照提交时给的编号或受理通知单核对；仍查不到的，请问村（社区）或镇街救助窗口。"


def _shown(request: HttpRequest, form: Any, at: int, status: int = 200) -> HttpResponse:
    words = {
        "form": form, "step": at, "steps": [one.zh for one in forms.STEPS], "last": at == len(forms.STEPS) - 1,
        "hotline": settings.HOTLINE_NUMBER,
    }  # fmt: skip
    return render(request, "assistance/ask.html", words, status=status)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Apply, one step after the other; everything travels in the body, and what was typed stays."""
    if request.method != "POST":
        return _shown(request, forms.STEPS[0](), 0)
    walked = walk(request.POST, request.FILES, forms.STEPS, places=communities(request.today))
    return _send(request, walked.forms) if walked.done else _shown(request, walked.form, walked.at, walked.status)


def _send(request: HttpRequest, steps: list[Any]) -> HttpResponse:
    who, whom, hard = (form.cleaned_data for form in steps)
    try:
        sent = actions.ask_on_web(
            on=request.today, address=address_of(request), agent=who["agent"], agent_tie=who["agent_tie"], name=whom["name"],
            identity=whom["identity"], phone=whom["phone"], place=whom["place"], home=whom["home"], text=hard["text"],
        )  # fmt: skip
    except Refused as fault:
        at = 1 if fault.field in steps[1].fields and fault.field not in steps[1].others else 2
        steps[at].add_error(fault.field if at == 1 else None, fault.message)
        return _shown(request, steps[at], at, 422)
    places = dict((code, name) for code, name, _ in communities(request.today))
    by = queries.wish_due(request.today, whom["place"])
    words = {"sent": sent, "place": places[whom["place"]], "day": request.today, "by": by}
    return render(request, "assistance/sent.html", words)


def _turn(request: HttpRequest, form: Any) -> bool:
    return may_look_up(request, form, page="assistance.asked", number=counted(form.cleaned_data["number"]))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """How an application stands; number and telephone travel in the body, and everything wrong gets one answer."""
    form = forms.Follow(request.POST or None)
    shown = None
    if form.is_bound and form.is_valid() and _turn(request, form):
        given = form.cleaned_data
        shown = queries.public_progress(given["number"], given["secret"], request.today)
        if shown is None:
            form.add_error(None, NOT_FOUND)
    words = {"form": form, "shown": shown}
    return render(request, "assistance/asked.html", words, status=422 if form.is_bound and shown is None else 200)
