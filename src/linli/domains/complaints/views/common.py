"""What the pages share: the moment, badges, a form that acts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.base.masking import mask_name
from linli.kernel.access.actions import handle
from linli.kernel.orders.queries import clocks_of, handles, is_late
from linli.kernel.orders.rules import Stage, category
from linli.kernel.ui.rules import Badge, Tone

TONES = {Stage.NEW: Tone.WARN, Stage.DISPUTED: Tone.WARN, Stage.SUSPENDED: Tone.QUIET, Stage.CLOSED: Tone.GOOD}


def page_of(one: Any) -> str:
    """The address of a complaint or petition."""
    return reverse("complaints:complaint", args=[one.pk])


def matter_zh(code: str) -> str:
    """The name of a category."""
    found = category(code)
    return found.zh if found else code


def stage_badge(one: Any) -> Badge:
    stage = Stage(one.stage)
    return Badge(stage.zh, TONES.get(stage, Tone.NOW))


def late_badge(one: Any, at: datetime) -> Badge:
    """Late, or how much time is left."""
    clocks = clocks_of(one, at)
    running = next((clock for clock in reversed(clocks) if clock.met is None), None)
    if is_late(one, at):
        return Badge(running.left if running and running.late else "超期", Tone.BAD)
    if running is None or one.stage in (Stage.HANDLED, Stage.CLOSED, Stage.MERGED):
        return Badge("按时", Tone.GOOD)
    return Badge("停止计时" if one.stopped_at else running.left)


def caller_name(request: HttpRequest, one: Any) -> str:
    """In full for whoever handles the order, else the surname and stars; none of a hidden one."""
    if one.confidential:
        return "（保密）"
    return one.caller if handles(request.actor, one) else mask_name(one.caller)


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("投诉和信访", reverse("complaints:complaints")), *more)


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, back: str,
    crumbs: tuple[tuple[str, str], ...] = (), said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": back, "facts": facts, "note": note}
    return render(request, "complaints/form_page.html", words, status=422 if form.is_bound else 200)
