"""Calls back by lot: the draws with seed and frame, a week that was missed, and what a caller said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.masking import mask_name
from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out, matter, page_of
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import DISSATISFIED, CallOutcome, Satisfaction, Stage, categories, limit
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

WEEKS = 8
"""So many weeks back a missed one can still be drawn: later nobody remembers the call."""
DAYS = "一二三四五六日"
CALLS, DRAWS = "回访", "抽样记录"


def _week(one: Any) -> str:
    return f"{one.first:%Y-%m-%d}至{one.last:%Y-%m-%d}"


def _hand(one: Any) -> str:
    return one.drawn_by.name if one.drawn_by else "系统每周抽样"


def _plan(request: HttpRequest) -> str:
    share, day = (limit(key, request.today, request.actor.area) for key in ("check_share", "check_weekday"))
    if not share:
        return "抽样比例定为0，现在不抽样回访。"
    return f"每周{DAYS[day - 1]}起系统自动抽上一周办结的工单，每个事项大类、每个承办单位各抽{share}%，不足一件的抽一件。"


@page("orders.see_draws")
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw with its seed; weeks that nobody has drawn can still be."""
    columns = (
        Column("week", "办结的一周", value=_week, sort="last", link=lambda one: reverse("hotline:draw", args=[one.pk])),
        Column("framed", "可抽", kind="count"), Column("size", "抽中", kind="count"), Column("left", "待回访", kind="count"),
        Column("reached", "已接通", kind="count", minor=True), Column("hand", "抽样人", value=_hand),
        Column("drawn_at", "抽样时间", kind="moment", minor=True), Column("seed", "种子", kind="code", minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title=DRAWS, rows=queries.draws_told(), columns=columns, noun="次",
        name_of=_week, empty="还没有抽样。",
    )  # fmt: skip
    may = request.actor.may("orders.draw_checks")
    missed = queries.undrawn(request.today, WEEKS) if may else []
    words = {"plan": _plan(request), "missed": len(missed), "may_call": request.actor.may("orders.call_back")}
    return listing.response("hotline/draws.html", words)


@page("orders.see_draws")
def draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """One draw: seed and frame, whether they give the same again, and what each caller said."""
    one = queries.draw_by_id(draw_id)
    again = {True: "按种子和抽样框重抽，结果一致", False: "按种子和抽样框重抽，结果不一致，请报告系统管理员"}
    facts = [
        Fact("办结的一周", _week(one)), Fact("抽样人", _hand(one)), Fact("抽样时间", one.drawn_at, "moment"),
        Fact("抽样比例", f"{one.share}%"), Fact("可抽工单", one.framed, "count"), Fact("抽中", one.size, "count"),
        Fact("种子", one.seed, "code"), Fact("抽样框摘要", one.digest, "code"),
        Fact("核对", again.get(queries.drawn_again(one), "抽样框没有留存，只能核对摘要")),  # type: ignore[call-overload]
    ]  # fmt: skip
    columns = (
        Column("order.number", "工单号", kind="code", link=lambda row: page_of(row.order)),
        Column("matter", "事项", value=lambda row: matter(row.order.category)),
        Column("desk", "主办单位", value=lambda row: row.order.desk.name if row.order.desk else "当场答复"),
        Column("attempts", "已拨打", kind="count", minor=True), Column("said", "回访结果", kind="state", value=_said),
        Column("called_at", "回访时间", kind="moment", minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="抽中的工单", rows=queries.checks(draw=one), columns=columns, noun="件",
        name_of=lambda row: row.order.number, empty="这一周没有可抽的工单：回访已接通的、保密的、没有电话的不抽。",
    )  # fmt: skip
    return listing.response("hotline/draw.html", {"title": _week(one), "facts": facts, "kinds": _kinds(one)})


def _said(one: Any) -> Badge:
    if one.grade:
        return Badge(Satisfaction(one.grade).zh, Tone.BAD if Satisfaction(one.grade) in DISSATISFIED else Tone.GOOD)
    if one.called_at:
        return Badge(CallOutcome(one.outcome).zh)
    same = one.order.stage == Stage.CLOSED and one.order.round == one.round
    return Badge("待回访", Tone.NOW) if same else Badge("已重新办理，不再回访")


def _kinds(one: Any) -> list[tuple[str, int, int]]:
    """Of each kind of matter how many could be drawn and how many were."""
    drawn = set(one.checks.values_list("order", flat=True))
    kinds: dict[str, list[int]] = {}
    for pk, code, _ in one.frame or []:
        kinds.setdefault(code[:2], []).append(pk)
    names = categories()
    return [
        (names[code].zh if code in names else code, len(keys), len(drawn.intersection(keys)))
        for code, keys in sorted(kinds.items())
    ]


@page("orders.draw_checks")
@require_http_methods(["GET", "POST"])
def draw_calls(request: HttpRequest) -> HttpResponse:
    """A week that the job missed is drawn by hand."""
    back, missed = reverse("hotline:draws"), queries.undrawn(request.today, WEEKS)
    if not missed:
        messages.info(request, f"最近{WEEKS}周都已抽样，不需要补抽。")
        return redirect(back)
    form = forms.drawing(request.POST or None, missed)

    def act() -> str:
        return reverse("hotline:draw", args=[work.draw_calls(by=request.actor, at=moment(request), **form.cleaned_data).pk])

    return carry_out(
        request, form, act, title="补抽一周", submit="抽样", back=back, crumbs=((DRAWS, back),), said="已抽样。",
        note=f"{_plan(request)}系统没有抽的周在这里补抽，一周只抽一次。",
    )  # fmt: skip


@page("orders.call_back")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, check_id: int) -> HttpResponse:
    one, back = queries.check_by_id(check_id), reverse("hotline:calls")
    order = one.order
    facts = [
        Fact("工单号", order.number), Fact("事项", matter(order.category)),
        Fact("主办单位", order.desk.name if order.desk else "当场答复"), Fact("来电人", mask_name(order.caller)),
        Fact("办结", order.closed_at, "moment"), Fact("已拨打", f"{one.attempts}次"),
    ]  # fmt: skip
    crumbs = (("回访", back), (order.number, page_of(order)))
    if one.called_at is not None:
        told = [Fact("接通情况", one.get_outcome_display()), Fact("评价", one.get_grade_display()), Fact("意见", one.text)]
        words = {"facts": [*facts, *told], "trail": crumbs, "title": "抽样回访", "back": back}
        return render(request, "hotline/form_page.html", words)
    if not queries.may_check(request.actor, order):
        words = {"facts": facts, "trail": crumbs, "title": "抽样回访", "back": back}
        return render(request, "hotline/form_page.html", words | {"note": "这件由您答复或承办，请由其他坐席回访。"})
    form = forms.Call(request.POST or None)

    def act() -> str:
        work.check_call(by=request.actor, at=moment(request), check=one, **form.cleaned_data)
        return back

    note = "电话在工单页里查看。不满意或没有解决的，由原单位重新办理；当场答复的，请为来电人另建工单。"
    return carry_out(
        request, form, act, title="抽样回访", submit="登记回访", back=back, crumbs=crumbs, facts=facts, note=note,
        said="已登记回访。",
    )  # fmt: skip
