"""The whole network at one look: each town with its branch or without one, people, papers, terms, and the year's money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.base.money import show_wan
from linli.domains.federation import queries
from linli.domains.federation.books import BODIES
from linli.domains.federation.queries import BodyLine, TownLine
from linli.domains.federation.rules import TERM_AHEAD, BodyLevel, Money
from linli.domains.federation.views.common import by_year, chosen_days, exporting
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, NumberCard, Tone

MISSING = Badge("尚未建立", Tone.BAD)


@dataclass(frozen=True)
class Row:
    """A line of the overview: an organisation, a town that has none, or the books of one that was closed."""

    id: int
    place: str
    money: Money
    body: BodyLine | None = None
    closed: bool = False

    def __str__(self) -> str:
        return self.body.name if self.body else self.place


def term_badge(term: date | None, on: date) -> Badge | None:
    """How near the end of a term is."""
    if term is None:
        return None
    if term <= on:
        return Badge(f"{term} 已届满", Tone.BAD)
    return Badge(f"{term} 将届满", Tone.WARN) if term <= on + timedelta(days=TERM_AHEAD) else Badge(str(term))


def _columns(on: date, may_found: bool) -> tuple[Column, ...]:
    def link(row: Row) -> str:
        if row.body is None and row.closed:
            return ""
        if row.body is None:
            return f"{reverse('federation:found')}?level={BodyLevel.TOWN.value}" if may_found else ""
        return reverse("federation:body", args=[row.body.id])

    def name(row: Row) -> Any:
        return row.body.name if row.body else Badge("已撤销分会的账簿") if row.closed else MISSING

    def papers(row: Row) -> Any:
        return (f"{row.body.papers}件" if row.body.papers else Badge("未登记", Tone.WARN)) if row.body else None

    def money(part: str, zh: str) -> Column:
        return Column(part, zh, kind="wan", value=f"money.{part}", total=part, sort=True, minor=part == "paid")

    return (
        Column("place", "区、镇街", sort=True),
        Column("name", "慈善组织", value=name, link=link),
        Column("person", "负责人", value=lambda row: row.body.person if row.body else None, minor=True),
        Column("staff", "人员", kind="count", value=lambda row: row.body.staff if row.body else None, minor=True),
        Column("full", "专职", kind="count", value=lambda row: row.body.full if row.body else None, minor=True),
        Column("papers", "制度", value=papers, minor=True),
        Column("term", "任期至", kind="state", value=lambda row: term_badge(row.body.term, on) if row.body else None),
        money("received", "收入"), money("granted", "决定支出"), money("paid", "已付"), money("balance", "结存"),
    )  # fmt: skip


@page("federation.see")
def network(request: HttpRequest) -> HttpResponse:
    """The organisations of the district and of each town, with what of a year they received, granted, paid and have."""
    on = request.today
    _, day = chosen_days(request)
    top, towns, stations = queries.network(on, request.actor.scope, day)
    rows = [_row("区本级", line) for line in top] + [row for town in towns for row in _rows_of(town)]
    may_found = request.actor.may(BODIES.write)
    listing = Listing(
        request, title="慈善组织网络", noun="个", columns=_columns(on, may_found), rows=rows, filters=by_year(request),
        ident="id", export=exporting(request, "records.book", BODIES.key), empty="本辖区没有镇街。",
    )  # fmt: skip
    every = [*top, *(line for town in towns for line in town.bodies), *stations]
    several = [town for town in towns if len(town.bodies) > 1]
    context = {
        "cards": _cards(rows, every, towns, day), "day": day, "stations": stations, "several": several,
        "missing": [town for town in towns if not town.bodies], "may_keep": may_found,
    }  # fmt: skip
    return listing.response("federation/network.html", context)


def _row(place: str, line: BodyLine) -> Row:
    return Row(line.id, place, line.money, line)


def _rows_of(town: TownLine) -> list[Row]:
    rows = [_row(town.name, line) for line in town.bodies]
    if not rows or town.rest != Money():
        rows.append(Row(-int(town.code), town.name, town.rest, closed=bool(rows)))
    return rows


def _cards(rows: list[Row], every: list[BodyLine], towns: list[TownLine], day: date) -> list[NumberCard]:
    built = sum(1 for town in towns if town.bodies)
    whole = f"?period={day.year}-01-01..{day}"

    def card(part: str, zh: str) -> NumberCard:
        total = sum(getattr(row.money, part) for row in rows)
        href = reverse("figures:figure", args=[f"federation.{part}"]) + whole
        return NumberCard(f"{day.year}年{zh}", show_wan(total), "万元", as_of=str(day), href=href)

    staff, full = sum(line.staff for line in every), sum(line.full for line in every)
    people = reverse("figures:figure", args=["federation.staff"]) + whole
    return [
        NumberCard("镇街慈善分会", f"{built} / {len(towns)}", "个", definition="建有慈善分会的镇街 / 全部镇街",
                   tone=Tone.GOOD if built == len(towns) else Tone.WARN),
        NumberCard("任职人员", str(staff), "人次", [("专职", str(full)), ("兼职", str(staff - full))], href=people),
        card("received", "收入"), card("granted", "决定支出"),
    ]  # fmt: skip
