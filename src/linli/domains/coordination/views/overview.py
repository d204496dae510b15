"""The overview for leaders: who gives what to whom, by layer, by the five aids and by place, against last year."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.areas import Level, level_of
from linli.base.money import show_yuan
from linli.base.shares import percent
from linli.domains.coordination import queries
from linli.domains.coordination.figures import BY_LAYER, DISABLED, MONEY, PEOPLE, TIMES, UNSORTED_MONEY
from linli.domains.coordination.rules import Group, Line, Sums, lines, sums_of
from linli.kernel.access.rules import page
from linli.kernel.deliveries.queries import streams
from linli.kernel.deliveries.rules import LAYER_WORDS, UNSORTED, Help, Layer
from linli.kernel.figures import forms
from linli.kernel.figures.queries import broken_down, rows, value
from linli.kernel.figures.rules import SMALL, Figure, Period, hidden, year_period
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.rules import Chart, NumberCard

NO_YEAR = "无上年数据"
BELOW = {Level.DISTRICT: "town", Level.TOWN: "community"}


@page("coordination.see")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each number opens: to the figure, and for those who may see them to the rows that it counts."""
    period, area, form = _chosen(request)
    then = period.until(request.today).last_year()
    now, before = (queries.groups(rows(MONEY, one, area)) for one in (period, then))
    ask = _Ask(request, period, area)
    context = {
        "period": period, "form": form, "area_name": area_name(area, request.today), "cards": _cards(ask, now, before, then),
        "layers": _layers(ask, now, before), "helps": _helps(ask, now, before), "streams": _streams(ask, now, before),
        "known": bool(before), "chart": _chart(ask, now, before), "places": _places(ask), "then": then,
    }  # fmt: skip
    return render(request, "coordination/overview.html", context)


def _chosen(request: HttpRequest) -> tuple[Period, str, Any]:
    """This year and the post's own area, unless the address says otherwise."""
    form = forms.Choose(request.GET or None)
    period, area = year_period(request.today.year), request.actor.area
    if form.is_bound and form.is_valid():
        period, area = form.cleaned_data["period"] or period, form.cleaned_data["area"] or area
    return period, area if request.actor.covers(area) else request.actor.area, form


class _Ask:
    """What the page asks again and again: how a number is shown to this reader, and where it opens."""

    def __init__(self, request: HttpRequest, period: Period, area: str) -> None:
        self.request, self.period, self.area = request, period, area

    def href(self, one: Figure | str, **cell: str) -> str:
        """The rows behind a number for who may see rows, else the figure's page."""
        key = one if isinstance(one, str) else one.key
        route = "figures:rows" if self.request.actor.may("figures.rows") else "figures:figure"
        words = {"period": f"{self.period.first}..{self.period.last}", "area": self.area}
        if cell and route == "figures:rows":
            words |= dict(zip(("by", "cell"), next(iter(cell.items())), strict=True))
        return f"{reverse(route, args=[key])}?{urlencode(words)}"

    def count(self, number: int) -> str:
        return f"少于{SMALL}" if hidden(number, self.request.actor.role) else f"{number:,}"

    def share(self, sums: Sums) -> str:
        few = hidden(sums.disabled_times, self.request.actor.role) or hidden(sums.times, self.request.actor.role)
        return "—" if sums.share is None or few else percent(sums.share)


def _cards(ask: _Ask, now: list[Group], before: list[Group], then: Period) -> list[NumberCard]:
    here, past = sums_of(now), sums_of(before)
    people, people_then = (value(PEOPLE, one, ask.area) for one in (ask.period, then))
    none = not before and not people_then

    def compared(words: str) -> list[tuple[str, str]]:
        return [(NO_YEAR, "") if none else ("上年同期", words)]

    return [
        NumberCard("社会救助资金", show_yuan(here.money), "元", compared(show_yuan(past.money)), href=ask.href(MONEY)),
        NumberCard("领取救助的人", ask.count(people), "人", compared(ask.count(people_then)), href=ask.href(PEOPLE)),
        NumberCard("救助人次", ask.count(here.times), "人次", compared(ask.count(past.times)), href=ask.href(TIMES)),
        NumberCard(
            "残疾人（家庭）受助占比", ask.share(here), "", compared(ask.share(past)), href=ask.href(DISABLED),
            definition="残疾人（家庭）受助人次与救助人次之比。同等条件下残疾人优先。",
        ),
    ]  # fmt: skip


