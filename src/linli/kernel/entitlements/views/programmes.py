"""Programmes: how each stands this month, who bears it, and what was paid too much."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.money import show_yuan
from linli.kernel.access.rules import page
from linli.kernel.entitlements import actions, forms, queries
from linli.kernel.entitlements.rules import PartKind, RunState, month_of
from linli.kernel.entitlements.views.common import carry_out, run_badge
from linli.kernel.ledgers.queries import funds
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import NOTHING, Badge, Column, Fact

COLUMNS = (
    Column("programme", "项目", value="programme.zh", link=lambda row: reverse("entitlements:programme", args=[row.key])),
    Column("count", "在享", kind="count", unit="份", total="count"),
    Column("persons", "保障人数", kind="count", total="persons"),
    Column("monthly", "月金额", kind="money", total="monthly"),
    Column("suspended", "暂停", kind="count", unit="份", minor=True),
    Column("run", "最近发放", value=lambda row: f"{row.run.month:%Y-%m}" if row.run else NOTHING),
    Column("state", "状态", kind="state", value=lambda row: run_badge(row.run) if row.run else Badge("尚未发放")),
)
OVERPAID = (
    Column("person", "持证人", kind="person", value="entitlement.person.name",
           link=lambda row: reverse("entitlements:entitlement", args=[row.entitlement_id])),
    Column("programme", "项目", value=lambda row: queries.programme_zh(row.entitlement.programme)),
    Column("until", "终止自", value=lambda row: f"{row.entitlement.until:%Y-%m}"),
    Column("open", "多发", kind="money"),
    Column("area", "所在地", kind="area"),
)  # fmt: skip


@page("entitlements.see")
@require_http_methods(["GET", "HEAD", "POST"])
def programmes(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="待遇项目", rows=queries.programme_rows(month_of(request.today)), columns=COLUMNS, noun="个", ident="key",
        empty="还没有声明待遇项目。",
    )  # fmt: skip
    return listing.response("entitlements/programmes.html", {"month": month_of(request.today)})


@page("entitlements.see")
@require_GET
def programme(request: HttpRequest, key: str) -> HttpResponse:
    month = month_of(request.today)
    known = queries.programme_named(key)
    row = next(row for row in queries.programme_rows(month) if row.key == key)
    facts = [
        Fact("法律依据", known.basis_on(request.today)), Fact("发放单位", f"每{known.unit.zh}"),
        Fact("组成部分", "、".join(one.zh + ("（一次性）" if one.occasional else "") for one in known.components)),
        Fact("不能同时享受", "、".join(queries.programme_zh(other) for other in queries.excluded_by(key)) or "无"),
        Fact("在享", f"{row.count} 份 {row.persons} 人"), Fact(f"{month:%Y-%m}金额", row.monthly, kind="money"),
        Fact("重新计算", "可以按当月标准重新计算" if known.calculator else "只按逐份核定的金额"),
        Fact("多发的抵扣", f"每月最多扣 {known.offset}%"), *queries.programme_facts(key, request.today, request.actor.area),
    ]  # fmt: skip
    bearing = [(one, _said(one)) for one in queries.fundings(key, month)] if request.actor.may("entitlements.runs") else []
    recent = list(queries.runs(programme=key)[:6]) if request.actor.may("entitlements.runs") else []
    words = {
        "programme": known, "facts": facts, "bearing": bearing, "runs": [(run, run_badge(run)) for run in recent],
        "can": {
            "fund": request.actor.may("entitlements.fund"),
            "run": request.actor.may("entitlements.draft") and (not recent or recent[0].state in _OVER),
        },
    }  # fmt: skip
    return render(request, "entitlements/programme.html", words)


_OVER = {RunState.ORDERED.value, RunState.DISCARDED.value, RunState.FAILED.value}


def _said(one: Any) -> str:
    parts = sorted(one.parts.all(), key=lambda part: part.rank)
    whole = sum(part.value for part in parts if part.kind == PartKind.RATIO.value)
    shares = [
        f"{part.value / whole:.0%}" if part.kind == PartKind.RATIO.value else f"每份 {show_yuan(part.value)} 元" for part in parts
    ]
    return "；".join(f"{part.fund.name} {share}" for part, share in zip(parts, shares, strict=True))


@page("entitlements.fund")
@require_http_methods(["GET", "POST"])
def new_funding(request: HttpRequest, key: str) -> HttpResponse:
    known = queries.programme_named(key)
    paying = [
        (fund.pk, f"{fund.get_level_display()} {fund.name}（可用 {show_yuan(fund.balance.free)} 元）")
        for fund in funds(standing="open")
    ]
    form = forms.NewFunding(
        request.POST or None, programme=known, funds=paying, scope=request.actor.scope,
        initial={"since": month_of(request.today)},
    )  # fmt: skip
    back = reverse("entitlements:programme", args=[key])

    def act() -> str:
        names = ("since", "component", "place", "paper", "parts")
        words = {name: form.cleaned_data[name] for name in names}
        actions.set_funding(by=request.actor, on=request.today, programme=key, **words)
        return back

    note = "按定额的先付，其余按比例分担，分到分为止；各项之和总等于应发金额。"
    said = "已设定资金分担。"
    return carry_out(request, form, act, title=f"{known.zh}：资金分担", back=back, submit="保存", said=said, note=note)


@page("entitlements.runs")
@require_http_methods(["GET", "HEAD", "POST"])
def overpaid(request: HttpRequest) -> HttpResponse:
    rows = queries.overpaid_rows(month_of(request.today))
    listing = Listing(
        request, title="多发待追缴", rows=rows, columns=OVERPAID, noun="份", name_of=lambda row: row.entitlement.person.name,
        empty="没有终止后多发的待遇。",
    )  # fmt: skip
    return listing.response("entitlements/overpaid.html")


