"""The community as a platform of assistance: who is in need, who of them is reached in time, and who is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.areas import Level, level_of
from linli.domains.coordination import forms, queries
from linli.domains.coordination.figures import COVERAGE_SHARE
from linli.domains.coordination.rules import IN_TIME, Reach
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.figures.queries import places
from linli.kernel.figures.rules import covered, whole
from linli.kernel.registry.queries import area_name
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Chart, Column, Tone

TONES = {Reach.REACHED: Tone.GOOD, Reach.WAITING: Tone.NOW, Reach.FRESH: Tone.QUIET, Reach.MISSED: Tone.WARN}
WHOLE = "whole"
BADGES = {one.value: Badge(one.zh, tone) for one, tone in TONES.items()}


@page("coordination.see|coordination.read")
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """The share of those in need who are reached, by area; who may see names goes on to the list."""
    on, area = request.today, request.actor.area
    found = _areas(area, on)
    days, back = queries.rule_of_reach(on)
    lines = [*found, _sum(found)]
    apart = _hidden(request, lines)
    context = {
        "area_name": area_name(area, on), "on": on, "lines": [_line(line, apart) for line in lines],
        "chart": _chart(found, apart), "days": days, "back": back, "heads": [one.zh for one in Reach],
        "names": reverse("coordination:needs") if request.actor.may("coordination.read") else "",
        "figure": f"{reverse('figures:share', args=[COVERAGE_SHARE.key])}?{urlencode({'period': f'{on}..{on}', 'area': area})}",
    }  # fmt: skip
    return render(request, "coordination/coverage.html", context)


@dataclass(frozen=True)
class AreaLine:
    """One area (all of them with an empty code): how many are in need there, by reach."""

    code: str
    zh: str
    numbers: dict[str, int]

    @property
    def whole(self) -> int:
        return sum(self.numbers.values())

    @property
    def covered(self) -> int:
        return sum(self.numbers.get(one.value, 0) for one in IN_TIME)

    @property
    def ratio(self) -> float | None:
        return self.covered / self.whole if self.whole else None


def _areas(area: str, on: Any) -> list[AreaLine]:
    """The areas below (or the community itself), also where nobody is in need."""
    level = Level.TOWN if level_of(area) is Level.DISTRICT else Level.COMMUNITY
    counted, names = queries.reach_by_area(on, area, level.digits), places(area, level, on)
    codes = sorted(counted.keys() | names.keys())
    return [AreaLine(code, names.get(code) or area_name(code, on), counted.get(code, {})) for code in codes]


def _sum(found: list[AreaLine]) -> AreaLine:
    return AreaLine("", "合计", {one.value: sum(line.numbers.get(one.value, 0) for line in found) for one in Reach})


def _hidden(request: HttpRequest, lines: list[AreaLine]) -> dict[Any, str]:
    """What stands in place of the numbers that this reader does not see: rows and columns both add up."""
    kinds = [one.value for one in Reach]
    numbers = {(line.code, kind): line.numbers.get(kind, 0) for line in lines for kind in kinds}
    numbers |= {(line.code, WHOLE): line.whole for line in lines}
    codes = [line.code for line in lines if line.code]
    sums = [whole((line.code, WHOLE), [(line.code, kind) for kind in kinds]) for line in lines]
    sums += [whole(("", kind), [(code, kind) for code in codes]) for kind in (*kinds, WHOLE)]
    return covered(numbers, sums, request.actor.role)


def _line(line: AreaLine, apart: dict[Any, str]) -> dict[str, Any]:
    def shown(kind: str, number: int) -> str:
        return apart.get((line.code, kind)) or f"{number:,}"

    few = any((line.code, kind) in apart for kind in (WHOLE, *(one.value for one in IN_TIME)))
    words = {"reach": Reach.MISSED.value} | ({"area": line.code} if line.code else {})
    return {
        "zh": line.zh, "whole": shown(WHOLE, line.whole),
        "numbers": [shown(one.value, line.numbers.get(one.value, 0)) for one in Reach],
        "ratio": "—" if line.ratio is None or few else f"{line.ratio * 100:.1f}%", "sum": not line.code,
        "missed": f"{reverse('coordination:needs')}?{urlencode(words)}",
    }  # fmt: skip


def _chart(found: list[AreaLine], apart: dict[Any, str]) -> Chart | None:
    """Areas beside each other; nothing to compare for one alone."""
    rows = [line for line in found if line.whole]
    if len(rows) < 2 or any((line.code, WHOLE) in apart for line in rows):
        return None
    low = min(rows, key=lambda line: line.ratio or 0)
    if any((low.code, one.value) in apart for one in IN_TIME):
        return None

    def drawn(line: AreaLine, kind: str) -> float | None:
        return None if (line.code, kind) in apart else line.numbers.get(kind, 0)

    series = [(one.zh, [drawn(line, one.value) for line in rows]) for one in Reach]
    return Chart(
        "coverage", "各地救助覆盖", [line.zh for line in rows], series,
        f"覆盖率最低的是{low.zh}，{(low.ratio or 0) * 100:.1f}%。", form="stack", unit="人", head="区划",
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
