"""The clock of a case, replayed from its events; the warnings that a domain gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.module_loading import import_string

from linli.base.days import Term, official_calendar
from linli.kernel.access.rules import Actor
from linli.kernel.cases.models import Case, Event
from linli.kernel.cases.queries.flows import flow_of, panel_of
from linli.kernel.cases.rules import Clock, Flow, Ground, Happening, Kind, clock, stops_of


def happening(event: Event) -> Happening:
    """A stored event as the rules see it."""
    return _happening(event.kind, event.on, event.step, event.to, event.by_id, event.clock)


def _happening(kind: str, day: date, step: str, to: str, staff: int | None, effect: dict[str, Any]) -> Happening:
    until, extends = effect.get("until"), effect.get("extends")
    return Happening(
        kind=Kind(kind),
        day=day,
        step=step,
        to=to,
        staff=staff,
        stops=Ground(effect["stops"]) if "stops" in effect else None,
        until=date.fromisoformat(until) if until else None,
        resumes=Ground(effect["resumes"]) if "resumes" in effect else None,
        extends=Term(**extends) if extends else None,
    )


def clock_json(item: Happening) -> dict[str, Any]:
    """What an event does to the clock, as it is stored; the reverse of :func:`happenings`."""
    found: dict[str, Any] = {}
    if item.stops:
        found["stops"] = item.stops.value
    if item.until:
        found["until"] = item.until.isoformat()
    if item.resumes:
        found["resumes"] = item.resumes.value
    if item.extends:
        found["extends"] = {"kind": item.extends.kind, "n": item.extends.n}
    return found


def happenings(case_id: int) -> list[Happening]:
    """Everything that happened in a case, in order."""
    stored = Event.objects.filter(case=case_id).order_by("number")
    return [_happening(*row) for row in stored.values_list("kind", "on", "step", "to", "by_id", "clock")]


def clock_of(case: Case, *, on: date, past: list[Happening] | None = None) -> Clock:
    """The clock of a case on a day, replayed from its events (``past``, where they were read already)."""
    return clock(happenings(case.pk) if past is None else past, flow_of(case), official_calendar(), on=on)


def marks(events: Sequence[Happening], flow: Flow, *, on: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of the case and of its task that are kept for sorting, computed from the events alone."""
    seen = clock(events, flow, official_calendar(), on=on)
    whole = seen.case.due if seen.case else None
    stop = next((stop for stop in reversed(stops_of(events)) if stop.ground and not stop.resumed), None)
    return (
        {
            "due_on": whole and whole.day,
            "due_provisional": bool(whole and whole.provisional),
            "stop": stop.ground.value if stop and stop.ground else "",
            "stop_until": stop.through if stop else None,
        },
        {"due_on": seen.due and seen.due.day, "provisional": bool(seen.due and seen.due.provisional)},
    )


def warnings_of(cases: Iterable[Case], *, by: Actor, on: date) -> dict[int, list[str]]:
    """What a person should look at before passing, by case, as the domains say."""
    found: dict[int, list[str]] = {}
    by_flow: dict[str, list[Case]] = {}
    for case in cases:
        by_flow.setdefault(case.flow, []).append(case)
    for flow, group in by_flow.items():
        path = panel_of(flow).warnings
        if path:
            found |= {key: list(lines) for key, lines in import_string(path)(cases=group, by=by, on=on).items() if lines}
    return found
