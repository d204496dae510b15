"""Rounds: the list, the numbers of one, opening and closing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.base.money import show_yuan
from linli.domains.treatment import actions, forms, queries
from linli.domains.treatment.rules import Bearer
from linli.domains.treatment.views.common import carry_out
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.figures.rules import SMALL, hidden
from linli.kernel.ledgers.queries import fund_names, funds
from linli.kernel.registry.queries import organisations
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone


def badge_of(closed: bool) -> Badge:
    return Badge("已截止", Tone.QUIET) if closed else Badge("推荐中", Tone.NOW)


def _count(number: int, request: HttpRequest) -> str:
    """A number of patients; leaders do not see small ones."""
    return f"少于{SMALL}" if hidden(number, request.actor.role) else f"{number:,}"


@page("treatment.see")
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    columns = (
        Column("title", "批次", link=lambda row: reverse("treatment:round", args=[row.pk])),
        Column("organiser", "组织单位", value=lambda row: row.get_organiser_display(), minor=True),
        Column("hospital", "定点医院", value="hospital_name", minor=True),
        Column("waiting", "办理中", value=lambda row: _count(row.waiting, request)),
        Column("treated", "已治疗", value=lambda row: _count(row.treated, request)),
        Column("closes_on", "推荐至", kind="day", sort=True),
        Column("state", "状态", kind="state", value=lambda row: badge_of(row.closed)),
    )
    listing = Listing(
        request, title="医疗救助批次", rows=lambda words: queries.rounds(**words), columns=columns, filters=forms.RoundSearch,
        noun="个", empty="还没有医疗救助批次。", name_of=lambda row: row.title,
    )  # fmt: skip
    return listing.response("treatment/rounds.html")


@page("treatment.round")
def new_round(request: HttpRequest) -> HttpResponse:
    hospitals = [(row.pk, row.name) for row in organisations(request.today, kind="hospital")]
    paying = [(row.pk, f"{row.name}（可用 {show_yuan(row.balance.free)} 元）") for row in funds()]
    form = forms.NewRound(
        request.POST or None, hospitals=hospitals, funds=paying,
        initial={"year": request.today.year, "opens_on": request.today},
    )  # fmt: skip

    def act() -> str:
        made = actions.open_round(by=request.actor, on=request.today, **form.cleaned_data)
        return reverse("treatment:round", args=[made.pk])

    crumbs = (("医疗救助", reverse("treatment:rounds")),)
    said = "批次已建立，可以推荐患者。"
    return carry_out(request, form, act, title="建立医疗救助批次", submit="建立", crumbs=crumbs, said=said)


@page("treatment.see")
@require_GET
def round(request: HttpRequest, round_id: int) -> HttpResponse:
    """A round in numbers: patients, the costs by bearer. No names."""
    one = queries.round_of(round_id)
    sums = queries.sums_of(one) if not hidden(one.treated, request.actor.role) else {}
    facts = [
        Fact("项目", one.get_project_display()), Fact("批次", f"{one.year}年第{one.number}批"),
        Fact("组织单位", one.get_organiser_display()), Fact("定点医院", one.hospital_name),
        Fact("推荐时间", f"{one.opens_on} 至 {one.closes_on}"), Fact("办理中", f"{_count(one.waiting, request)} 人"),
        Fact("已治疗", f"{_count(one.treated, request)} 人"),
        *(Fact("承担资金", name) for name in fund_names([one.fund_id]).values() if request.actor.may("ledgers.see")),
    ]  # fmt: skip
    parts = [(Bearer(bearer).zh, total) for bearer, total in sums.items() if bearer != "cost"]
    words = {"round": one, "badge": badge_of(one.closed), "facts": facts, "parts": parts, "cost": sums.get("cost", 0)}
    return render(request, "treatment/round.html", words)


@page("treatment.round")
@require_POST
def close(request: HttpRequest, round_id: int) -> HttpResponse:
    one, back = queries.round_of(round_id), reverse("treatment:round", args=[round_id])

    def act() -> str:
        actions.close_round(by=request.actor, on=request.today, round=one)
        return back

    return press(request, act, back=back, said="已截止推荐，正在办理的不受影响。")
