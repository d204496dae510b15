"""Applications: the list, one of them, correcting, cancelling, handing out an aid, printing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.charity import actions, forms, queries
from linli.domains.charity.rules import AIDS, ILLNESSES, PROJECTS
from linli.domains.charity.views.common import carry_out
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.cases.queries import events_of, missing_papers
from linli.kernel.cases.rules import Kind
from linli.kernel.ledgers.queries import order_by_source, slips, stock, stock_of
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

STATES = {
    "open": Badge("办理中", Tone.NOW), "granted": Badge("已批准", Tone.GOOD), "refused": Badge("未批准", Tone.QUIET),
    "cancelled": Badge("已取消", Tone.BAD),
}  # fmt: skip
STEPS = dict(forms.STEPS)
COLUMNS = (
    Column("case.number", "案件编号", kind="code", link=lambda one: reverse("charity:application", args=[one.pk])),
    Column("person.name", "申请人", kind="person", sort="person__sort_key"),
    Column("campaign.title", "救助批次", minor=True),
    Column("need", "申请事由", value=lambda one: one.get_need_display()),
    Column("area", "所在地", kind="area", sort="area"),
    Column("case.step", "环节", value=lambda one: STEPS.get(one.case.step, "—") if one.state == "open" else "—", minor=True),
    Column("applied_on", "申请日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
    Column("amount", "救助金额", kind="money", sort=True, total="amount"),
)


@page("charity.read")
def applications(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="救助申请", rows=lambda words: queries.applications(**words), columns=COLUMNS,
        filters=forms.ApplicationSearch, order="-applied_on", noun="件", name_of=lambda one: one.case.number,
        export=recording(by=request.actor, verb="charity.export", kind="charity.application"),
    )  # fmt: skip
    return listing.response("charity/applications.html")


@page("charity.read")
@require_safe
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application: facts, the rule's answer, the decision, the payment, the timeline."""
    one = queries.application(application_id)
    record_seen(by=request.actor, verb="charity.read", kind="charity.application", subject=one.pk, area=one.area)
    order = order_by_source(queries.source_of(one)) if request.actor.may("ledgers.see") else None
    context = {
        "application": one, "state": STATES[one.state], "step": STEPS.get(one.case.step, ""),
        "illness": ILLNESSES.get(one.illness),
        "paid": OrderState(order.state).zh if order else "", "slip": slips(source=queries.source_of(one), kind="issue").first(),
        "correct_form": _correct_form(one) if forms.Correct.names(PROJECTS[one.campaign.project]) else None,
        "cancel_form": forms.Cancel(), **_missing(one),
        **queries.panel(case=one.case, by=request.actor, on=request.today),
    }  # fmt: skip
    return render(request, "charity/application.html", context)


def _missing(one: Any) -> dict[str, Any]:
    """The papers that are still missing, and the last notice that told of missing ones."""
    if one.state != "open":
        return {}
    asked = events_of(one.case).filter(kind=Kind.PAPERS_ASKED).last()
    return {"missing": [paper.name for paper in missing_papers(one.case)], "told": asked}


@page("charity.correct")
@require_POST
def correct(request: HttpRequest, application_id: int) -> HttpResponse:
    one = queries.application(application_id)
    words = {"title": "更正核实情况", "submit": "更正", "said": "已更正。"}
    return _on(request, application_id, _correct_form(one, request.POST), actions.correct_application, **words)


def _correct_form(one: Any, data: Any = None) -> forms.Correct:
    return forms.Correct(data, application=one, project=PROJECTS[one.campaign.project])


@page("charity.cancel")
@require_POST
def cancel(request: HttpRequest, application_id: int) -> HttpResponse:
    words = {"title": "取消救助", "submit": "取消救助", "said": "已取消救助资格。已发放的款项已转入追回。"}
    return _on(request, application_id, forms.Cancel(request.POST), actions.cancel_aid, **words)


def _on(request: HttpRequest, application_id: int, form: Any, do: Callable[..., Any], **words: str) -> HttpResponse:
    one = queries.application(application_id)
    return carry_out(request, form, do, back=reverse("charity:application", args=[one.pk]), application=one, **words)


@page("charity.give_aid")
@require_http_methods(["GET", "POST"])
def give_aid(request: HttpRequest, application_id: int) -> HttpResponse:
    """Hand out the granted aid, from the goods that the store has of it."""
    one = queries.application(application_id)
    if one.aid not in AIDS:
        raise Refused("这份申请没有申请辅具。")
    held = list(stock(left=True).filter(unit=AIDS[one.aid].goods))
    form, back = forms.GiveAid(request.POST or None, held=held), reverse("charity:application", args=[one.pk])

    def act() -> str:
        source, proof = stock_of(int(form.cleaned_data["stock"])), form.cleaned_data["proof"]
        actions.give_aid(by=request.actor, on=request.today, application=one, stock=source, proof=proof)
        return back

    if (answer := handle(request, form, act, said="已登记发放，可以打印领用单。")) is not None:
        return answer
    note = "" if held else f"库里没有{AIDS[one.aid].zh}，请先购入或登记受赠。"
    context = {"form": form, "title": f"发放{AIDS[one.aid].zh}：{one.person.name}", "back": back, "submit": "发放", "note": note}
    return render(request, "charity/form_page.html", context, status=422 if form.is_bound else 200)


@page("charity.read")
@require_safe
def print_form(request: HttpRequest, application_id: int) -> HttpResponse:
    """The application form (救助申请审批表) on A4, filled in, with boxes to sign."""
    one = queries.application(application_id)
    record_seen(by=request.actor, verb="charity.print", kind="charity.application", subject=one.pk, area=one.area)
    context = {"application": one, "illness": ILLNESSES.get(one.illness)}
    context |= queries.panel(case=one.case, by=request.actor, on=request.today)
    return render(request, "charity/print_form.html", context)
