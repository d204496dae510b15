"""Judgements, and what the public's connection may learn of a handling."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from linli.base.areas import scope_of
from linli.base.days import official_calendar
from linli.domains.hall.models import Rating
from linli.domains.hall.queries.catalogue import law
from linli.domains.hall.queries.slots import PublicHall, hall_on
from linli.domains.hall.rules import POOR, Stage
from linli.kernel.cases.queries import flows
from linli.kernel.publicity.queries import ask_public, phone_digests

DISTRICT_ENDS = "000000"
"""How the code of a district ends, and that of no hall below it."""


def ratings(
    *, grade: str = "", stage: str = "", answered: str = "", first: date | None = None, last: date | None = None, area: str = "",
    hall: str = "",
) -> Any:
    """Judgements of the present range, the newest first. ``answered``: open (a poor one without an answer), done; ``hall``: of
    the district's hall, or of those below.
    """
    rows: QuerySet[Rating] = Rating.objects.select_related("handling__taken_by").order_by("-id")
    exact = {"grade": grade, "stage": stage, "since__gte": first, "since__lte": last}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if area:
        rows = rows.filter(area__gte=scope_of(area).lo, area__lt=scope_of(area).hi)
    if hall:
        at_district = Q(handling__hall__endswith=DISTRICT_ENDS)
        rows = rows.filter(at_district if hall == "district" else ~at_district)
    if answered == "open":
        return rows.filter(grade__in=[one.value for one in POOR], answered_on=None)
    return rows.exclude(answered_on=None) if answered else rows


def rating(rating_id: int) -> Rating:
    """One judgement. :raises Http404: there is none in the present range."""
    found = Rating.objects.select_related("handling__taken_by").filter(pk=rating_id).first()
    if found is None:
        raise Http404
    return found


def ratings_of(handling_id: int) -> list[Rating]:
    """The judgements of one handling."""
    return list(Rating.objects.filter(handling_id=handling_id).order_by("id"))


def to_be_answered(**words: Any) -> QuerySet[Rating]:
    """Poor judgements that nobody has answered, the oldest first."""
    found: QuerySet[Rating] = ratings(answered="open", **words).order_by(F("since"), "id")
    return found


def answer_due(since: date, area: str) -> date:
    """The last day on which a poor judgement of a day may be answered."""
    return law().on("hall.answer_days", since, area).term.due(since, official_calendar()).day


def late_since(area: str, on: date) -> date:
    """The last day whose poor judgements are late to be answered today."""
    day = on - timedelta(days=1)
    while answer_due(day, area) >= on:
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Progress:
    """What a resident learns: the item, where it stands, working days left, papers that are missing, what can be judged."""

    zh: str
    taken_on: date
    promised_on: date
    where: str
    left: int | None
    missing: tuple[str, ...]
    closed_on: date | None
    handed_on: date | None
    stages: tuple[Stage, ...]
    hall: PublicHall | None
    paused: bool
    granted: bool


def progress(number: str, phone: str, on: date) -> Progress | None:
    """By receipt and telephone together, through the public's connection; None where they do not fit."""
    told = ask_public("hall_progress", number, phone_digests(phone))
    if told is None:
        return None
    return _read(json.loads(told) if isinstance(told, str) else told, on)


def _read(told: dict[str, Any], on: date) -> Progress:
    flow = flows()[told["flow"], told["version"]]
    open_ = told["state"] == "open"
    promised = date.fromisoformat(told["promised_on"])
    running = open_ and not told["stop"]
    where = "等待您补交材料" if told["stop"] else flow.step(told["step"]).zh if open_ else flow.ending(told["outcome"]).zh
    given = set(told["graded"])
    stages = [Stage.TAKEN] if open_ else list(Stage)
    return Progress(
        told["zh"], date.fromisoformat(told["taken_on"]), promised, where,
        official_calendar().working_days_between(on, promised) if running else None, tuple(told["missing"]) if open_ else (),
        _day(told["closed_on"]), _day(told["result_on"]), tuple(stage for stage in stages if stage.value not in given),
        hall_on(told["hall"], on), bool(open_ and told["stop"]), not open_ and flow.ending(told["outcome"]).granted,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
