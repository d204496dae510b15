"""Campaigns: list, progress by town, quotas and payers, and families that were missed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.charity import actions, forms, queries
from linli.kernel.access.actions import attempt, record_seen
from linli.kernel.access.rules import Role, page
from linli.kernel.ledgers.queries import fund_of, funds
from linli.kernel.registry.queries import areas_below, people_by_ids
from linli.kernel.registry.rules import STATUS_KINDS
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Chart, Column, Tone

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
        export=lambda purpose, count: record_seen(
            by=request.actor, verb="charity.export", kind="charity.campaign", purpose=purpose, rows=count
        ),
    )  # fmt: skip
    return listing.response("charity/campaigns.html")


@page("charity.campaign")
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    form = forms.NewCampaign(request.POST or None, initial={"year": request.today.year, "opens_on": request.today})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            words = form.cleaned_data | {"plan": form.cleaned_data["plan"] or 0}
            made = actions.open_campaign(by=request.actor, on=request.today, **words)
            return reverse("charity:campaign", args=[made.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    return render(request, "charity/new_campaign.html", {"form": form}, status=422 if form.is_bound else 200)


def _towns(request: HttpRequest) -> list[tuple[str, str]]:
    return list(areas_below(request.actor.area[:6] + "000000", request.today).values_list("code", "name"))


@page("charity.see")
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Where the campaign stands: numbers by town with a chart, payers, and the next things to do."""
    one = queries.campaign(campaign_id)
    lines = queries.town_lines(one, request.today)
    names = [line.name for line in lines]
    chart = None
    if lines:
        most = max(lines, key=lambda line: line.granted)
        chart = Chart(
            "towns", f"{one.title}：各镇街进度", names,
            [("已批准", [line.granted for line in lines]), ("办理中", [line.waiting for line in lines])],
            f"批准最多的是{most.name}，{most.granted}户。", form="stack", unit="户",
        )  # fmt: skip
    may_manage = request.actor.may("charity.campaign")
    context = {
        "campaign": one, "state": STATES[one.state], "lines": lines, "chart": chart,
        "reported": sum(line.reported for line in lines), "granted": sum(line.granted for line in lines),
        "money": sum(line.money for line in lines), "quota": sum(line.quota for line in lines),
        "payers": [(row, fund_of(row.fund_id)) for row in one.payers.all()] if request.actor.may("ledgers.see") else [],
        "payer_form": forms.Payer(funds=list(funds()), towns=_towns(request)) if may_manage else None,
        "quota_form": forms.Quota(towns=_towns(request)) if may_manage else None,
        "pass_form": forms.PassNoticed(), "names_hidden": request.actor.role is Role.LEADER,
    }  # fmt: skip
    return render(request, "charity/campaign.html", context)


@page("charity.campaign")
@require_POST
def payer(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = queries.campaign(campaign_id)
    form = forms.Payer(request.POST, funds=list(funds()), towns=_towns(request))
    back = reverse("charity:campaign", args=[campaign_id])
    if form.is_valid():

        def act() -> str:
            actions.add_payer(by=request.actor, on=request.today, campaign=one, **form.cleaned_data)
            return back

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    context = {"form": form, "title": "登记出资", "back": back, "submit": "登记"}
    return render(request, "charity/form_page.html", context, status=422)


@page("charity.campaign")
@require_POST
def quota(request: HttpRequest, campaign_id: int) -> HttpResponse:
    one = queries.campaign(campaign_id)
    form = forms.Quota(request.POST, towns=_towns(request))
    back = reverse("charity:campaign", args=[campaign_id])
    if form.is_valid():

        def act() -> str:
            actions.set_quota(by=request.actor, on=request.today, campaign=one, **form.cleaned_data)
            return back

        if answer := attempt(by=request.actor, form=form, act=act):
            return redirect(answer)
    context = {"form": form, "title": "分配名额", "back": back, "submit": "保存"}
    return render(request, "charity/form_page.html", context, status=422)


@page("charity.campaign")
@require_POST
def close(request: HttpRequest, campaign_id: int) -> HttpResponse:
    actions.close_campaign(by=request.actor, on=request.today, campaign=queries.campaign(campaign_id))
    messages.success(request, "已停止受理，正在办理的申请不受影响。")
    return redirect("charity:campaign", campaign_id)


@page("charity.missed")
def missed(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """People of the area who meet the conditions by their recognised status and have not applied: call on them."""
    one = queries.campaign(campaign_id)
    found = queries.missed_people(one, request.today)
    shown = Paginator(sorted(found), 50).get_page(request.GET.get("page"))
    people = people_by_ids(shown.object_list)
    rows = [(people[pk], [STATUS_KINDS[kind].zh for kind in found[pk]]) for pk in shown if pk in people]
    record_seen(by=request.actor, verb="charity.missed", kind="charity.campaign", subject=one.pk, rows=len(rows))
    return render(request, "charity/missed.html", {"campaign": one, "rows": rows, "shown": shown})
