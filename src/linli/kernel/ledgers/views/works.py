"""A step of a large batch while it is done: it can be left, and shows how far it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.kernel.access.rules import page
from linli.kernel.ledgers import queries
from linli.kernel.ledgers.rules import WorkKind, WorkState
from linli.kernel.ui.rules import Badge, Fact, Tone

TONES = {WorkState.WAITING: Tone.NOW, WorkState.DONE: Tone.GOOD, WorkState.FAILED: Tone.BAD}


@page("ledgers.see")
@require_GET
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    return render(request, "ledgers/work.html", _words(work_id))


@page("ledgers.see")
@require_GET
def progress(request: HttpRequest, work_id: int) -> HttpResponse:
    """The part of the page that changes; when the step is over the page is loaded anew."""
    words = _words(work_id)
    answer = render(request, "ledgers/progress.html", words)
    if not words["running"]:
        answer["HX-Refresh"] = "true"
    return answer


def _words(work_id: int) -> dict[str, Any]:
    shown = queries.work_of(work_id)
    state = WorkState(shown.state)
    facts = [
        Fact("事项", WorkKind(shown.kind).zh), Fact("提交人", shown.by.name if shown.by else ""),
        Fact("提交时间", shown.at, kind="moment"), Fact("结果", shown.message),
    ]  # fmt: skip
    return {
        "work": shown, "progress": shown.progress, "state": Badge(state.zh, TONES[state]), "facts": facts,
        "title": WorkKind(shown.kind).zh, "running": state is WorkState.WAITING,
    }  # fmt: skip
