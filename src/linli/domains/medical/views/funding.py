"""How medical assistance is funded: per head against the province's standard, income by source, spending and balance."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.money import show_yuan
from linli.domains.medical import queries
from linli.domains.medical.rules import FundingYear
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.rules import Badge, Chart, NumberCard, Tone

CERTAIN = {"S": "", "s": "（部分核对）", "M": "（未核对）"}
STATES = {True: Badge("达到省定标准", Tone.GOOD), False: Badge("低于省定标准", Tone.WARN), None: Badge("没有标准可比")}


@page("medical.funding")
@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """All years of the special fund; sums only, each opens to its vouchers for those who may see them."""
    on, area = request.today, request.actor.area
    years = queries.funding(on, area)
    context = {
        "area_name": area_name(area, on), "on": on, "cards": _cards(request, years[0]), "chart": _chart(years),
        "lines": [_line(request, one) for one in years],
        "sources": sorted({source for one in years for source, _ in one.income}),
        "share": f"{reverse('figures:share', args=['medical.funding'])}?{urlencode({'period': str(on.year)})}",
    }  # fmt: skip
    return render(request, "medical/funding.html", context)


def _yuan(value: Fraction | None) -> str:
    """Fen as yuan, rounded to the fen for show; comparisons are exact."""
    return "—" if value is None else show_yuan(round(value))


def _href(request: HttpRequest, part: str, one: FundingYear) -> str:
    """The vouchers for who may see them, else the figure; nothing for who reads no figures."""
    if not request.actor.may("figures.see"):
        return ""
    route = "figures:rows" if request.actor.may("figures.rows") else "figures:figure"
    words = urlencode({"period": str(one.year), "area": request.actor.area})
    return f"{reverse(route, args=[f'medical.funding.{part}'])}?{words}"


def _cards(request: HttpRequest, one: FundingYear) -> list[NumberCard]:
    standard = "—" if one.standard is None else show_yuan(one.standard)
    income = _href(request, "income", one)
    return [
        NumberCard("人均筹资", _yuan(one.per_head), "元", [("省定标准", standard)],
                   definition="当年医疗救助资金收入除以登记人口，上年结余不计。"),
        NumberCard("当年筹集", show_yuan(one.raised), "元", [("上年结转", show_yuan(one.carried))], href=income),
        NumberCard("当年支出", show_yuan(one.spent), "元", href=_href(request, "spent", one)),
        NumberCard("结余", show_yuan(one.balance), "元", href=_href(request, "balance", one)),
    ]  # fmt: skip


def _chart(years: list[FundingYear]) -> Chart | None:
    """Per head against the standard, oldest year first."""
    shown = years[::-1]
    if not any(one.raised for one in shown):
        return None
    now = years[0]
    verdict = {True: "达到", False: "低于", None: "没有"}[now.reached]
    return Chart(
        "per-head", "人均筹资与省定标准", [f"{one.year}年" for one in shown],
        [("人均筹资", [None if one.per_head is None else float(round(one.per_head)) / 100 for one in shown]),
         ("省定标准", [None if one.standard is None else one.standard / 100 for one in shown])],
        f"{now.year}年人均筹资{_yuan(now.per_head)}元，{verdict}省定标准。", unit="元", head="年度",
    )  # fmt: skip


def _line(request: HttpRequest, one: FundingYear) -> dict[str, Any]:
    standard = queries.standard_of(one.year, request.actor.area)
    source = f"{standard.source}{CERTAIN.get(standard.certainty, '')}" if standard else "没有录入省定标准，请在“政策标准”中拟定"
    return {
        "year": one.year, "carried": one.carried, "income": dict(one.income), "raised_zh": show_yuan(one.raised),
        "spent_zh": show_yuan(one.spent), "balance_zh": show_yuan(one.balance), "people": one.people,
        "per_head": _yuan(one.per_head), "standard": one.standard,
        "source": source, "state": STATES[one.reached],
        "hrefs": {part: _href(request, part, one) for part in ("income", "spent", "balance")},
    }  # fmt: skip
