"""What the pages share: badges, and a form that acts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.kernel.access.actions import handle
from linli.kernel.ui.rules import Badge, Tone

STATES = {
    "open": Badge("办理中", Tone.NOW), "granted": Badge("已救助", Tone.GOOD), "refused": Badge("不予救助", Tone.QUIET),
    "withdrawn": Badge("已撤回", Tone.QUIET), "revoked": Badge("已撤销", Tone.BAD),
}  # fmt: skip
LIST = ("临时救助", "relief:requests")
PAYMENTS = ("临时救助发放", "relief:payments")


def page_of(one: Any) -> str:
    """The address of a request."""
    return reverse("relief:request", args=[one.pk])


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, back: str,
    crumbs: tuple[tuple[str, str], ...] = (), said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": back, "facts": facts, "note": note}
    return render(request, "relief/form_page.html", words, status=422 if form.is_bound else 200)
