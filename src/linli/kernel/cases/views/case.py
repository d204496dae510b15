"""The case: papers and what happened on the left; data, checks, clock and everything that can be done on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string

from linli.base.reasons import Outcome
from linli.kernel.access.actions import attempt, record_seen
from linli.kernel.access.rules import page
from linli.kernel.cases import queries
from linli.kernel.cases.rules import Clock, Happening, Kind
from linli.kernel.cases.views.acts import Offer, act_offers, carry_out
from linli.kernel.cases.views.lists import state_badge
from linli.kernel.ui.queries import area_name
from linli.kernel.ui.rules import DaysLeft, Event, Fact, Step, Tone

TONES = {Kind.RETURNED: Tone.WARN, Kind.REFUSED: Tone.BAD, Kind.OBJECTION: Tone.WARN, Kind.CLOSED: Tone.GOOD}


def found(case_id: int) -> Any:
    """The case; for anybody outside its area there is none."""
    row = queries.case_by_id(case_id)
    if row is None:
        raise Http404
    return row


@page("cases.read")
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    seen = _look(request, case_id)
    row, here = seen.row, _here(request)
    offers = act_offers(request, row, seen.papers, free=not seen.hindrance)
    if request.method == "GET" and request.htmx:
        return _opened(request, offers)
    sent = next((offer.form for offer in offers if offer.form and offer.form.is_bound), None)
    if request.method == "POST":
        if sent is None:  # somebody else has moved the case since, and the act is not offered any more
            messages.warning(request, "这一环节刚才已由其他人办理，本次操作没有生效。以下是案件的最新情况。")
            return redirect(here)
        if sent.is_valid():

            def act() -> str:
                carry_out(request, row, sent)
                gone = sent.verb == "transfer" and not request.actor.covers(row.area)
                return reverse("cases:tasks") if gone else here

            if answer := attempt(by=request.actor, form=sent, act=act):
                return redirect(answer)
            seen = _look(request, case_id)
    else:
        record_seen(by=request.actor, verb="cases.read", kind="cases.case", subject=row.pk, area=row.area)
    words = _words(request, seen)
    if any(offer.verb == "pass" for offer in offers):  # said at the button, and not twice
        words["warnings"] = [line for line in words["warnings"] if line not in words.get("owed", ())]
    words |= {
        "acts": offers,
        "main": [offer for offer in offers if offer.main],
        "others": [offer for offer in offers if not offer.main],
        "sent": sent,
    }
    return render(request, "cases/case.html", words, status=422 if sent else 200)


@dataclass(frozen=True)
class _Seen:
    """A case as it stands now: its row, its events, what the rules see of them, its papers, and why this worker cannot
    act at its step."""

    row: Any
    events: list[Any]
    past: list[Happening]
    papers: list[Any]
    hindrance: str


def _look(request: HttpRequest, case_id: int) -> _Seen:
    row, by = found(case_id), request.actor
    events = list(queries.events_of(row))
    past = [queries.happening(event) for event in events]
    works = row.state == "open" and by.may("cases.work")
    hindrance = queries.hindrance(row, queries.flow_of(row).step(row.step), by, past) if works else ""
    return _Seen(row, events, past, list(queries.papers(row)), hindrance)


def _here(request: HttpRequest) -> str:
    """The address of the page with its queue, and without the act that was opened on it."""
    kept = urlencode({name: value for name, value in request.GET.items() if name != "act"})
    return request.path + (f"?{kept}" if kept else "")


def _opened(request: HttpRequest, offers: list[Offer]) -> HttpResponse:
    """The form of an act that was just opened on the page."""
    offer = next((offer for offer in offers if offer.form and offer.wanted), None)
    if offer is None:
        raise Http404
    return render(request, "cases/act_form.html", {"offer": offer, "form": offer.form})


def _words(request: HttpRequest, seen: _Seen) -> dict[str, Any]:
    row, by, on = seen.row, request.actor, request.today
    clock, task, flow = queries.clock_of(row, on=on, past=seen.past), queries.open_task(row), queries.flow_of(row)
    taken = list(queries.decisions(row))
    items = queries.timeline(row, seen.events, taken)
    panel = panel_words(row, by=by, on=on)
    warnings = panel["warnings"] if "warnings" in panel else queries.warnings_of([row], by=by, on=on).get(row.pk, [])
    return panel | _neighbours(request, row, task) | {
        "case": row,
        "flow": flow,
        "badge": state_badge(row),
        "facts": _facts(row, task),
        "steps": _steps(row, flow, items),
        "clock": clock,
        "clock_badge": _clock_badge(row, clock),
        "events": [_event(item) for item in reversed(items)],
        "notices": [item.event for item in items if item.kind is Kind.PAPERS_ASKED],
        "decisions": [(item, Outcome.from_json(item.outcome)) for item in taken],
        "warnings": warnings,
        **_papers(seen.papers),
        "hindrance": seen.hindrance,
    }


def _papers(papers: list[Any]) -> dict[str, Any]:
    """The papers that this case is about, and the names of those that nobody asked for, which may still be handed in."""
    about = [one for one in papers if one.required or one.received_on or one.waived or one.asked_on]
    return {"papers": about, "spare_papers": [one.name for one in papers if one not in about]}


def panel_words(row: Any, *, by: Any, on: Any) -> dict[str, Any]:
    """What the domain adds to the page and to the printed form; the page's own words stand above it."""
    panel = queries.panel_of(row.flow)
    words = import_string(panel.context)(case=row, by=by, on=on) if panel.context else {}
    return {"panel": panel, **words}


