"""What the pages share: the moment, badges, names as this reader sees them, and a form that acts once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.base.masking import mask_name
from linli.kernel.access.actions import handle
from linli.kernel.orders.queries import clocks_of, handles
from linli.kernel.orders.rules import Lane, Stage, category
from linli.kernel.ui.rules import Badge, Tone

TONES = {
    Stage.NEW: Tone.WARN, Stage.SENT: Tone.NOW, Stage.DISPUTED: Tone.WARN, Stage.WORKING: Tone.NOW, Stage.SUSPENDED: Tone.QUIET,
    Stage.HANDLED: Tone.NOW, Stage.MERGED: Tone.QUIET, Stage.CLOSED: Tone.GOOD,
}  # fmt: skip
LANES = {Lane.ORDINARY: Tone.QUIET, Lane.URGENT: Tone.WARN, Lane.EMERGENCY: Tone.BAD}


def page_of(one: Any) -> str:
    """The address of an order."""
    return reverse("hotline:order", args=[one.pk])


def matter(code: str) -> str:
    """The name of a category."""
    found = category(code)
    return found.zh if found else code


def stage_badge(one: Any) -> Badge:
    stage = Stage(one.stage)
    return Badge(stage.zh, TONES[stage])


def lane_badge(one: Any) -> Badge:
    lane = Lane(one.lane)
    return Badge(lane.zh, LANES[lane])


def clock_badge(one: Any, at: datetime) -> Badge:
    """The clock that matters now: whatever is late, else the next that runs; never hidden by a standstill."""
    clocks = clocks_of(one, at)
    if late := [clock for clock in clocks if clock.late]:
        return Badge(late[0].left or f"{late[0].kind.zh}超期", Tone.BAD)
    if one.stopped_at:
        return Badge("停止计时")
    running = next((clock for clock in clocks if clock.met is None), None)
    if running is None or one.stage in ("closed", "merged"):
        return Badge("按时", Tone.GOOD)
    return Badge(f"{running.kind.zh}{running.left}")


def caller_name(request: HttpRequest, one: Any) -> str:
    """The caller's name in full for whoever handles the order, else the surname and stars; in a list none of a hidden one."""
    if one.confidential:
        return "（保密）"
    return one.caller if handles(request.actor, one) else mask_name(one.caller)


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("全部工单", reverse("hotline:orders")), *more)


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, back: str,
    crumbs: tuple[tuple[str, str], ...] = (), said: str = "已办理。", facts: Any = (), note: str = "",
    button: tuple[str, str] | None = None, link: tuple[str, str] | None = None, beside: tuple[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says.

    ``beside``: name and words of a second button of the form.
    """
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": back, "facts": facts, "note": note}
    words |= {"button": button, "link": link, "beside": beside}
    return render(request, "hotline/form_page.html", words, status=422 if form.is_bound else 200)
