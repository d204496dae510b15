"""The catalogue, one figure, the rows behind a number, and the overview."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.areas import Level, level_of
from linli.base.shares import percent
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.figures import forms, queries
from linli.kernel.figures.rules import SMALL, Figure, Kind, Period, Unit, hidden, show, year_period
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Chart, Column, NumberCard

DEFINITIONS = (
    Column("zh", "指标", sort=True, link=lambda one: reverse("figures:figure", args=[one.key])),
    Column("words", "口径"),
    Column("unit", "单位", value="unit.value", sort=True),
    Column("kind", "类别", value=lambda one: forms.KINDS[one.kind.value], sort=True, minor=True),
    Column("owner", "责任单位", sort=True, minor=True),
    Column("basis", "依据", value=lambda one: one.basis or "—", minor=True),
)


@page("figures.see")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All definitions, with words, unit, owner and the document that asks for them."""

    def found(words: dict[str, str]) -> list[Figure]:
        part, kind, owner = (words.get(name, "") for name in ("words", "kind", "owner"))
        return [
            one for one in queries.figures().values()
            if part in f"{one.zh} {one.words} {one.key}" and kind in ("", one.kind.value) and owner in ("", one.owner)
        ]  # fmt: skip

    record = recording(by=request.actor, verb="figures.export", kind="figures.figure")
    words = {"columns": DEFINITIONS, "filters": forms.FigureSearch, "title": "指标", "noun": "个", "ident": "key"}
    return Listing(request, rows=found, export=record, name_of=lambda one: one.zh, **words).response("figures/catalogue.html")


def _figure_or_404(key: str) -> Figure:
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
    return period, area if actor.covers(area) else actor.area, form


def _period_text(period: Period) -> str:
    return f"{period.first}..{period.last}"


def address(route: str, one: Figure, period: Period, area: str, **more: str) -> str:
    words = {"period": _period_text(period), "area": area} | more
    return f"{reverse(route, args=[one.key])}?{urlencode(words)}"


def is_hidden(request: HttpRequest, one: Figure, number: int) -> bool:
    return one.persons and hidden(number, request.actor.role)


def shown(request: HttpRequest, one: Figure, number: int) -> str:
    return f"少于{SMALL}" if is_hidden(request, one, number) else show(number, one.unit, "thousands")


def _next_level(area: str) -> str:
    return {Level.DISTRICT: "town", Level.TOWN: "community"}.get(level_of(area), "")


@page("figures.see")
@require_safe
def figure_page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: value, comparison, its parts below and by each breakdown; every number opens."""
    one = _figure_or_404(key)
    period, area, form = chosen(request)
    compared = queries.compare(one, period, area, on=request.today)
    by = _next_level(area)
    tables = []
    ways = [(by, "按镇街" if by == "town" else "按村居")] if by else []
    for way, zh in ways + [(breakdown.key, f"按{breakdown.zh}") for breakdown in one.breakdowns]:
        cells, former = queries.beside_last_year(one, period, area, way, on=request.today)
        if cells:
            lines = [_line(request, one, period, area, way, cell, former.get(cell.key, 0)) for cell in cells]
            tables.append({"zh": zh, "cells": lines})
    context = {
        "figure": one, "period": period, "area_name": area_name(area, request.today), "form": form, "tables": tables,
        "card": _card(request, one, period, area, compared), "chart": _chart(request, one, period, area, by),
        "rows_href": address("figures:rows", one, period, area) if request.actor.may("figures.rows") else "",
        "stock": one.kind is Kind.STOCK, "shares": _shares(one, period, area),
    }  # fmt: skip
    return render(request, "figures/figure.html", context)


def _shares(one: Figure, period: Period, area: str) -> list[tuple[str, str]]:
    """The tables that set this figure against a whole."""
    words = urlencode({"period": _period_text(period), "area": area})
    found = [share for share in queries.shares().values() if share.part == one.key]
    return [(share.zh, f"{reverse('figures:share', args=[share.key])}?{words}") for share in found]


def _line(
    request: HttpRequest, one: Figure, period: Period, area: str, way: str, cell: queries.Cell, former: int
) -> dict[str, Any]:
    href = ""
    if request.actor.may("figures.rows"):
        href = address("figures:rows", one, period, area, by=way, cell=cell.key)
    inside = address("figures:figure", one, period, cell.key) if way == "town" else ""
    numbers = {"number": shown(request, one, cell.value), "former": shown(request, one, former)}
    return {"zh": cell.zh, "href": href, "inside": inside} | numbers


def _card(request: HttpRequest, one: Figure, period: Period, area: str, compared: queries.Comparison) -> NumberCard:
    small = is_hidden(request, one, compared.value)
    growth = None if small or is_hidden(request, one, compared.last_year) else compared.growth
    compare = [("上年同期", f"{shown(request, one, compared.last_year)}（{percent(growth, sign=True)}）")]
    if compared.before is not None:
        compare.append(("上期", shown(request, one, compared.before)))
    if compared.target is not None:
        done = "—" if small or compared.reached is None else f"{float(compared.reached) * 100:.1f}%"
        compare.append(("目标", f"{show(compared.target, one.unit, 'thousands')}（完成 {done}）"))
    return NumberCard(
        one.zh, shown(request, one, compared.value), one.unit.value, compare, str(min(period.last, request.today)), one.words,
        address("figures:figure", one, period, area),
    )  # fmt: skip


def _chart(request: HttpRequest, one: Figure, period: Period, area: str, by: str) -> Chart | None:
    if not by:
        return None
    cells = queries.broken_down(one, period, area, by)
    top = max(cells, key=lambda cell: cell.value, default=None)
    if top is None or not top.value or is_hidden(request, one, top.value):
        return None
    scale = 100 if one.unit is Unit.FEN else 1
    reading = f"{period.zh}，{one.zh}最多的是{top.zh}，为{show(top.value, one.unit, 'thousands')}{one.unit.value}。"
    numbers = [None if is_hidden(request, one, cell.value) else cell.value / scale for cell in cells]
    key, names = one.key.replace(".", "-"), [cell.zh for cell in cells]
    return Chart(key, one.zh, names, [(one.zh, numbers)], reading, unit=one.unit.value)


@page("figures.rows")
def rows_page(request: HttpRequest, key: str) -> HttpResponse:
    """The rows that a number counts, exactly as many as it says."""
    one = _figure_or_404(key)
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
    for one, compared in zip(ranked, queries.compare_all(ranked, period, area, on=request.today), strict=True):
        offices.setdefault(one.owner, []).append(_card(request, one, period, area, compared))
    charts = [chart for one in ranked[:4] if (chart := _chart(request, one, period, area, _next_level(area)))]
    context = {"offices": offices, "charts": charts[:3], "period": period, "form": form}
    context["area_name"] = area_name(area, request.today)
    return render(request, "figures/dashboard.html", context)
