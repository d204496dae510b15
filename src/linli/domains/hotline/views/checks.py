"""Calls back by lot: the draw, and what a caller said."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.masking import mask_name
from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out, matter, moment, page_of
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import limit
from linli.kernel.ui.rules import Fact


@page("orders.draw_checks")
@require_http_methods(["GET", "POST"])
def draw_calls(request: HttpRequest) -> HttpResponse:
    """A share of the orders closed in a period; the last whole week stands there."""
    sunday = request.today - timedelta(days=request.today.isoweekday())
    form = forms.DrawCalls(request.POST or None, initial={"first": sunday - timedelta(days=6), "last": sunday})
    back = reverse("hotline:calls")

    def act() -> str:
        work.draw_calls(by=request.actor, at=moment(request), **form.cleaned_data)
        return back

    share = limit("check_share", request.today, request.actor.area)
    facts = [
        Fact("抽样比例", f"{share}%", note="每个事项大类、每个承办单位各抽，不足一件的抽一件"),
        Fact("抽样范围", "当场答复、居民网上评价和没有接通的办结工单；坐席已经回访接通的、保密的、没有电话的不抽"),
        *[Fact(f"{one.first:%Y-%m-%d}至{one.last:%Y-%m-%d}", f"{one.framed}件中抽{one.size}件",
               note=f"{one.drawn_by.name}抽，种子{one.seed[:8]}…") for one in queries.draws()[:5]],
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="抽样回访", submit="抽样", back=back, crumbs=(("回访", back),), facts=facts, said="已抽样。"
    )


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
        words = {"facts": [*facts, *told], "trail": crumbs, "title": "抽样回访"}
        return render(request, "hotline/form_page.html", words)
    form = forms.Call(request.POST or None)

    def act() -> str:
        work.check_call(by=request.actor, at=moment(request), check=one, **form.cleaned_data)
        return back

    note = "电话在工单页里查看。不满意或没有解决的，由原单位重新办理；当场答复的，请为来电人另建工单。"
    return carry_out(
        request, form, act, title="抽样回访", submit="登记回访", back=back, crumbs=crumbs, facts=facts, note=note,
        said="已登记回访。",
    )  # fmt: skip
