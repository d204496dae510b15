"""Those who were left behind: what was delivered to each, and what their communities have for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.domains.coordination import forms, queries
from linli.domains.coordination.books import FACILITIES
from linli.domains.coordination.rules import LEFT_BEHIND, Facility
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.figures.queries import broken_down, figure
from linli.kernel.figures.rules import Period
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

DONE, NOT_YET = Badge("已发放", Tone.GOOD), Badge("本年尚无", Tone.WARN)
COLUMNS = (
    Column("name", "姓名", kind="person", value="person.name",
           link=lambda row: reverse("coordination:person_record", args=[row.pk])),
    Column("area", "所在地", kind="area", value="person.area"),
    Column("left", "人员类别", value=lambda row: LEFT_BEHIND[row.left], sort=True),
    Column("money", "本年救助", kind="money", sort=True, total="money"),
    Column("health", "其中助医", kind="money", sort=True, minor=True),
    Column("times", "次数", kind="count", sort=True, minor=True),
    Column("last", "最近发放", kind="day", sort=True),
    Column("state", "发放", kind="state", value=lambda row: DONE if row.delivered else NOT_YET),
)  # fmt: skip


@page("coordination.read")
def left_behind(request: HttpRequest) -> HttpResponse:
    """This year's aid of each of them, in person and through their family; the facilities of the area by kind."""
    on = request.today
    first = date(on.year, 1, 1)
    listing = Listing(
        request, title="三留人员救助", rows=lambda words: queries.left_rows(first, on, **words), columns=COLUMNS, noun="人",
        filters=lambda *args, **words: forms.LeftSearch(*args, scope=request.actor.scope, **words),
        export=recording(by=request.actor, verb="coordination.export", kind="coordination.left_behind"),
        name_of=lambda row: row.person.name, empty="这里还没有认定为留守儿童、留守老人、留守妇女的人。",
    )  # fmt: skip
    record_seen(by=request.actor, verb="coordination.left_behind", kind="coordination.left_behind", rows=listing.total)
    words = {
        "groups": _groups(request, on), "facilities": _facilities(request, on), "first": first, "on": on,
        "book": reverse("records:book", args=[FACILITIES.key]),
    }  # fmt: skip
    return listing.response("coordination/left_behind.html", words)


def _groups(request: HttpRequest, on: date) -> list[dict[str, Any]]:
    """How many there are of each group, how many of them received something this year: the figures of the area."""
    period, area = Period(date(on.year, 1, 1), on, f"{on.year}年至今"), request.actor.area
    known, helped = (
        {cell.key: cell.value for cell in broken_down(figure(f"coordination.left_behind.{key}"), period, area, "left")}
        for key in ("people", "helped")
    )
    return [
        {"zh": zh, "people": known.get(key, 0), "helped": helped.get(key, 0), "without": known.get(key, 0) - helped.get(key, 0)}
        for key, zh in LEFT_BEHIND.items()
    ]


def _facilities(request: HttpRequest, on: date) -> list[tuple[str, int]]:
    period = Period(on, on, f"{on}")
    counted = broken_down(figure(f"book.{FACILITIES.key}.count"), period, request.actor.area, "kind")
    known = {cell.key: cell.value for cell in counted}
    return [(one.zh, known.get(one.value, 0)) for one in Facility]
