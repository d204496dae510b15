"""What the pages of the hall share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.kernel.access.actions import handle
from linli.kernel.ui.rules import Badge, Tone

COUNTER = ("窗口受理", "hall:counter")
LIST = ("受理件", "hall:handlings")


def page_of(one: Any) -> str:
    """The address of a handling."""
    return reverse("hall:handling", args=[one.pk])


def badge_of(one: Any, on: date) -> Badge:
    """How a handling stands on a day; one that runs past what was promised says so."""
    if one.case.state == "open":
        if one.case.stop:
            return Badge("等待补正", Tone.WARN)
        return Badge("超过承诺", Tone.BAD) if one.promised_on < on else Badge("办理中", Tone.NOW)
    if one.case.outcome == "done":
        return Badge("已办结", Tone.GOOD) if one.result_on else Badge("结果待领取", Tone.NOW)
    return Badge("未办成", Tone.QUIET)


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, back: str,
    crumbs: tuple[tuple[str, str], ...] = (), said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": back, "facts": facts, "note": note}
    return render(request, "hall/form_page.html", words, status=422 if form.is_bound else 200)
