"""The catalogue, one figure, the rows behind a number, and the overview."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.base.areas import Level, level_of
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import Role, page
from linli.kernel.figures import forms, queries
from linli.kernel.figures.rules import Figure, Kind, Period, Unit, show, year_period
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.rules import Chart, NumberCard

SMALL = 5


@page("figures.see")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All definitions, with words, unit, owner and the document that asks for them."""
    words = request.GET.get("words", "").strip()
    found = [one for one in queries.figures().values() if words in one.zh or words in one.words or words in one.key]
    return render(request, "figures/catalogue.html", {"figures": found, "words": words})


def _figure_or_404(key: str) -> Figure:
    try:
        return queries.figure(key)
    except LookupError as fault:
        raise Http404(str(fault)) from fault


def _chosen(request: HttpRequest) -> tuple[Period, str, forms.Choose]:
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


def _address(route: str, one: Figure, period: Period, area: str, **more: str) -> str:
    words = {"period": _period_text(period), "area": area} | more
    return f"{reverse(route, args=[one.key])}?{urlencode(words)}"


def _shown(request: HttpRequest, one: Figure, number: int) -> str:
    """Small numbers of persons are hidden from leaders, whose screens others see too (house rule)."""
    if one.persons and 0 < number < SMALL and request.actor.role is Role.LEADER:
        return f"少于{SMALL}"
    return show(number, one.unit, "thousands")


def _percent(ratio: Fraction | None) -> str:
    return "—" if ratio is None else f"{float(ratio) * 100:+.1f}%"


def _next_level(area: str) -> str:
    return {Level.DISTRICT: "town", Level.TOWN: "community"}.get(level_of(area), "")


@page("figures.see")
def figure_page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: value, comparison, its parts below and by each breakdown; every number opens."""
    one = _figure_or_404(key)
    period, area, form = _chosen(request)
    compared = queries.compare(one, period, area)
    by = _next_level(area)
    tables = []
    ways = [(by, "按镇街" if by == "town" else "按村居")] if by else []
    for way, zh in ways + [(breakdown.key, f"按{breakdown.zh}") for breakdown in one.breakdowns]:
        cells = queries.broken_down(one, period, area, way)
        tables.append({"zh": zh, "cells": [_line(request, one, period, area, way, cell) for cell in cells]})
    context = {
        "figure": one, "period": period, "area_name": area_name(area, request.today), "form": form, "tables": tables,
        "card": _card(request, one, period, area, compared), "chart": _chart(one, period, area, by),
        "rows_href": _address("figures:rows", one, period, area) if request.actor.may("figures.rows") else "",
        "stock": one.kind is Kind.STOCK,
    }  # fmt: skip
    return render(request, "figures/figure.html", context)


def _line(request: HttpRequest, one: Figure, period: Period, area: str, way: str, cell: queries.Cell) -> dict[str, Any]:
    href = ""
    if request.actor.may("figures.rows"):
        href = _address("figures:rows", one, period, area, by=way, cell=cell.key)
    return {"zh": cell.zh, "number": _shown(request, one, cell.value), "href": href}


def _card(request: HttpRequest, one: Figure, period: Period, area: str, compared: queries.Comparison) -> NumberCard:
    compare = [
        ("上年同期", f"{show(compared.last_year, one.unit, 'thousands')}（{_percent(compared.growth)}）"),
        ("上期", show(compared.before, one.unit, "thousands")),
    ]
    if compared.target is not None:
        done = "—" if compared.reached is None else f"{float(compared.reached) * 100:.1f}%"
        compare.append(("目标", f"{show(compared.target, one.unit, 'thousands')}（完成 {done}）"))
    return NumberCard(
        one.zh, _shown(request, one, compared.value), one.unit.value, compare, str(period.last), one.words,
        _address("figures:figure", one, period, area),
    )  # fmt: skip


def _chart(one: Figure, period: Period, area: str, by: str) -> Chart | None:
    if not by:
        return None
    cells = queries.broken_down(one, period, area, by)
    if not any(cell.value for cell in cells):
        return None
    top = max(cells, key=lambda cell: cell.value)
    scale = 100 if one.unit is Unit.FEN else 1
    reading = f"{period.zh}，{one.zh}最多的是{top.zh}，为{show(top.value, one.unit, 'thousands')}{one.unit.value}。"
    numbers = [cell.value / scale for cell in cells]
    key, names = one.key.replace(".", "-"), [cell.zh for cell in cells]
    return Chart(key, one.zh, names, [(one.zh, numbers)], reading, unit=one.unit.value)


@page("figures.rows")
def rows_page(request: HttpRequest, key: str) -> HttpResponse:
    """The rows that a number counts, exactly as many as it says."""
    one = _figure_or_404(key)
    period, area, _ = _chosen(request)
    by, part = request.GET.get("by", ""), request.GET.get("cell", "")
    try:
        found = queries.rows(one, period, area, {by: part} if by else None)
    except LookupError as fault:
        raise Http404(str(fault)) from fault
    total = queries.value(one, period, area, {by: part} if by else None)
    shown = Paginator(found.order_by("pk"), 50).get_page(request.GET.get("page"))
    seen = {"kind": "figures.figure", "subject": one.key[:40], "area": area, "rows": shown.paginator.count}
    record_seen(by=request.actor, verb="figures.rows", **seen)
    lines = [one.describe(row) if one.describe else (str(row), "") for row in shown]
    context = {
        "figure": one, "period": period, "area_name": area_name(area, request.today), "lines": lines, "shown": shown,
        "total": show(total, one.unit, "thousands"), "back": _address("figures:figure", one, period, area),
        "query": urlencode({k: v for k, v in request.GET.items() if k != "page"}),
    }  # fmt: skip
    return render(request, "figures/rows.html", context)


@page("figures.see")
def dashboard(request: HttpRequest) -> HttpResponse:
    """The overview: number cards in their rank, and the first three of them as charts."""
    period, area, form = _chosen(request)
    ranked = sorted((one for one in queries.figures().values() if one.dashboard), key=lambda one: one.dashboard)[:9]
    cards = [_card(request, one, period, area, queries.compare(one, period, area)) for one in ranked]
    charts = [chart for one in ranked[:4] if (chart := _chart(one, period, area, _next_level(area)))]
    context = {"cards": cards, "charts": charts[:3], "period": period, "form": form, "area_name": area_name(area, request.today)}
    return render(request, "figures/dashboard.html", context)
