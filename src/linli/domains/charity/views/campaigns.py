"""Campaigns: list, progress by town, quotas and payers, and families that were missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.masking import mask_name
from linli.domains.charity import actions, forms, queries
from linli.domains.charity.views.common import carry_out
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.figures.rules import SMALL, hidden
from linli.kernel.ledgers.queries import fund_names, funds
from linli.kernel.registry.queries import areas_below
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Chart, Column, Fact, Tone

STATES = {"open": Badge("受理中", Tone.NOW), "closed": Badge("已截止", Tone.QUIET), "ended": Badge("已办结", Tone.GOOD)}
COLUMNS = (
    Column("title", "批次", link=lambda one: reverse("charity:campaign", args=[one.pk])),
    Column("what", "项目"),
    Column("year", "年度", kind="code", sort=True),
    Column("opens_on", "受理自", kind="day", minor=True),
    Column("closes_on", "受理至", kind="day", sort=True),
    Column("plan", "计划资金", kind="money", minor=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
)


@page("charity.see")
def campaigns(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="救助批次", rows=lambda words: queries.campaigns(**words), columns=COLUMNS, filters=forms.CampaignSearch,
        order="-closes_on", noun="个", name_of=lambda one: one.title,
        export=recording(by=request.actor, verb="charity.export", kind="charity.campaign"),
    )  # fmt: skip
    return listing.response("charity/campaigns.html")


@page("charity.campaign")
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    form = forms.NewCampaign(request.POST or None, initial={"year": request.today.year, "opens_on": request.today})

    def act() -> str:
        words = form.cleaned_data | {"plan": form.cleaned_data["plan"] or 0}
        made = actions.open_campaign(by=request.actor, on=request.today, **words)
        return reverse("charity:campaign", args=[made.pk])

    if (answer := handle(request, form, act, said="批次已建立，可以受理申请。请登记出资并分配名额。")) is not None:
        return answer
    return render(request, "charity/new_campaign.html", {"form": form}, status=422 if form.is_bound else 200)


def _count(number: int, request: HttpRequest) -> str:
    """A number of families; leaders do not see small ones."""
    return f"少于{SMALL}" if hidden(number, request.actor.role) else f"{number:,}"


def _line(line: queries.TownLine, request: HttpRequest) -> dict[str, Any]:
    counts = {name: _count(getattr(line, name), request) for name in ("applied", "waiting", "granted", "refused")}
    return counts | {"name": line.name, "quota": line.quota, "money": line.money}


def _facts(one: Any, lines: list[queries.TownLine], request: HttpRequest) -> list[Fact]:
    def total(name: str) -> int:
        return sum(getattr(line, name) for line in lines)

    quota = total("quota")
    return [
        Fact("项目", one.what), Fact("受理期", f"{one.opens_on} 至 {one.closes_on}"),
        Fact("申请", f"{_count(total('applied'), request)} 户"), Fact("名额", f"{quota:,} 户" if quota else "未分配"),
        Fact("已批准", f"{_count(total('granted'), request)} 户"), Fact("救助资金", total("money"), "money"),
        *([Fact("计划资金", one.plan, "money")] if one.plan else []),
    ]  # fmt: skip


def _chart(one: Any, lines: list[queries.TownLine], request: HttpRequest) -> Chart | None:
    """Towns beside each other; nothing to compare for one town alone, nor where most numbers are hidden."""
    most = max(lines, key=lambda line: line.granted, default=None)
    if most is None or len(lines) < 2 or hidden(most.granted, request.actor.role):
        return None

    def shown(name: str) -> list[float | None]:
        numbers = [getattr(line, name) for line in lines]
        return [None if hidden(number, request.actor.role) else number for number in numbers]

    return Chart(
        "towns", "各镇街已批准与办理中的户数", [line.name for line in lines],
        [("已批准", shown("granted")), ("办理中", shown("waiting"))],
        f"批准最多的是{most.name}，{most.granted:,}户。" if most.granted else "还没有批准的申请。", form="stack", unit="户",
    )  # fmt: skip


def _towns(request: HttpRequest) -> list[tuple[str, str]]:
    return list(areas_below(request.actor.area[:6] + "000000", request.today).values_list("code", "name"))


@page("charity.see")
@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Where the campaign stands: numbers by town with a chart, payers, and the next things to do."""
    one = queries.campaign(campaign_id)
    lines = queries.town_lines(one, request.today)
    may_manage = request.actor.may("charity.campaign")
    payers = list(one.payers.all()) if request.actor.may("ledgers.see") else []
    names = fund_names(row.fund_id for row in payers)
    context = {
        "campaign": one, "state": STATES[one.state], "lines": [_line(line, request) for line in lines],
        "chart": _chart(one, lines, request), "facts": _facts(one, lines, request),
        "payers": [(row, names.get(row.fund_id, "")) for row in payers],
        "payer_form": forms.Payer(funds=list(funds()), towns=_towns(request)) if may_manage else None,
        "quota_form": forms.Quota(towns=_towns(request)) if may_manage else None,
        "pass_form": forms.PassNoticed() if queries.applications(campaign=one.pk, step="notice").exists() else None,
    }  # fmt: skip
    return render(request, "charity/campaign.html", context)


