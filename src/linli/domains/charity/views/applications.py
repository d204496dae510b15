"""Applications: find the family, take the application, correct, cancel, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.charity import actions, forms, queries
from linli.domains.charity.rules import AIDS, ILLNESSES
from linli.domains.charity.views.common import carry_out
from linli.kernel.access.actions import handle, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers.queries import order_by_source, slips, stock, stock_of
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.registry.queries import household_of, memberships_of, person_by_id, person_by_number, statuses_of
from linli.kernel.registry.rules import STATUS_KINDS
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
        export=lambda purpose, count: record_seen(
            by=request.actor, verb="charity.export", kind="charity.application", purpose=purpose, rows=count
        ),
    )  # fmt: skip
    return listing.response("charity/applications.html")


@page("charity.submit")
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Who applies? The identity number finds the family; someone unknown is registered first."""
    form = forms.FindApplicant(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_number(form.cleaned_data["number"])
        record_seen(by=request.actor, verb="charity.find", kind="registry.person", subject=person.pk if person else "")
        if person is not None:
            return redirect("charity:apply_for", person.pk)
        form.add_error("number", "本辖区没有登记这个身份证号。请核对号码；确为本辖区居民的，请先在居民登记中建档。")
    return render(request, "charity/apply.html", {"form": form}, status=422 if form.is_bound else 200)


@page("charity.submit")
@require_http_methods(["GET", "POST"])
def apply_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """The application of a known family: nothing is asked that is known."""
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    household = household_of(person, request.today)
    members = memberships_of(household, request.today) if household else []
    form = forms.Apply(request.POST or None, campaigns=list(queries.open_campaigns(request.today)))

    def act() -> str:
        words = dict(form.cleaned_data)
        chosen = queries.campaign(int(words.pop("campaign")))
        made = actions.apply(by=request.actor, on=request.today, campaign=chosen, person_id=person.pk, **words)
        return reverse("charity:application", args=[made.pk])

    if (answer := handle(request, form, act, said="申请已受理，已进入村居初核。")) is not None:
        return answer
    statuses = {row.person.pk: _statuses(row.person, request) for row in members} or {person.pk: _statuses(person, request)}
    context = {
        "form": form, "person": person, "household": household,
        "members": [(row, statuses[row.person.pk]) for row in members], "own": statuses.get(person.pk, []),
        "earlier": list(queries.applications_of_household(household.pk)[:5]) if household else [],
    }  # fmt: skip
    record_seen(by=request.actor, verb="charity.apply", kind="registry.person", subject=person.pk, area=person.area)
    return render(request, "charity/apply_for.html", context, status=422 if form.is_bound else 200)


def _statuses(person: object, request: HttpRequest) -> list[str]:
    found = statuses_of(person, request.today)
    known = [(STATUS_KINDS[one.kind], one.grade) for one in found if one.kind in STATUS_KINDS]
    return [f"{kind.zh}（{kind.grade_zh(grade)}）" if grade else kind.zh for kind, grade in known]


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
        "correct_form": forms.Correct(initial={
            "illness": one.illness, "own_cost": one.own_cost, "enrolled": one.enrolled, "diagnosed": one.diagnosed,
        }), "cancel_form": forms.Cancel(),
        **queries.panel(case=one.case, by=request.actor, on=request.today),
    }  # fmt: skip
    return render(request, "charity/application.html", context)


@page("charity.correct")
@require_POST
def correct(request: HttpRequest, application_id: int) -> HttpResponse:
    words = {"title": "更正核实情况", "submit": "更正", "said": "已更正。"}
    return _on(request, application_id, forms.Correct(request.POST), actions.correct_application, **words)


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
