"""What the pages of assistance share: badges, the form page, the application behind an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.kernel.access.actions import handle
from linli.kernel.ui.rules import Badge, Fact, Tone

STATES = {
    "open": Badge("办理中", Tone.NOW), "granted": Badge("救助中", Tone.GOOD), "refused": Badge("未确认", Tone.QUIET),
    "withdrawn": Badge("已撤回", Tone.QUIET), "ended": Badge("已终止", Tone.QUIET),
}  # fmt: skip


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, on which business day."""
    return {"by": request.actor, "on": request.today}  # type: ignore[attr-defined]


def page_of(one: Any) -> str:
    """The address of an application."""
    return reverse("assistance:application", args=[one.pk])


def form_page(
    request: HttpRequest, one: Any, form: Any, act: Callable[[], Any], *, title: str, submit: str, said: str, note: str = "",
    facts: Sequence[Fact] = (), back: str = "", template: str = "assistance/form_page.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A form about an application: filled in it acts once and goes back to the application."""
    back = back or page_of(one)

    def done() -> str:
        act()
        return back

    if (answer := handle(request, form, done, said=said)) is not None:
        return answer
    words = {"form": form, "application": one, "title": title, "submit": submit, "note": note, "facts": facts, "back": back}
    return render(request, template, words | more, status=422 if form.is_bound else 200)
