"""The whole network at one look: each town with its branch or without one, people, papers, terms, and the year's money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.base.money import show_wan
from linli.domains.federation import forms, queries
from linli.domains.federation.books import BODIES
from linli.domains.federation.queries import BodyLine, TownLine
from linli.domains.federation.rules import TERM_AHEAD, BodyLevel, Money
from linli.domains.federation.views.common import days_of, recording
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, NumberCard, Tone

MISSING = Badge("尚未建立", Tone.BAD)


@dataclass(frozen=True)
class Row:
    """A line of the overview: an organisation, or a town that has none."""

    id: int
    place: str
    body: BodyLine | None

    def __str__(self) -> str:
        return self.body.name if self.body else self.place

    @property
    def money(self) -> Money:
        return self.body.money if self.body else Money()


def term_badge(term: date | None, on: date) -> Badge | None:
    """How near the end of a term is."""
    if term is None:
        return None
    if term <= on:
        return Badge(f"{term} 已届满", Tone.BAD)
    return Badge(f"{term} 将届满", Tone.WARN) if term <= on + timedelta(days=TERM_AHEAD) else Badge(str(term))


def paper_words(body: BodyLine | None) -> Any:
    if body is None:
        return None
    if body.paper is None:
        return Badge("未登记", Tone.WARN)
    return f"《{body.paper.values['title']}》等{body.papers}件" if body.papers > 1 else f"《{body.paper.values['title']}》"


def _columns(on: date) -> tuple[Column, ...]:
    def link(row: Row) -> str:
        return reverse("federation:body", args=[row.body.id]) if row.body else ""

    def people(row: Row) -> str | None:
        return f"{row.body.staff}（专职{row.body.full}）" if row.body else None

    def money(part: str, zh: str, minor: bool = False) -> Column:
        return Column(part, zh, kind="wan", value=f"money.{part}", total=part, sort=True, minor=minor)

    return (
        Column("place", "区、镇街", sort=True),
        Column("name", "慈善组织", value=lambda row: row.body.name if row.body else MISSING, link=link),
        Column("person", "负责人", value=lambda row: row.body.person if row.body else None, minor=True),
        Column("staff", "人员", value=people, minor=True),
        Column("stations", "工作站", kind="count", value=lambda row: row.body.stations if row.body else None, minor=True),
        Column("paper", "章程与制度", value=lambda row: paper_words(row.body), minor=True),
        Column("term", "任期至", kind="state", value=lambda row: term_badge(row.body.term, on) if row.body else None),
        money("received", "收入"), money("moved", "上下级拨付", minor=True), money("granted", "决定支出"),
        money("paid", "已付", minor=True), money("balance", "结存"),
    )  # fmt: skip


@page("federation.see")
def network(request: HttpRequest) -> HttpResponse:
    """The organisations of the district and of each town, with what of a year they received, granted, paid and have."""
    on = request.today
    form = forms.YearSearch(request.GET)
    _, day = days_of(form.cleaned_data["year"] if form.is_valid() else None, on)
    top, towns, stations = queries.network(on, request.actor.scope, day)
    rows = [Row(line.id, "区本级", line) for line in top] + [row for town in towns for row in _rows_of(town)]
    listing = Listing(
        request, title="慈善组织网络", noun="个", columns=_columns(on), rows=rows, filters=forms.YearSearch, ident="id",
        export=recording(request, "records.book", BODIES.key), empty="本辖区没有镇街。",
    )  # fmt: skip
    several = [town for town in towns if len(town.bodies) > 1]
    context = {
        "cards": _cards(top, towns, stations, day), "day": day, "stations": stations, "several": several,
        "missing": [town for town in towns if not town.bodies], "may_keep": request.actor.may(BODIES.write),
    }  # fmt: skip
    return listing.response("federation/network.html", context)


def _rows_of(town: TownLine) -> list[Row]:
    return [Row(line.id, town.name, line) for line in town.bodies] or [Row(-int(town.code), town.name, None)]


def _cards(top: list[BodyLine], towns: list[TownLine], stations: list[BodyLine], day: date) -> list[NumberCard]:
    every = [*top, *(line for town in towns for line in town.bodies), *stations]
    built = sum(1 for town in towns if town.bodies)
    year, whole = f"{day.year}年至{day}", f"?period={day.year}-01-01..{day}"

    def total(part: str) -> int:
        return sum(getattr(line.money, part) for line in every if line.level is not BodyLevel.STATION)

    def card(part: str, zh: str) -> NumberCard:
        href = reverse("figures:figure", args=[f"federation.{part}"]) + whole
        return NumberCard(zh, show_wan(total(part)), "万元", as_of=year, href=href)

    staff, full = sum(line.staff for line in every), sum(line.full for line in every)
    people = reverse("figures:figure", args=["federation.staff"]) + whole
    return [
        NumberCard("镇街慈善分会", f"{built} / {len(towns)}", "个", definition="建有慈善分会的镇街 / 全部镇街",
                   tone=Tone.GOOD if built == len(towns) else Tone.WARN),
        NumberCard("任职人员", str(staff), "人次", compare=[("专职", str(full)), ("兼职", str(staff - full))], href=people),
        card("received", "收入"), card("granted", "决定支出"), card("balance", "结存"),
    ]  # fmt: skip
