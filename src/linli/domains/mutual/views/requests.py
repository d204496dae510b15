"""Requests and meetings: asking, the meeting with its lists, the vote, and the payment as decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.mutual import actions, forms, queries
from linli.domains.mutual.views.common import carry_out, fund_page, meeting_page, request_page, state_of, trail
from linli.kernel.access.actions import press, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.registry.queries import person_by_number
from linli.kernel.ui.rules import Fact

PEOPLE = "、"


@page("mutual.ask")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    one = queries.fund_here(aidfund_id)
    form = forms.Ask(request.POST or None)

    def act() -> str:
        words = dict(form.cleaned_data)
        person = person_by_number(words.pop("number"))
        if person is None:
            raise Refused("本社区没有登记这个身份证号，请核对号码。", field="number")
        made = actions.ask(by=request.actor, on=request.today, aidfund=one, person_id=person.pk, **words)
        return request_page(made)

    return carry_out(
        request, form, act, title="登记用款申请", submit="登记", crumbs=trail((one.name, fund_page(one))),
        said="已登记，等待议事。", facts=[Fact("可用余额", one.free, kind="money")],
    )  # fmt: skip


@page("mutual.see")
@require_safe
def request(request: HttpRequest, request_id: int) -> HttpResponse:
    """A request: for whom and what, every decision with its numbers, and the payment."""
    one = queries.request_of(request_id)
    record_seen(by=request.actor, verb="mutual.read", kind="mutual.request", subject=one.pk, area=one.area)
    order = order_by_source(queries.source_of(one)) if one.order_id else None
    facts = [
        Fact("帮扶对象", one.name, href=reverse("registry:person", args=[one.person_id])), Fact("社区", one.area, kind="area"),
        Fact("用途", one.get_need_display()), Fact("事项", one.what), Fact("申请金额", one.asked, kind="money"),
        Fact("登记", f"{one.made_by.name}，{one.asked_on}"),
        *([Fact("付款", f"{one.ordered_on}，{OrderState(order.state).zh}")] if order else []),
        *([Fact("撤回原因", one.withdrawn_why)] if one.withdrawn_why else []),
    ]  # fmt: skip
    words = {"one": one, "badge": state_of(one), "facts": facts, "resolutions": queries.resolutions_on(one)}
    return render(request, "mutual/request.html", words)


@page("mutual.ask")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    one = queries.request_of(request_id)
    form = forms.Why(request.POST or None)

    def act() -> str:
        actions.withdraw(by=request.actor, on=request.today, request=one, why=form.cleaned_data["why"])
        return request_page(one)

    return carry_out(
        request, form, act, title="撤回用款申请", submit="撤回", crumbs=trail((one.name, request_page(one))), said="已撤回。",
        facts=_facts(one),
    )  # fmt: skip


@page("mutual.meet")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, request_id: int) -> HttpResponse:
    """A vote was written down wrongly; the request waits for a meeting again."""
    one = queries.request_of(request_id)
    form = forms.Why(request.POST or None)

    def act() -> str:
        actions.void_resolution(by=request.actor, on=request.today, request=one, why=form.cleaned_data["why"])
        return request_page(one)

    return carry_out(
        request, form, act, title="更正表决登记", submit="作废这次表决", crumbs=trail((one.name, request_page(one))),
        said="这次表决已作废，请按议事记录重新登记。", facts=_facts(one),
    )  # fmt: skip


@page("mutual.pay")
@require_POST
def pay(request: HttpRequest, request_id: int) -> HttpResponse:
    one = queries.request_of(request_id)

    def act() -> str:
        actions.pay(by=request.actor, on=request.today, request=one)
        return request_page(one)

    return press(request, act, back=request_page(one), said="付款单已开，可以编入发放批次。")


@page("mutual.meet")
@require_http_methods(["GET", "POST"])
def meet(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    """Who was called is proposed as it was the last time."""
    one = queries.fund_here(aidfund_id)
    last = queries.meetings(one).first()
    as_before = {"called": last.called, "place": last.place, "chair": last.chair} if last else {}
    form = forms.Meet(request.POST or None, initial={"held_on": request.today} | as_before)

    def act() -> str:
        made = actions.record_meeting(by=request.actor, on=request.today, aidfund=one, **form.cleaned_data)
        return meeting_page(made)

    return carry_out(
        request, form, act, title="登记议事会", submit="登记", crumbs=trail((one.name, fund_page(one))),
        said="议事会已登记，请逐项登记表决。",
    )  # fmt: skip


@page("mutual.see")
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: who was called and came, what was decided, and what can still be put to the vote."""
    one = queries.meeting_of(meeting_id)
    record_seen(by=request.actor, verb="mutual.read", kind="mutual.meeting", subject=one.pk, area=one.area)
    absent = [name for name in one.called if name not in one.came]
    facts = [
        Fact("议事日期", one.held_on, kind="day"), Fact("地点", one.place), Fact("主持人", one.chair),
        Fact("通知", f"{len(one.called)}人"), Fact("到会", f"{len(one.came)}人", note=PEOPLE.join(one.came)),
        Fact("未到会", f"{len(absent)}人", note=PEOPLE.join(absent)), Fact("登记", one.made_by.name),
    ]  # fmt: skip
    words = {
        "meeting": one, "facts": facts, "resolutions": queries.resolutions(one),
        "waiting": queries.to_decide(one) if request.actor.may("mutual.meet") else (),
    }  # fmt: skip
    return render(request, "mutual/meeting.html", words)


@page("mutual.meet")
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, meeting_id: int, request_id: int) -> HttpResponse:
    one, asked = queries.meeting_of(meeting_id), queries.request_of(request_id)
    fund = queries.fund_here(one.aidfund_id)
    form = forms.Vote(request.POST or None, initial={"amount": asked.asked})

    def act() -> str:
        actions.resolve(by=request.actor, on=request.today, meeting=one, request=asked, **form.cleaned_data)
        return meeting_page(one)

    left = fund.free - queries.promised(fund)
    came = Fact("到会", f"{len(one.came)}人（通知{len(one.called)}人）")
    facts = [*_facts(asked), came, Fact("可决定的余额", left, kind="money")]
    return carry_out(
        request, form, act, title="登记表决", submit="登记表决",
        crumbs=trail((fund.name, fund_page(fund)), (f"{one.held_on}议事会", meeting_page(one))), said="表决已登记。", facts=facts,
    )  # fmt: skip


def _facts(one: Any) -> list[Fact]:
    return [
        Fact("帮扶对象", one.name), Fact("用途", one.get_need_display()), Fact("事项", one.what),
        Fact("申请金额", one.asked, kind="money"),
    ]  # fmt: skip
