"""The catalogue, one figure, the rows behind a number, and the overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.areas import Level, level_of
from linli.base.shares import percent
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import Role, page
from linli.kernel.figures import forms, queries
from linli.kernel.figures.rules import APART, SMALL, Figure, Kind, Period, Unit, covered, show, whole, year_period
from linli.kernel.figures.views.course import Step, course_of
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Chart, Column, NumberCard

CHARTS = 4
FEW_IN_ALL = 50 * SMALL
"""A total from this on is never given away by small parts: no table has so many of them that are all small."""
"""Of so many figures of the overview a chart is drawn, of those that can be."""
DEFINITIONS = (
    Column("zh", "指标", sort=True, link=lambda one: reverse("figures:figure", args=[one.key])),
    Column("words", "口径"),
    Column("unit", "单位", value="unit.value", sort=True),
    Column("kind", "类别", value=lambda one: forms.KINDS[one.kind.value], sort=True, minor=True),
    Column("owner", "责任单位", sort=True, minor=True),
    Column("topic", "业务", value=lambda one: queries.topic_of(one.key), minor=True),
    Column("basis", "依据", value=lambda one: one.basis or "—", minor=True),
)

NO_YEAR = "无上年数据"


@page("figures.see")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All definitions by field of work, with words, unit, owner and the document that asks for them."""

    def found(words: dict[str, str]) -> list[Figure]:
        part, topic, kind, owner = (words.get(name, "") for name in ("words", "topic", "kind", "owner"))
        known = ((queries.figure(key), zh) for key, zh in queries.topics().items() if topic in ("", zh))
        return [
            one for one, zh in known
            if part in f"{one.zh} {one.words} {one.key} {zh}" and kind in ("", one.kind.value) and owner in ("", one.owner)
        ]  # fmt: skip

    record = recording(by=request.actor, verb="figures.export", kind="figures.figure")
    words = {"columns": DEFINITIONS, "filters": forms.FigureSearch, "title": "指标", "noun": "个", "ident": "key"}
    listing = Listing(request, rows=found, export=record, name_of=lambda one: one.zh, **words)
    fields = {"topics": Counter(queries.topics().values()).items(), "topic": request.GET.get("topic", "")}
    return listing.response("figures/catalogue.html", fields)


def figure_or_404(key: str) -> Figure:
    try:
        return queries.figure(key)
    except LookupError as fault:
        raise Http404(str(fault)) from fault


def chosen(request: HttpRequest) -> tuple[Period, str, forms.Choose]:
    """The period and area of the page: this year and the post's own area unless the address says otherwise."""
    form = forms.Choose(request.GET or None)
    actor = request.actor
    period, area = year_period(request.today.year), actor.area
    if form.is_bound and form.is_valid():
        period = form.cleaned_data["period"] or period
        area = form.cleaned_data["area"] or area
    return period.as_known(request.today), area if actor.covers(area) else actor.area, form


def _period_text(period: Period) -> str:
    return f"{period.first}..{period.last}"


def address(route: str, one: Figure, period: Period, area: str, **more: str) -> str:
    words = {"period": _period_text(period), "area": area} | more
    return f"{reverse(route, args=[one.key])}?{urlencode(words)}"


@dataclass(frozen=True)
class Seen:
    """One figure as this reader sees it: its value ("" the total) and parts, by way and key, and what stands in place of some."""

    one: Figure
    numbers: dict[Any, int]
    hidden: dict[Any, str]

    def text(self, key: Any) -> str:
        return self.hidden.get(key) or show(self.numbers[key], self.one.unit, "thousands")


def seen(
    request: HttpRequest, one: Figure, total: int, tables: Mapping[str, Mapping[str, int]], apart: Iterable[Any] = ()
) -> Seen:
    """``tables``: the parts of a breakdown by its key. ``apart``: the total, where the table above does not show it."""
    numbers: dict[Any, int] = {"": total} | {(way, key): n for way, parts in tables.items() for key, n in parts.items()}
    sums = [whole("", [(way, key) for key in parts]) for way, parts in tables.items()]
    return Seen(one, numbers, covered(numbers, sums, request.actor.role, apart) if one.persons else {})


def apart_above(request: HttpRequest, one: Figure, period: Period, area: str) -> list[str]:
    """The total of a place where the table of the area above does not show it: its own page must not show it either."""
    above = {Level.TOWN: area[:6], Level.COMMUNITY: area[:9]}.get(level_of(area), "").ljust(12, "0")
    if not one.persons or request.actor.role is not Role.LEADER or not above.strip("0") or not request.actor.covers(above):
        return []
    parts = {cell.key: cell.value for cell in queries.broken_down(one, period, above, _next_level(above))}
    found = seen(request, one, queries.value(one, period, above), {"": parts}, apart_above(request, one, period, above))
    return [""] if ("", area) in found.hidden else []


def _next_level(area: str) -> str:
    return {Level.DISTRICT: "town", Level.TOWN: "community"}.get(level_of(area), "")