def _facts(row: Any, task: Any) -> list[Fact]:
    facts = [
        Fact("编号", row.number, "code"),
        Fact("管辖区划", area_name(row.area), note="" if row.area == row.area_then else f"受理时：{area_name(row.area_then)}"),
        Fact("受理日", row.opened_on, "day"),
    ]
    if task and task.assigned_to:
        facts.append(Fact("办理人", task.assigned_to.name))
    if row.closed_on:
        facts.append(Fact("办结日", row.closed_on, "day"))
    return facts


def _steps(row: Any, flow: Any, items: list[queries.TimelineItem]) -> list[Step]:
    """The progress line: what was passed, where the case stands, what is still to come."""
    order = [step.key for step in flow.steps]
    at = order.index(row.step) if row.state == "open" else len(order)
    days = {item.event.step: item.event.on for item in items if item.kind in {Kind.PASSED, Kind.REFUSED}}
    back = {item.event.step for item in items if item.kind is Kind.RETURNED}
    found = []
    for index, step in enumerate(flow.steps):
        passed = step.key in days
        if row.state == "open" and index == at:
            state = "now"
        elif index < at and passed:
            state = "done"
        elif step.key in back and row.state == "open":
            state = "back"
        else:  # a case that was taken in the community never comes to the counter of the street
            further = index < at and (row.state == "open" or any(key in days for key in order[index:]))
            state = "skip" if further else "todo"
        found.append(Step(step.zh, state, days[step.key].isoformat() if state == "done" else ""))
    return found


def _clock_badge(row: Any, clock: Clock) -> DaysLeft | None:
    if row.state != "open" or clock.count is None or clock.stopped:
        return None
    unit = "个工作日" if clock.count.term.kind == "working" else "天"
    return DaysLeft(clock.count.left, bool(clock.due and clock.due.provisional), unit)


def _event(item: queries.TimelineItem) -> Event:
    event = item.event
    where = f"{item.step}·{item.kind.zh}" if item.step else item.kind.zh
    post = f"{area_name(event.post.at)} {event.post.get_role_display()}" if event.post else ""
    if event.post and event.post.delegated_from:
        post += f"（受{event.post.delegated_from.staff.name}委托）"
    who = f"{event.by.name}　{post}".strip() if event.by else "系统"
    text = "　".join(part for part in (item.reason and f"理由：{item.reason}", event.opinion, _detail(item)) if part)
    took = f"{item.days}天" if item.days else ""
    return Event(event.on, f"{where}{f' → {item.to}' if item.to else ''}", who, text, TONES.get(item.kind, Tone.QUIET), took)


def _detail(item: queries.TimelineItem) -> str:
    """What an event says beside its words."""
    facts = item.event.facts
    if item.kind is Kind.PUBLISHED:
        return f"公示至{facts['until']}"
    if item.kind is Kind.TRANSFERRED:
        return f"{area_name(facts['from'])} → {area_name(facts['to'])}"
    if item.kind is Kind.PAPERS_ASKED and facts["answer_by"]:
        return f"请在{facts['answer_by']}前补交"
    return {Kind.EXTENDED: facts.get("document", ""), Kind.OBJECTION: facts.get("source", "")}.get(item.kind, "")


def _neighbours(request: HttpRequest, row: Any, task: Any) -> dict[str, Any]:
    """The cases before and after this one in the queue from which it was opened."""
    task = task or row.tasks.order_by("-id").first()
    if task is None or not request.actor.may("cases.work"):
        return {}
    kept = {name: request.GET[name] for name in ("flow", "step") if request.GET.get(name)}
    queue = queries.my_tasks(request.actor, **kept)
    _, mark, query = _here(request).partition("?")

    def address(other: Any) -> str:
        return reverse("cases:case", args=[other.case_id]) + mark + query if other else ""

    return {"next": address(queries.next_task(queue, task)), "previous": address(queries.previous_task(queue, task))}