def _layers(ask: _Ask, now: list[Group], before: list[Group]) -> list[dict[str, Any]]:
    """The layers as they stand on each other, the base last; bars as parts of the largest."""
    found = {line.key: line for line in lines(now, before, lambda row: row.layer, [one.value for one in Layer])}
    most = max((max(line.now.money, line.before.money) for line in found.values()), default=0) or 1
    whole = sum(line.now.money for line in found.values())
    return [
        {
            "zh": one.zh, "words": LAYER_WORDS[one], "money": found[one.value].now.money, "before": found[one.value].before.money,
            "now_width": _width(found[one.value].now.money, most), "then_width": _width(found[one.value].before.money, most),
            "share": percent(Fraction(found[one.value].now.money, whole) if whole else None),
            "growth": percent(found[one.value].growth, sign=True), "href": ask.href(f"coordination.{one.value}.money"),
        }
        for one in reversed(Layer)
    ]  # fmt: skip


def _width(money: int, most: int) -> int:
    """Of 1,000; nothing for a sum below zero (more was kept back than given)."""
    return max(0, round(1000 * money / most))


def _line(ask: _Ask, line: Line, zh: str, href: str) -> dict[str, Any]:
    return {
        "zh": zh, "href": href, "money": line.now.money, "before": line.before.money, "growth": percent(line.growth, sign=True),
        "times": ask.count(line.now.times), "disabled": ask.count(line.now.disabled_times), "share": ask.share(line.now),
    }  # fmt: skip


def _helps(ask: _Ask, now: list[Group], before: list[Group]) -> list[dict[str, Any]]:
    names = {one.value: one.zh for one in Help}
    found = lines(now, before, lambda row: row.help, names)
    return [
        _line(ask, line, names.get(line.key, UNSORTED), ask.href(f"coordination.{line.key or 'unsorted'}.times"))
        for line in found
    ]


def _streams(ask: _Ask, now: list[Group], before: list[Group]) -> list[dict[str, Any]]:
    """Each stream under its layer, in the order in which they are declared."""
    names, layers = queries.named_streams(), {one.value: one.zh for one in Layer}
    layer_of = {row.stream: row.layer for row in (*now, *before)}
    there = lines(now, before, lambda row: row.stream)
    ranks = {key: rank for rank, key in enumerate(streams())}
    there.sort(key=lambda line: (ranks.get(line.key, len(ranks)), line.key))
    return [
        _line(ask, line, names.get(line.key, line.key), ask.href(MONEY, stream=line.key))
        | {"layer": layers.get(layer_of[line.key], UNSORTED)}
        for line in there
    ]


def _chart(ask: _Ask, now: Iterable[Group], before: Iterable[Group]) -> Chart | None:
    """The five aids, this period beside last year's."""
    names = {one.value: one.zh for one in Help}
    found = lines(now, before, lambda row: row.help, names)
    if not any(line.now.money or line.before.money for line in found):
        return None
    most = max(found, key=lambda line: line.now.money)
    return Chart(
        "helps", "“五助”资金", [names.get(line.key, UNSORTED) for line in found],
        [(ask.period.zh, [line.now.money / 100 for line in found]), ("上年同期", [line.before.money / 100 for line in found])],
        f"{ask.period.zh}，{names.get(most.key, UNSORTED)}最多，{show_yuan(most.now.money)}元。", unit="元", head="类别",
    )  # fmt: skip


def _places(ask: _Ask) -> dict[str, Any] | None:
    """Layers by town (or community); a query for each layer, and one for the whole."""
    by = BELOW.get(level_of(ask.area))
    if by is None:
        return None
    columns = (*BY_LAYER, UNSORTED_MONEY, MONEY)
    cells = [{cell.key: cell for cell in broken_down(one, ask.period, ask.area, by)} for one in columns]
    names = {key: cell.zh for column in cells for key, cell in column.items()}
    table = [
        {"zh": names[key], "code": key, "numbers": [column[key].value if key in column else 0 for column in cells],
         "inside": f"?{urlencode({'period': f'{ask.period.first}..{ask.period.last}', 'area': key})}"}
        for key in sorted(names)
    ]  # fmt: skip
    series = [(one.zh, [line["numbers"][at] / 100 for line in table]) for at, one in enumerate(Layer)]
    chart = None
    if any(line["numbers"][-1] for line in table):
        top = max(table, key=lambda line: line["numbers"][-1])
        chart = Chart(
            "places", "各地救助资金的层次", [line["zh"] for line in table], series,
            f"资金最多的是{top['zh']}，{show_yuan(top['numbers'][-1])}元。", form="stack", unit="元", head="区划",
        )  # fmt: skip
    return {"heads": [*(one.zh for one in Layer), UNSORTED, "合计"], "table": table, "chart": chart}
