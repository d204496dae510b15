"""Families that wait to be posted, and those on show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import applications
from linli.domains.assistance.rules import kinds_at
from linli.kernel.publicity.queries import cases_on_show, notice_standings
from linli.kernel.publicity.rules import Standing, case_ref

POSTS = {"first": "村居公布", "notice": "镇街公示", "second": "审批公示"}


@dataclass(frozen=True)
class Shown:
    """A family at a step at which it is posted, and how its notice stands."""

    application: Application
    standing: Standing


def _here(step: str, area: str = "") -> list[Application]:
    rows = applications(state="open", step=step)
    return list((rows.filter(area=area) if area else rows).order_by("area", "id"))


def waiting(step: str, area: str = "") -> list[Application]:
    """Applications at this step that are in no draft and no notice that is up, and were not shown to the end since they came."""
    rows = _here(step, area)
    shown = {line.application.pk for line in _shown(rows, step, date.max) if line.standing.until}
    up: set[str] = set()
    for kind in kinds_at(step):
        cases = [case_ref(kind.key, one.case_id) for one in rows]
        up |= set(cases_on_show(cases, kind.key).values_list("case", flat=True))
    hanging = {one.pk for one in rows for kind in kinds_at(step) if case_ref(kind.key, one.case_id) in up}
    return [one for one in rows if one.pk not in shown | hanging]


def on_show(step: str, on: date) -> list[Shown]:
    """Applications at this step that were posted, with their notice: drafted, up, or over."""
    return _shown(_here(step), step, on)


def _shown(rows: Sequence[Application], step: str, on: date) -> list[Shown]:
    posted = [one for one in rows if one.posted.get("step") == step]
    return [Shown(one, standing) for one, standing in zip(posted, standings(posted, on), strict=True)]


def standings(rows: Sequence[Application], on: date) -> list[Standing]:
    """How each stands with the notice that was drafted for it last; an earlier one counts no more."""
    cases = [case_ref(one.posted.get("kind", ""), one.case_id) for one in rows]
    found = notice_standings(cases, on)
    return [
        found[case] if found[case].notice == one.posted.get("notice") else Standing(case)
        for one, case in zip(rows, cases, strict=True)
    ]
