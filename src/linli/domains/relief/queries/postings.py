"""Requests that wait to be posted, and those on show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.domains.relief.models import Request
from linli.domains.relief.queries.requests import requests
from linli.domains.relief.rules import NOTICE
from linli.kernel.publicity.queries import cases_on_show, notice_standings
from linli.kernel.publicity.rules import Standing, case_ref


@dataclass(frozen=True)
class Shown:
    """A request that was posted, and how its notice stands."""

    request: Request
    standing: Standing


def _here(area: str = "") -> list[Request]:
    rows = requests(state="open", step="notice")
    return list((rows.filter(area=area) if area else rows).order_by("area", "id"))


def waiting(area: str = "") -> list[Request]:
    """Requests that are in no draft and no notice that is up, and were not shown to the end since the last survey."""
    rows = _here(area)
    up = set(cases_on_show([case_ref(NOTICE.key, one.case_id) for one in rows], NOTICE.key).values_list("case", flat=True))
    shown = {line.request.pk for line in on_show(date.max) if line.standing.until}
    return [one for one in rows if case_ref(NOTICE.key, one.case_id) not in up and one.pk not in shown]


def on_show(on: date) -> list[Shown]:
    """Requests that were posted, with their notice: drafted, up, or over."""
    rows = [one for one in _here() if one.posted]
    return [Shown(one, standing) for one, standing in zip(rows, standings(rows, on), strict=True)]


def standings(rows: Sequence[Request], on: date) -> list[Standing]:
    """How each stands with the notice that was drafted for it last; an earlier one counts no more."""
    found = notice_standings([case_ref(NOTICE.key, one.case_id) for one in rows], on, kind=NOTICE.key)
    own = [found[case_ref(NOTICE.key, one.case_id)] for one in rows]
    return [
        standing if standing.notice == one.posted.get("notice") else Standing(standing.case)
        for one, standing in zip(rows, own, strict=True)
    ]
