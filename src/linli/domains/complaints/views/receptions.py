"""Receptions, visits and talks with their matters: one page that leads to the registers, and what becomes an order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.complaints import actions, forms, queries
from linli.domains.complaints.books import BOOKS, DUTIES
from linli.domains.complaints.rules import SESSIONS, Handing, MatterResult, Occasion
from linli.domains.complaints.views.common import carry_out
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

TONES = {
    MatterResult.OPEN: Tone.WARN, MatterResult.SETTLED: Tone.GOOD, MatterResult.EXPLAINED: Tone.GOOD,
    MatterResult.ORDER: Tone.NOW,
}  # fmt: skip


def _entry(one: Any) -> str:
    return reverse("records:entry", args=[one.pk])


DAY = Column("day", "日期", kind="day", sort=True)
COLUMNS = (
    Column("area", "社区（村）", kind="area"),
    Column("occasion", "类别", value=lambda one: Occasion(one.values["occasion"]).zh),
    Column("host", "接待（主持）人", value=lambda one: one.values["host"], minor=True),
    Column("came", "居民", kind="count", value=lambda one: one.values["came"], unit="人"),
)


@page("complaints.see")
def receptions(request: HttpRequest) -> HttpResponse:
    columns = (replace(DAY, link=_entry) if request.actor.may("records.see") else DAY, *COLUMNS)
    listing = Listing(
        request, title="接待、走访和聊天活动", rows=lambda words: queries.sessions(**words), columns=columns,
        filters=lambda *args, **words: forms.SessionSearch(*args, scope=request.actor.scope, **words), order="-day", noun="场",
        name_of=lambda one: f"{one.day}", empty="还没有接待、走访和聊天活动的记录。",
    )  # fmt: skip
    may = request.actor.may("complaints.receive")
    recent = [(one, Occasion(one.values["occasion"]).zh, _shown(matters)) for one, matters in queries.recent_sessions()]
    matters = [(one, Occasion(one.values["occasion"]).zh) for one in queries.open_matters()[:30]]
    words = {"books": BOOKS, "duty": DUTIES[0], "recent": recent, "matters": matters, "may": may}
    return listing.response("complaints/receptions.html", words)


def _shown(matters: list[Any]) -> list[tuple[Any, Badge]]:
    found = [(one, MatterResult(one.values["result"])) for one in matters]
    return [(one, Badge(result.zh, TONES[result])) for one, result in found]


@page("complaints.receive")
@require_safe
def hold(request: HttpRequest, subject: str) -> HttpResponse:
    """A reception is entered in its register, which does the duty."""
    return redirect(reverse("records:new", args=[SESSIONS]))


@page("complaints.receive")
@require_http_methods(["GET", "POST"])
def add_matter(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A matter of one reception or talk."""
    session = queries.session(entry_id, request.actor)
    form, back = forms.AddMatter(request.POST or None), reverse("complaints:receptions")

    def act() -> str:
        actions.add_matter(by=request.actor, on=request.today, session=session, **form.cleaned_data)
        return back

    facts = [
        Fact("日期", session.day, "day"), Fact("类别", Occasion(session.values["occasion"]).zh),
        Fact("接待人", session.values["host"]),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="登记反映的事项", submit="登记", back=back, crumbs=(("信访接待", back),), said="已登记事项。",
        facts=facts,
    )  # fmt: skip


@page("complaints.receive")
@require_http_methods(["GET", "POST"])
def pass_matter(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A matter becomes a complaint, a petition or another order."""
    matter, back = queries.matter(entry_id, request.actor), reverse("complaints:receptions")
    if request.method == "GET":
        actions.still_open(matter)
    initial = {"channel": "visit", "text": matter.values["what"], "place": matter.area, "handing": Handing.TRANSFER.value}
    form = forms.taking(
        request.POST or None, scope=request.actor.scope, units=queries.units(request.today), every=True, initial=initial
    )

    def act() -> str:
        given = form.cleaned_data
        staff = queries.staff_of_unit(given["about"], given["about_staff"], request.today)
        actions.pass_matter(
            by=request.actor, at=moment(request), matter=matter, intake=form.intake(staff), paper=form.paper()
        )
        return back

    return carry_out(
        request, form, act, title="转为投诉、信访或工单", submit="转办", back=back, crumbs=(("信访接待", back),),
        said="已转办，登记簿上有工单号。",
    )  # fmt: skip
