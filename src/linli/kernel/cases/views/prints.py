"""What is printed of a case: the approval form, the one-time notice of missing papers, the letter of a decision."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.base.reasons import Outcome
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.cases import queries
from linli.kernel.cases.rules import Flow, Kind
from linli.kernel.cases.views.case import found, panel_words
from linli.kernel.registry.queries import area_office


@page("cases.read")
@require_safe
def form(request: HttpRequest, case_id: int) -> HttpResponse:
    """The approval form (审批表): the facts, the papers, a box for each step's opinion, signature and seal."""
    row = found(case_id)
    flow, items = queries.flow_of(row), queries.timeline(row)
    signed = {item.event.step: item for item in items if item.kind in {Kind.PASSED, Kind.REFUSED}}
    decided = {item.step: (item, Outcome.from_json(item.outcome)) for item in reversed(queries.decisions(row))}
    _seen(request, row, "form")
    words = {
        "case": row, "flow": flow, "subject": queries.subject_name(row), "papers": queries.papers(row),
        "boxes": [(step, signed.get(step.key), decided.get(step.key)) for step in flow.steps],
    }  # fmt: skip
    return render(request, "cases/form.html", panel_words(row, by=request.actor, on=request.today) | words)


@page("cases.read")
@require_safe
def notice(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """The one-time notice of missing papers (一次性告知书) of one event."""
    row = found(case_id)
    item = next((item for item in queries.timeline(row) if item.event.number == number and item.kind is Kind.PAPERS_ASKED), None)
    if item is None:
        raise Http404
    facts, flow = item.event.facts, queries.flow_of(row)
    answer_by = date.fromisoformat(facts["answer_by"]) if facts["answer_by"] else None
    asked = queries.papers(row).filter(key__in=facts["papers"])
    _seen(request, row, "notice")
    words = {
        "case": row, "flow": flow, "event": item.event, "papers": asked, "answer_by": answer_by,
        "subject": queries.subject_name(row), "stops": "stops" in item.event.clock, "basis": flow.basis_on(item.event.on),
        "seal": _seal(flow, item.event),
    }  # fmt: skip
    return render(request, "cases/letters/notice.html", words)


@page("cases.read")
@require_safe
def decision(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """The letter of one decision; a step may name a template of its own."""
    row = found(case_id)
    item = queries.decisions(row).filter(number=number).first()
    if item is None:
        raise Http404
    flow, outcome = queries.flow_of(row), Outcome.from_json(item.outcome)
    _seen(request, row, "decision")
    words = {
        "case": row, "flow": flow, "decision": item, "outcome": outcome, "sources": _sources(flow.basis_on(item.on), outcome),
        "subject": queries.subject_name(row), "basis": flow.basis_on(item.on), "remedy": flow.remedy_on(item.on),
        "seal": _seal(flow, item),
    }  # fmt: skip
    letter = flow.step(item.step).letter or "cases/letters/decision.html"
    return render(request, letter, panel_words(row, by=request.actor, on=request.today) | words)


def _sources(basis: str, outcome: Outcome) -> list[str]:
    """What a decision stands on, each once; the document by itself is left out where an article of it is named."""
    found = dict.fromkeys(value.source for value in outcome.values if value.source)
    return [*([basis] if basis and not any(one.startswith(basis) for one in found) else []), *found]


def _seal(flow: Flow, row: object) -> str:
    """The body that speaks: that of the place of the post by which it was done."""
    post = row.post  # type: ignore[attr-defined]
    return area_office(post.at, row.on, flow.bureau) if post else ""  # type: ignore[attr-defined]


def _seen(request: HttpRequest, row: object, what: str) -> None:
    record_seen(
        by=request.actor, verb="cases.print", kind="cases.case", subject=row.pk, area=row.area, what=what  # type: ignore[attr-defined]
    )  # fmt: skip
