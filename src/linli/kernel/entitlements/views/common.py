"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access.actions import handle
from linli.kernel.entitlements.rules import RunState, State
from linli.kernel.ui.rules import Badge, Tone

STATE_TONES = {State.STANDING: Tone.GOOD, State.SUSPENDED: Tone.WARN}
RUN_TONES = {
    RunState.WAITING: Tone.NOW, RunState.READY: Tone.WARN, RunState.CONFIRMED: Tone.NOW, RunState.ORDERING: Tone.NOW,
    RunState.ORDERED: Tone.GOOD, RunState.FAILED: Tone.BAD,
}  # fmt: skip


def state_badge(row: Any) -> Badge:
    state = State(row.state)
    return Badge(state.zh, STATE_TONES.get(state, Tone.QUIET))


def run_badge(run: Any) -> Badge:
    state = RunState(run.state)
    return Badge(state.zh, RUN_TONES.get(state, Tone.QUIET))


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, back: str, submit: str, said: str = "已办理。",
    facts: Any = (), note: str = "", grave: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {
        "form": form, "title": title, "back": back, "submit": submit, "facts": facts, "note": note, "grave": grave,
    }  # fmt: skip
    return render(request, "entitlements/form.html", words, status=422 if form.is_bound else 200)
