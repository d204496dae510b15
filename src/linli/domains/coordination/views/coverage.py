"""The community as a platform of assistance: who is in need, who of them is reached in time, and who is not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.domains.coordination import forms, queries
from linli.domains.coordination.figures import COVERAGE_SHARE
from linli.domains.coordination.rules import Reach
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.figures.queries import broken_down, figure, share_lines
from linli.kernel.figures.rules import SMALL, Period, hidden
from linli.kernel.registry.queries import area_name
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Chart, Column, Tone

TONES = {Reach.REACHED: Tone.GOOD, Reach.WAITING: Tone.NOW, Reach.FRESH: Tone.QUIET, Reach.MISSED: Tone.WARN}
BADGES = {one.value: Badge(one.zh, tone) for one, tone in TONES.items()}


@page("coordination.see|coordination.read")
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """The share of those in need who are reached, by area; who may see names goes on to the list."""
    on, area = request.today, request.actor.area
    period = Period(on, on, f"{on}")
    by, found = share_lines(COVERAGE_SHARE, period, area)
    forgotten = broken_down(figure(f"coordination.{Reach.MISSED.value}.need.people"), period, area, by)
    missed = {cell.key: cell.value for cell in forgotten}
    days, back = queries.rule_of_reach(on)
    context = {
        "area_name": area_name(area, on), "on": on, "lines": [_line(request, line, missed) for line in found],
        "chart": _chart(request, found, missed), "days": days, "back": back, "heads": [one.zh for one in Reach],
        "names": reverse("coordination:needs") if request.actor.may("coordination.read") else "",
        "figure": f"{reverse('figures:share', args=[COVERAGE_SHARE.key])}?{urlencode({'period': f'{on}..{on}', 'area': area})}",
    }  # fmt: skip
    return render(request, "coordination/coverage.html", context)


def _missed(line: Any, missed: dict[str, int]) -> int:
    return missed.get(line.code, 0) if line.code else sum(missed.values())


def _line(request: HttpRequest, line: Any, missed: dict[str, int]) -> dict[str, Any]:
    def shown(number: int) -> str:
        return f"少于{SMALL}" if hidden(number, request.actor.role) else f"{number:,}"

    few = hidden(line.whole, request.actor.role) or hidden(line.part, request.actor.role)
    ratio = "—" if line.ratio is None or few else f"{float(line.ratio) * 100:.1f}%"
    words = {"reach": Reach.MISSED.value} | ({"area": line.code} if line.code else {})
    inside = f"{reverse('coordination:needs')}?{urlencode(words)}"
    numbers = [shown(number) for number in (*line.parts, _missed(line, missed))]
    return {"zh": line.zh, "whole": shown(line.whole), "numbers": numbers, "ratio": ratio, "missed": inside, "sum": not line.code}


def _chart(request: HttpRequest, found: list[Any], missed: dict[str, int]) -> Chart | None:
    """Areas beside each other; nothing to compare for one alone."""
    rows = [line for line in found if line.code and line.whole]
    if len(rows) < 2 or any(hidden(line.whole, request.actor.role) for line in rows):
        return None
    low = min(rows, key=lambda line: line.ratio or 0)
    return Chart(
        "coverage", "各地救助覆盖", [line.zh for line in rows],
        [("已得到救助", [line.parts[0] for line in rows]), ("正在办理", [line.parts[1] for line in rows]),
         ("期限以内", [line.parts[2] for line in rows]), ("超过期限未惠及", [_missed(line, missed) for line in rows])],
        f"覆盖率最低的是{low.zh}，{float(low.ratio or 0) * 100:.1f}%。", form="stack", unit="人", head="区划",
    )  # fmt: skip


def _statuses(person: Any) -> str:
    return "、".join(dict.fromkeys(STATUS_KINDS[one.kind].zh for one in person.present_statuses))


COLUMNS = (
    Column("name", "姓名", kind="person", sort="sort_key",
           link=lambda one: reverse("coordination:person_record", args=[one.pk])),
    Column("area", "所在地", kind="area", sort="area,sort_key"),
    Column("statuses", "身份类别", value=_statuses),
    Column("needed", "最早认定", kind="day", sort="needed"),
    Column("reach", "情况", kind="state", value=lambda one: BADGES[one.reach], sort="reach"),
)  # fmt: skip


@page("coordination.read")
def needs(request: HttpRequest) -> HttpResponse:
    """Everybody in need in the own area with all statuses; whoever is past the term comes first."""
    listing = Listing(
        request, title="需要救助关爱的人", rows=lambda words: queries.in_need_list(request.today, **words), columns=COLUMNS,
        filters=lambda *args, **words: forms.NeedSearch(*args, scope=request.actor.scope, **words), order="area", noun="人",
        export=recording(by=request.actor, verb="coordination.export", kind="coordination.need"), name_of=lambda one: one.name,
        empty="没有符合条件的人。",
    )  # fmt: skip
    record_seen(by=request.actor, verb="coordination.needs", kind="coordination.need", rows=listing.total)
    days, back = queries.rule_of_reach(request.today)
    return listing.response("coordination/needs.html", {"days": days, "back": back})
