"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access.actions import handle
from linli.kernel.ledgers.rules import BatchState, LineResult, OrderState
from linli.kernel.ui.rules import Badge, Tone

ORDER_TONES = {
    OrderState.READY: Tone.NOW, OrderState.BATCHED: Tone.NOW, OrderState.SENT: Tone.NOW, OrderState.FAILED: Tone.BAD,
    OrderState.PAID: Tone.GOOD, OrderState.RECOVERING: Tone.WARN,
}  # fmt: skip
BATCH_TONES = {
    BatchState.MADE: Tone.WARN, BatchState.CHECKED: Tone.NOW, BatchState.LOCKED: Tone.NOW, BatchState.SENT: Tone.NOW,
    BatchState.RECONCILED: Tone.GOOD, BatchState.ARCHIVED: Tone.GOOD,
}  # fmt: skip
LINE_TONES = {LineResult.PAID: Tone.GOOD, LineResult.FAILED: Tone.BAD, LineResult.OPEN: Tone.NOW}


def order_badge(order: Any) -> Badge:
    state = OrderState(order.state)
    return Badge(state.zh, ORDER_TONES.get(state, Tone.QUIET))


def batch_badge(batch: Any) -> Badge:
    state = BatchState(batch.state)
    return Badge(state.zh, BATCH_TONES.get(state, Tone.QUIET))


def line_badge(line: Any) -> Badge:
    result = LineResult(line.result)
    return Badge(result.zh, LINE_TONES.get(result, Tone.QUIET))


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, back: str, submit: str, said: str = "已办理。",
    facts: Any = (), note: str = "", grave: bool = False,
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "back": back, "submit": submit, "facts": facts, "note": note, "grave": grave}
    return render(request, "ledgers/form.html", words, status=422 if form.is_bound else 200)
