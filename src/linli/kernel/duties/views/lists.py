"""The overview of a month, the list of what is owed, and the calendar page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.base.areas import Level, level_of
from linli.base.days import month_range, official_calendar
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.duties import forms, queries
from linli.kernel.duties.rules import DoneState, TaskState, state_on
from linli.kernel.ui.queries import Listing, area_names
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Tone

TONES = {
    DoneState.AHEAD: Tone.QUIET, DoneState.DUE: Tone.NOW, DoneState.MISSED: Tone.BAD, DoneState.DONE: Tone.GOOD,
    DoneState.LATE: Tone.WARN, DoneState.DROPPED: Tone.QUIET,
}  # fmt: skip
NEXT = {Level.DISTRICT: Level.TOWN, Level.TOWN: Level.COMMUNITY}


def state_of(row: Any, on: date) -> DoneState:
    return state_on(TaskState(row.state), row.first, row.late_after, row.done_on, on)


def badge(row: Any, on: date) -> Badge:
    state = state_of(row, on)
    return Badge(state.zh, TONES[state])


def names() -> dict[str, str]:
    """The names of all duties."""
    return {key: lines[-1].zh for key, lines in queries.duties().items()}


def chosen_month(request: HttpRequest) -> tuple[date, str, Any]:
    """The month (its first day) and area of the page: this month and the post's own area unless the address says otherwise."""
    form = forms.Period(request.GET or None, auto_id="f_%s", scope=request.actor.scope)
    month, area = request.today.replace(day=1), request.actor.area
    if form.is_bound and form.is_valid():
        month, area = form.cleaned_data["month"] or month, form.cleaned_data["area"] or area
    return month, area, form


def around(month: date) -> tuple[str, str]:
    """The months before and after, as the address writes them."""
    _, after = month_range(month.year, month.month)
    return f"{month - timedelta(days=1):%Y-%m}", f"{after:%Y-%m}"


@page("duties.see")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Of each duty in the month: due, done, made up, missed, the share; and the areas below. Every number opens."""
    month, area, form = chosen_month(request)
    keys = queries.duties_for(request.actor)
    first, after = month_range(month.year, month.month)
    span = {"first": first, "last": after - timedelta(days=1)}
    known = names()
    lines = [_line(known[one.key], one, {"duty": one.key, "area": area}, span)
             for one in queries.tallies(keys, on=request.today, area=area, **span)]  # fmt: skip
    below = []
    if (level := NEXT.get(level_of(area))) and keys:
        parts = queries.tallies(keys, on=request.today, area=area, level=level, **span)
        called = area_names(part.key for part in parts)
        below = [_line(called[part.key], part, {"area": part.key}, span) for part in parts]
    before, following = around(month)
    context = {
        "month": month, "before": before, "after": following, "form": form, "lines": lines, "below": below, "area": area,
        "declared": [queries.duties()[key][-1] for key in keys], "rotas": queries.rotas_for(request.actor),
    }  # fmt: skip
    return render(request, "duties/overview.html", context)


def _line(zh: str, tally: Any, words: dict[str, str], span: dict[str, date]) -> dict[str, Any]:
    def href(state: str = "") -> str:
        said = words | {"first": str(span["first"]), "last": str(span["last"])} | ({"state": state} if state else {})
        return f"{reverse('duties:list')}?{urlencode(said)}"

    numbers = [("due", tally.due, href()), ("done", tally.done, href("done")), ("late", tally.late, href("late")),
               ("missed", tally.missed, href("missed"))]  # fmt: skip
    return {"zh": zh, "numbers": numbers, "waiting": tally.waiting, "share": tally.share}


@page("duties.see")
def listed(request: HttpRequest) -> HttpResponse:
    """What is owed, oldest deadline first."""
    on, keys, known = request.today, queries.duties_for(request.actor), names()
    columns = (
        Column("duty", "事项", value=lambda row: known.get(row.duty, row.duty),
               link=lambda row: reverse("duties:occurrence", args=[row.pk])),
        Column("subject_zh", "对象", sort=True),
        Column("area", "所在地", kind="area", sort="area", minor=True),
        Column("first", "起", kind="day", minor=True),
        Column("late_after", "期限", kind="day", sort=True),
        Column("left", "剩余", kind="days_left", value=lambda row: _left(row, on), minor=True),
        Column("state", "情况", kind="state", value=lambda row: badge(row, on)),
        Column("done_on", "办理日期", kind="day", sort=True),
        Column("done_by", "办理人", value="done_by.name", minor=True),
    )  # fmt: skip

    record = recording(by=request.actor, verb="duties.export", kind="duties.occurrence")
    choices = [(key, known[key]) for key in keys]
    listing = Listing(
        request, title="应办事项", noun="次", columns=columns, export=record, name_of=lambda row: row.subject_zh,
        filters=lambda *args, **words: forms.Search(*args, duties=choices, scope=request.actor.scope, **words),  # type: ignore[arg-type]
        rows=lambda words: queries.occurrences(keys, on=on, **words), order="late_after",
    )  # fmt: skip
    return listing.response("duties/list.html")


def _left(row: Any, on: date) -> DaysLeft | None:
    if state_of(row, on) not in {DoneState.DUE, DoneState.MISSED}:
        return None
    return DaysLeft(official_calendar().working_days_between(on, row.late_after), row.provisional, "个工作日")


@page("duties.see")
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, from Monday to Sunday, with what falls due on each day; who is on duty stands in the rosters."""
    month, _, form = chosen_month(request)
    keys = [key for key in queries.duties_for(request.actor) if not queries.duties()[key][-1].is_rota]
    known = names()
    weeks = queries.month_days(keys, month)
    shown = [
        [{"cell": cell, "off": not official_calendar().is_working(cell.day), "today": cell.day == request.today,
          "rows": [(row, known[row.duty], badge(row, request.today)) for row in cell.rows],
          "href": f"{reverse('duties:list')}?{urlencode({'first': cell.day, 'last': cell.day})}"} for cell in week]
        for week in weeks
    ]  # fmt: skip
    before, after = around(month)
    context = {"month": month, "weeks": shown, "before": before, "after": after, "form": form}
    return render(request, "duties/calendar.html", context)
