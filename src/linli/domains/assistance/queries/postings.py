"""Families that wait to be posted, and those on show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.domains.assistance.models import Application
from linli.domains.assistance.queries.applications import applications
from linli.kernel.publicity.queries import cases_on_show, notice_standings
from linli.kernel.publicity.rules import Standing, case_ref

POSTS = {"first": "村居公布", "notice": "镇街公示", "second": "审批公示"}


@dataclass(frozen=True)
class Shown:
    """A family at a step at which it is posted, and how its notice stands."""

    application: Application
    standing: Standing


def _reference(one: Application) -> str:
    return case_ref(one.posted.get("kind", ""), one.case_id)


def _here(step: str, area: str = "") -> list[Application]:
    rows = applications(state="open", step=step)
    return list((rows.filter(area=area) if area else rows).order_by("area", "id"))


def waiting(step: str, area: str = "") -> list[Application]:
    """Applications at this step that are not in a draft or a notice that is up, and were not shown to the end."""
    rows = _here(step, area)
    mine = {_reference(one): one for one in rows if one.posted.get("step") == step}
    up = {item for kind in {one.posted["kind"] for one in mine.values()}
          for item in cases_on_show(mine, kind).values_list("case", flat=True)}  # fmt: skip
    return [one for one in rows if one.posted.get("step") != step or _reference(one) not in up]


def on_show(step: str, on: date) -> list[Shown]:
    """Applications at this step that were posted, with their notice: drafted, up, or over."""
    rows = [one for one in _here(step) if one.posted.get("step") == step]
    found = notice_standings([_reference(one) for one in rows], on)
    return [Shown(one, found[_reference(one)]) for one in rows]
