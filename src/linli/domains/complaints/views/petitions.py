"""The written side of petitions: told, answered, printed, reviewed, rechecked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.days import official_calendar
from linli.domains.complaints import actions, forms, queries
from linli.domains.complaints.rules import PetitionOutcome, RefusalGround, RemedyKind, remedy_open_until
from linli.domains.complaints.views.common import carry_out, matter_zh, page_of, trail
from linli.kernel.access.rules import Forbidden, Refused, page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries as orders
from linli.kernel.ui.queries import moment
from linli.kernel.ui.rules import Fact


def _act(
    request: HttpRequest, order_id: int, form: Any, verb: Any, *, title: str, submit: str, said: str, note: str = "",
) -> HttpResponse:  # fmt: skip
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    if request.method == "GET" and not orders.serves(request.actor, one.desk):
        raise Forbidden("这件信访由主办单位办理，本岗位可以查看，不能代办。")

    def act() -> str:
        verb(by=request.actor, at=moment(request), order=one, **form.cleaned_data)
        return page_of(one)

    return carry_out(
        request, form, act, title=f"{title}：{one.number}", submit=submit, back=page_of(one), note=note,
        crumbs=trail((one.number, page_of(one))), said=said, facts=[Fact("事项", matter_zh(one.category))],
    )  # fmt: skip


@page("complaints.answer")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, order_id: int) -> HttpResponse:
    return _act(request, order_id, forms.Accept(request.POST or None), actions.accept, title="告知受理",
                submit="登记告知", said="已登记告知，办理期限自今天起算。",
                note="收到之日起15日内书面告知；自受理之日起60日内办结。")  # fmt: skip


@page("complaints.answer")
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, order_id: int) -> HttpResponse:
    return _act(request, order_id, forms.Refuse(request.POST or None), actions.refuse, title="不予受理", submit="登记不予受理",
                said="已登记不予受理。")  # fmt: skip


@page("complaints.answer")
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, order_id: int) -> HttpResponse:
    return _act(request, order_id, forms.Reply(request.POST or None), actions.reply, title="处理意见",
                submit="作出处理意见", said="已作出处理意见，请打印文书送达信访人。")  # fmt: skip


@page("complaints.take")
@require_http_methods(["GET", "POST"])
def joint(request: HttpRequest, order_id: int) -> HttpResponse:
    """How many petition and who speaks for them; the centre also sets the day for the report."""
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    petition = queries.petition_of(one)
    if request.method == "GET" and not queries.may_enter_joint(request.actor, one, petition):
        raise Refused("信访人数和交办期限由承办单位或服务中心在作出处理意见以前登记。")
    assigns = request.actor.may("complaints.assign")
    form = forms.joining(request.POST or None, people=petition.people if petition else 1, assigns=assigns)

    def act() -> str:
        actions.enter_joint(by=request.actor, at=moment(request), order=one, **form.cleaned_data)
        return page_of(one)

    return carry_out(
        request, form, act, title=f"登记信访人数和交办期限：{one.number}", submit="登记", back=page_of(one), said="已登记。",
        crumbs=trail((one.number, page_of(one))), facts=queries.written(request.actor, one, petition),
    )  # fmt: skip


@page("complaints.answer")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, order_id: int) -> HttpResponse:
    if request.method == "GET":
        actions.to_report(queries.complaint(order_id))
    return _act(request, order_id, forms.Report(request.POST or None), actions.report_result, title="办结报告",
                submit="提交报告", said="已提交办结报告。")  # fmt: skip


@page("complaints.see")
@require_safe
def paper(request: HttpRequest, order_id: int) -> HttpResponse:
    """What is handed to the petitioner: the notice of acceptance or refusal, or the answer with the remedy, on A4."""
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    petition = queries.petition_of(one)
    if petition is None or petition.accepted is None or not orders.is_reader(request.actor, one):
        raise Refused("还没有告知信访人，没有可以打印的文书。")
    content = orders.content_of(request.actor, one)
    words: dict[str, Any] = {
        "order": one, "petition": petition, "name": content.caller or "信访人", "text": content.text, "remedies": [],
        "title": "信访事项受理告知书" if petition.accepted else "信访事项不予受理告知书", "term": orders.term_of(one),
        "ground": RefusalGround(petition.ground).zh if petition.ground else "",
    }  # fmt: skip
    if petition.replied_on:
        last, source = remedy_open_until(RemedyKind.REVIEW, petition.replied_on, one.place, official_calendar())
        words |= {"title": "信访事项处理意见书", "outcome": PetitionOutcome(petition.outcome).zh, "last": last, "source": source,
                  "remedies": queries.remedies_of(petition)}  # fmt: skip
    return render(request, "complaints/paper.html", words)


@page("complaints.review")
@require_http_methods(["GET", "POST"])
def ask_remedy(request: HttpRequest, order_id: int) -> HttpResponse:
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    form = forms.AskRemedy(request.POST or None, initial={"asked_on": request.today, "kind": "review"})

    def act() -> str:
        actions.ask_remedy(by=request.actor, on=request.today, order=one, **form.cleaned_data)
        return page_of(one)

    return carry_out(
        request, form, act, title=f"登记复查复核：{one.number}", submit="登记请求", back=page_of(one),
        crumbs=trail((one.number, page_of(one))), said="已登记请求。",
        note="自收到处理意见之日起30日内可以请求复查；对复查意见不服的，30日内可以请求复核。",
    )  # fmt: skip


@page("complaints.review")
@require_http_methods(["GET", "POST"])
def decide_remedy(request: HttpRequest, remedy_id: int) -> HttpResponse:
    remedy = queries.remedy_by_id(remedy_id)
    one = queries.complaint(remedy.petition.order_id)
    work.note_opened(by=request.actor, order=one)
    form = forms.DecideRemedy(request.POST or None)

    def act() -> str:
        actions.decide_remedy(by=request.actor, on=request.today, remedy=remedy, **form.cleaned_data)
        return page_of(one)

    kind = RemedyKind(remedy.kind).zh
    return carry_out(
        request, form, act, title=f"出具{kind}意见：{one.number}", submit="出具意见", back=page_of(one),
        crumbs=trail((one.number, page_of(one))), said=f"已出具{kind}意见。",
        facts=[Fact("请求日期", remedy.asked_on, "day"), Fact("应当办结", remedy.due, "day"), Fact("信访人的理由", remedy.why)],
    )  # fmt: skip