@page("figures.see")
@require_safe
def figure_page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: value, comparison, its parts below and by each breakdown; every number opens."""
    one = figure_or_404(key)
    period, area, form = chosen(request)
    compared = queries.compare(one, period, area, on=request.today)
    by = _next_level(area)
    ways = {by: "按镇街" if by == "town" else "按村居"} if by else {}
    ways |= {breakdown.key: f"按{breakdown.zh}" for breakdown in one.breakdowns}
    parts = {way: queries.beside_last_year(one, period, area, way, on=request.today) for way in ways}
    now, then = _seen_in_parts(request, one, period, area, compared, parts)
    tables = [
        {"zh": zh, "cells": [_line(request, now, then, period, area, way, cell) for cell in parts[way][0]]}
        for way, zh in ways.items() if parts[way][0]
    ]  # fmt: skip
    context = {
        "figure": one, "period": period, "area_name": area_name(area, request.today), "form": form, "tables": tables,
        "card": _card(request, now, then, period, area, compared), "chart": _chart(now, period, by, parts[by][0] if by else []),
        "rows_href": address("figures:rows", one, period, area) if request.actor.may("figures.rows") else "",
        "target_href": address("figures:target", one, period, area) if request.actor.may("figures.target") else "",
        "course": _steps(request, now, period, area), "number": now.text(""),
        "kept_back": now.hidden or then.hidden, "stock": one.kind is Kind.STOCK, "shares": _shares(one, period, area),
    }  # fmt: skip
    return render(request, "figures/figure.html", context)


def _steps(request: HttpRequest, now: Seen, period: Period, area: str) -> list[tuple[Step, str]]:
    """What became of the number in the period, each step with its list, or its own page for who opens no lists."""
    route = "figures:rows" if request.actor.may("figures.rows") else "figures:figure"
    steps = course_of(request, now.one, period, area, now.numbers[""], kept_back="" in now.hidden, above=apart_above)
    return [(step, address(route, step.one, period, area) if step.one else "") for step in steps]


def _seen_in_parts(
    request: HttpRequest, one: Figure, period: Period, area: str, compared: queries.Comparison, parts: Mapping[str, Any]
) -> tuple[Seen, Seen]:
    """A figure and that of last year with everything that its own page shows of them: ``parts`` by the key of the breakdown."""
    apart = apart_above(request, one, period, area)
    now = {way: {cell.key: cell.value for cell in cells} for way, (cells, _) in parts.items()}
    then = {way: {cell.key: former.get(cell.key, 0) for cell in cells} for way, (cells, former) in parts.items()}
    return seen(request, one, compared.value, now, apart), seen(request, one, compared.last_year, then, apart)


def _parts_of_few(request: HttpRequest, one: Figure, period: Period, area: str, compared: queries.Comparison) -> dict[str, Any]:
    """The parts on the figure's own page, where they may keep its total back: only a small total can be given away by them."""
    few = 0 < min(compared.value or FEW_IN_ALL, compared.last_year or FEW_IN_ALL) < FEW_IN_ALL
    if not one.persons or request.actor.role is not Role.LEADER or not few:
        return {}
    ways = [*([_next_level(area)] if _next_level(area) else []), *(breakdown.key for breakdown in one.breakdowns)]
    return {way: queries.beside_last_year(one, period, area, way, on=request.today) for way in ways}


def _shares(one: Figure, period: Period, area: str) -> list[tuple[str, str]]:
    """The tables that set this figure against a whole."""
    words = urlencode({"period": _period_text(period), "area": area})
    found = [share for share in queries.shares().values() if share.part == one.key]
    return [(share.zh, f"{reverse('figures:share', args=[share.key])}?{words}") for share in found]


def _line(
    request: HttpRequest, now: Seen, then: Seen, period: Period, area: str, way: str, cell: queries.Cell
) -> dict[str, Any]:
    href = ""
    if request.actor.may("figures.rows"):
        href = address("figures:rows", now.one, period, area, by=way, cell=cell.key)
    own = cell.key == area  # what the office above the towns counts itself: its page would show the whole again
    inside = address("figures:figure", now.one, period, cell.key) if way == "town" and not own else ""
    numbers = {"number": now.text((way, cell.key)), "former": then.text((way, cell.key))}
    return {"zh": cell.zh, "href": href, "inside": inside} | numbers


