"""A share by area: persons by type and how much of the people they are; every number opens."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.base.money import show_yuan
from linli.kernel.access.rules import page
from linli.kernel.figures import queries
from linli.kernel.figures.rules import Figure, Period, covered, show, whole
from linli.kernel.figures.views.figures import address, chosen
from linli.kernel.registry.queries import area_name


@page("figures.see")
@require_safe
def share_page(request: HttpRequest, key: str) -> HttpResponse:
    """The whole, the part, its types and the ratio, a line for each area of the day."""
    one = queries.shares().get(key)
    if one is None:
        raise Http404
    period, area, form = chosen(request)
    by, lines = queries.share_lines(one, period, area)
    counted = [queries.figure(key) for key in (one.whole, one.part, *one.parts)]
    hidden = _hidden(request, lines, counted)
    context = {
        "share": one, "period": period, "area_name": area_name(area, request.today), "form": form,
        "heads": [(figure.zh.rpartition("：")[2], address("figures:figure", figure, period, area)) for figure in counted],
        "lines": [_line(request, line, counted, hidden, period, area, by, one.per) for line in lines],
        "quotient": f"人均（{one.per}）" if one.per else "比重",
        "units": "、".join(dict.fromkeys(figure.unit.value for figure in counted)),
        "part": counted[1].zh, "back": address("figures:figure", counted[1], period, area),
    }  # fmt: skip
    return render(request, "figures/share.html", context)


def _numbers(line: queries.ShareLine) -> tuple[int, ...]:
    return (line.whole, line.part, *line.parts)


def _hidden(request: HttpRequest, lines: list[queries.ShareLine], counted: list[Figure]) -> dict[Any, str]:
    """What this reader does not see, by line and column: each column adds up to its sum, and types may add up to the part."""
    people = [at for at, one in enumerate(counted) if one.persons]
    numbers = {(line.code, at): _numbers(line)[at] for line in lines for at in people}
    codes = [line.code for line in lines if line.code]
    sums = [whole(("", at), [(code, at) for code in codes]) for at in people]
    if 1 in people:
        sums += [whole((line.code, 1), [(line.code, at) for at in people if at > 1]) for line in lines if len(counted) > 2]
    return covered(numbers, sums, request.actor.role)


def _line(
    request: HttpRequest, line: queries.ShareLine, counted: list[Figure], hidden: dict[Any, str], period: Period, area: str,
    by: str, per: str,
) -> dict[str, Any]:  # fmt: skip
    cell = {"by": by, "cell": line.code} if line.code else {}
    may = request.actor.may("figures.rows")
    numbers = []
    for at, (one, number) in enumerate(zip(counted, _numbers(line), strict=True)):
        href = address("figures:rows", one, period, area, **cell) if may and number else ""
        numbers.append({"number": hidden.get((line.code, at)) or show(number, one.unit, "thousands"), "href": href})
    # money shown beside its quotient gives away the people by whom it was divided
    small = (line.code, 0) in hidden or (line.code, 1) in hidden
    ratio = "—" if line.ratio is None or small else _quotient(line.ratio, per)
    return {"zh": line.zh, "numbers": numbers, "ratio": ratio, "sum": not line.code}


def _quotient(ratio: Fraction, per: str) -> str:
    return show_yuan(round(ratio)) if per else f"{float(ratio) * 100:.1f}%"