@page("charity.campaign")
@require_POST
def payer(request: HttpRequest, campaign_id: int) -> HttpResponse:
    form = forms.Payer(request.POST, funds=list(funds()), towns=_towns(request))
    words = {"title": "登记出资", "submit": "登记", "said": "已登记出资。"}
    return _on(request, campaign_id, form, actions.add_payer, **words)


@page("charity.campaign")
@require_POST
def quota(request: HttpRequest, campaign_id: int) -> HttpResponse:
    words = {"title": "分配名额", "submit": "保存", "said": "已保存名额。"}
    return _on(request, campaign_id, forms.Quota(request.POST, towns=_towns(request)), actions.set_quota, **words)


def _on(request: HttpRequest, campaign_id: int, form: Any, do: Callable[..., Any], **words: str) -> HttpResponse:
    one = queries.campaign(campaign_id)
    return carry_out(request, form, do, back=reverse("charity:campaign", args=[one.pk]), campaign=one, **words)


@page("charity.campaign")
@require_POST
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one, back = queries.campaign(campaign_id), reverse("charity:campaign", args=[campaign_id])

    def act() -> str:
        actions.close_campaign(by=request.actor, on=request.today, campaign=one)
        return back

    return press(request, act, back=back, said="已停止受理，正在办理的申请不受影响。")


@page("charity.missed")
def missed(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """People of the area who meet the conditions by their recognised status and have not applied: call on them."""
    one = queries.campaign(campaign_id)
    found = queries.missed_people(one, request.today)

    def rows(words: dict[str, str]) -> Any:
        kind, name = words.get("kind", ""), words.get("words", "")
        return queries.missed_named([pk for pk, kinds in found.items() if kind in ("", *kinds)], name)

    def take(person: Any) -> str:
        return reverse("charity:apply_to", args=[person.pk, one.pk]) if request.actor.may("charity.submit") else ""

    columns = (
        Column("name", "姓名", kind="person", sort="sort_key", link=take),
        Column("area", "所在地", kind="area", sort="area"),
        Column("kinds", "已认定的身份", value=lambda person: "、".join(STATUS_KINDS[kind].zh for kind in found[person.pk])),
    )
    listing = Listing(
        request, title="可能遗漏的对象", rows=rows, columns=columns, filters=forms.MissedSearch, order="area", noun="户",
        export=recording(by=request.actor, verb="charity.export", kind="charity.missed"), empty="没有发现遗漏。",
        name_of=lambda person: mask_name(person.name),
    )  # fmt: skip
    record_seen(by=request.actor, verb="charity.missed", kind="charity.campaign", subject=one.pk, rows=listing.total)
    return listing.response("charity/missed.html", {"campaign": one})