def _card(
    request: HttpRequest, now: Seen, then: Seen, period: Period, area: str, compared: queries.Comparison
) -> NumberCard:
    one, small = now.one, "" in now.hidden
    growth = None if small or "" in then.hidden else compared.growth
    change = f"（{percent(growth, sign=True)}）" if growth is not None else ""
    compare = [("上年同期", f"{then.text('')}{change}") if compared.facts else (NO_YEAR, "")]
    if compared.before is not None:
        before = seen(request, one, compared.before, {}, apart_above(request, one, period.before(), area))
        compare.append(("上期", before.text("")))
    if compared.target is not None:
        done = "—" if small or compared.reached is None else f"{float(compared.reached) * 100:.1f}%"
        compare.append(("目标", f"{show(compared.target, one.unit, 'thousands')}（完成 {done}）"))
    unit = "" if now.hidden.get("") == APART else one.unit.value
    return NumberCard(
        one.zh, now.text(""), unit, compare, str(min(period.last, request.today)), one.words,
        address("figures:figure", one, period, area),
        more=("本期增减", f"{address('figures:figure', one, period, area)}#course") if one.course else ("", ""),
    )  # fmt: skip


def _chart(now: Seen, period: Period, by: str, cells: Sequence[queries.Cell]) -> Chart | None:
    one = now.one
    top = max(cells, key=lambda cell: cell.value, default=None)
    if top is None or not top.value or (by, top.key) in now.hidden:
        return None
    scale = 100 if one.unit is Unit.FEN else 1
    reading = f"{period.zh}，{one.zh}最多的是{top.zh}，为{show(top.value, one.unit, 'thousands')}{one.unit.value}。"
    numbers = [None if (by, cell.key) in now.hidden else cell.value / scale for cell in cells]
    key, names = one.key.replace(".", "-"), [cell.zh for cell in cells]
    return Chart(key, one.zh, names, [(one.zh, numbers)], reading, unit=one.unit.value)


@page("figures.rows")
def rows_page(request: HttpRequest, key: str) -> HttpResponse:
    """The rows that a number counts, exactly as many as it says."""
    one = figure_or_404(key)
    period, area, _ = chosen(request)
    by, part = request.GET.get("by", ""), request.GET.get("cell", "")
    try:
        found = queries.rows(one, period, area, {by: part} if by else None)
    except LookupError as fault:
        raise Http404(str(fault)) from fault
    total = queries.value(one, period, area, {by: part} if by else None)
    seen = {"kind": "figures.figure", "subject": one.key[:40], "area": area}
    record = recording(by=request.actor, verb="figures.export", **seen)
    words = {"columns": _row_columns(one), "title": f"{one.zh}明细", "noun": "条记录"}
    listing = Listing(request, rows=found.order_by("pk"), export=record, **words)
    record_seen(by=request.actor, verb="figures.rows", rows=listing.total, **seen)
    context = {
        "figure": one, "period": period, "area_name": area_name(area, request.today), "part": _part_name(one, by, part, request),
        "total": show(total, one.unit, "thousands"), "back": address("figures:figure", one, period, area),
    }  # fmt: skip
    return listing.response("figures/rows.html", context)


def _part_name(one: Figure, by: str, part: str, request: HttpRequest) -> str:
    """The name of the part of a breakdown that the rows were opened from."""
    if by in {"town", "community"}:
        return area_name(part, request.today)
    return one.breakdown(by).name_of(None if part == "None" else part) if by else ""


def _row_columns(one: Figure) -> list[Column]:
    """What the row is, where it belongs, and what it adds to the number."""

    def words(row: Any) -> str:
        return one.describe(row)[0] if one.describe else str(row)

    def page_of(row: Any) -> str:
        return one.describe(row)[1] if one.describe else ""

    place = one.area_column.replace("__", ".")
    columns = [
        Column("record", "记录", value=words, link=page_of),
        Column("place", "所在地", kind="area", value=place, sort=one.area_column, minor=True),
    ]
    kind, _, field = one.measure.partition(":")
    if kind == "sum":
        shape: Any = "money" if one.unit is Unit.FEN else "count"
        columns.append(Column("adds", one.zh, kind=shape, value=field.replace("__", "."), sort=field, total=field))
    return columns


@page("figures.see")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The overview: number cards in their rank by the office that answers for them, and the first three as charts."""
    period, area, form = chosen(request)
    ranked = sorted((one for one in queries.figures().values() if one.dashboard), key=lambda one: one.dashboard)
    offices: dict[str, list[NumberCard]] = {}
    by, charts, kept_back = _next_level(area), [], False
    found = queries.compare_all(ranked, period, area, on=request.today)
    for place, (one, compared) in enumerate(zip(ranked, found, strict=True)):
        cells = queries.broken_down(one, period, area, by) if by and place < CHARTS else []
        parts = _parts_of_few(request, one, period, area, compared)
        parts |= {by: (cells, {})} if cells and by not in parts else {}
        now, then = _seen_in_parts(request, one, period, area, compared, parts)
        kept_back = kept_back or bool(now.hidden or then.hidden)
        offices.setdefault(one.owner, []).append(_card(request, now, then, period, area, compared))
        charts += [chart] if cells and (chart := _chart(now, period, by, cells)) else []
    context = {"offices": offices, "charts": charts[:3], "period": period, "form": form, "kept_back": kept_back}
    context["area_name"] = area_name(area, request.today)
    return render(request, "figures/dashboard.html", context)
