"""Requests that wait to be posted, and those on show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domains.relief.models import Request
from linli.domains.relief.queries.requests import requests
from linli.domains.relief.rules import NOTICE, case_ref
from linli.kernel.publicity.queries import cases_on_show, notice_standings
from linli.kernel.publicity.rules import Standing


@dataclass(frozen=True)
class Shown:
    """A request that was posted, and how its notice stands."""

    request: Request
    standing: Standing


def _here(area: str = "") -> list[Request]:
    rows = requests(state="open", step="notice")
    return list((rows.filter(area=area) if area else rows).order_by("area", "id"))


def waiting(area: str = "") -> list[Request]:
    """Requests that are in no draft and no notice that is up, and were not shown to the end."""
    rows = _here(area)
    up = set(cases_on_show([case_ref(one.case_id) for one in rows], NOTICE.key).values_list("case", flat=True))
    return [one for one in rows if not one.posted or case_ref(one.case_id) not in up]


def on_show(on: date) -> list[Shown]:
    """Requests that were posted, with their notice: drafted, up, or over."""
    rows = [one for one in _here() if one.posted]
    found = notice_standings([case_ref(one.case_id) for one in rows], on, kind=NOTICE.key)
    return [Shown(one, found[case_ref(one.case_id)]) for one in rows]
