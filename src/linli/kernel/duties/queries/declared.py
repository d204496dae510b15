"""The duties that the installed packages declare, each with its declarations by day, and who owes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from django.utils.module_loading import import_string

from linli.base.areas import WHOLE, is_unit_area
from linli.kernel.access.queries import current_scope, permissions
from linli.kernel.access.rules import Actor
from linli.kernel.duties.rules import Duty, Everywhere, Subject
from linli.kernel.registry.queries import areas_on
from linli.kernel.ui.queries import declared


@cache
def duties() -> dict[str, tuple[Duty, ...]]:
    """Every declared duty by key: its declarations in the order of their first days."""
    found: dict[str, list[Duty]] = {}
    for duty in declared("duties", Duty):
        for key in {duty.permission, duty.told} - {""}:
            if key not in permissions():
                raise LookupError(f"the duty {duty.key} names the unknown permission {key}")
        found.setdefault(duty.key, []).append(duty)
    return {key: _in_order(lines) for key, lines in found.items()}


def _in_order(lines: list[Duty]) -> tuple[Duty, ...]:
    ordered = tuple(sorted(lines, key=lambda duty: duty.since))
    if len({duty.since for duty in ordered}) != len(ordered):
        raise ValueError(f"the duty {ordered[0].key} is declared twice from one day")
    return ordered


def duty_on(key: str, on: date) -> Duty:
    """The declaration of a duty in force on a day; before the first one, the first. LookupError for an unknown key."""
    lines = duties()[key]
    return next((line for line in reversed(lines) if line.since <= on), lines[0])


def line_of(key: str, since: date) -> Duty:
    """The declaration from which an occurrence came; the nearest one where it is no longer among them."""
    return duty_on(key, since)


def duties_for(by: Actor) -> list[str]:
    """The keys of the duties that this post does or is told of, by name."""
    mine = [key for key, lines in duties().items() if any(by.may(line.permission) or by.may(line.told) for line in lines)]
    return sorted(mine, key=lambda key: duties()[key][-1].zh)


def subjects_of(duty: Duty, on: date) -> Iterable[Subject]:
    """Who owes the duty, as far as the present range of areas goes."""
    if not isinstance(duty.who, Everywhere):
        found: Iterable[Subject] = import_string(duty.who.path)(on)
        return found
    scope = current_scope() or WHOLE
    rows = areas_on(on).filter(level=duty.who.level, code__gte=scope.lo, code__lt=scope.hi)
    if duty.who.kinds:
        rows = rows.filter(kind__in=duty.who.kinds)
    found = [Subject(area.code, area.name, area.code, area.since, area.until) for area in rows if not is_unit_area(area.code)]
    if not duty.who.among:
        return found
    days = import_string(duty.who.among)(on)
    return [_within(subject, *days[subject.key]) for subject in found if subject.key in days]


def _within(subject: Subject, since: date, until: date | None) -> Subject:
    """The subject in those of its days that lie in others, too."""
    ends = [day for day in (subject.until, until) if day is not None]
    return replace(subject, since=max(subject.since, since), until=min(ends, default=None))
