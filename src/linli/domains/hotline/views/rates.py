"""The three rates from frozen cohorts, who stands where, and what two persons left out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.shares import percent
from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out, matter
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import OmissionGround, Satisfaction
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, NumberCard, Tone

BY = (("town", "镇街"), ("community", "村居"), ("desk", "承办单位"))
WORDS = {
    "响应率": "按时联系来电人的工单占全部考核工单的比例",
    "解决率": "来电人说已解决的，占回访接通的比例；没有接通、拒绝回访的不计",
    "满意率": "评价为基本满意以上的，占作出评价的比例",
    "按时办结率": "按时填写办理结果的工单占全部考核工单的比例",
}


@page("orders.see_rates")
@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """The newest cohort first, with its rates and ranking; the others below."""
    known = list(queries.cohorts()[:24])
    newest = known[0] if known else None
    words: dict[str, Any] = {"cohorts": known, "newest": newest, "may_freeze": request.actor.may("orders.freeze")}
    if newest:
        words |= _told(request, newest)
    words["omissions"] = _omissions(request)
    return render(request, "hotline/rates.html", words)


def _told(request: HttpRequest, one: Any) -> dict[str, Any]:
    by = request.GET.get("by", "town")
    by = by if by in dict(BY) else "town"
    return {"cards": _cards(one), "ranks": [_rank(row) for row in queries.ranking(one, by)], "by": by, "ways": BY}


def _share(rate: Any) -> str:
    return percent(rate) if rate is not None else "—"


def _rank(row: Any) -> dict[str, Any]:
    shares = {name: _share(getattr(row.rates, name)) for name in ("response", "solution", "satisfaction")}
    return {"key": row.key, "zh": row.zh, "orders": row.rates.orders, **shares}


def _cards(one: Any) -> list[NumberCard]:
    found, out = queries.rates(one), queries.left_out(one)
    given = (
        ("响应率", found.response, f"{found.answered}/{found.orders}"),
        ("解决率", found.solution, f"{found.solved}/{found.asked}"),
        ("满意率", found.satisfaction, f"{found.content}/{found.graded}"),
        ("按时办结率", found.punctual, f"{found.in_time}/{found.orders}"),
    )  # fmt: skip
    cards = [
        NumberCard(zh, _share(rate), "", [("件数", told)], definition=WORDS[zh]) for zh, rate, told in given
    ]
    counted = NumberCard("考核工单", f"{found.orders}", "件", [("剔除", f"{out}件")], definition="剔除须有理由并经两人办理")
    return [*cards, counted]


def _omissions(request: HttpRequest) -> list[Any]:
    """What waits for this person's ruling."""
    if not request.actor.may("orders.agree_omission"):
        return []
    return [
        (one, OmissionGround(one.ground).zh, reverse("hotline:omission", args=[one.pk]))
        for one in queries.omissions(waiting=True).exclude(asked_by=request.actor.staff_id)[:50]
    ]


@page("orders.freeze")
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    form, back = forms.Freeze(request.POST or None), reverse("hotline:rates")

    def act() -> str:
        made = work.freeze(by=request.actor, at=moment(request), **form.cleaned_data)
        return reverse("hotline:cohort", args=[made.pk])

    return carry_out(
        request, form, act, title="冻结考核批次", submit="冻结", back=back, crumbs=(("热线三率", back),), said="已冻结。",
        note="把这段时间办结的工单按现状留存，三率只从留存的工单计算；此后工单再有变化，这一批次不变。",
    )  # fmt: skip


@page("orders.see_rates")
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """One cohort: its rates, its ranking, and the orders behind them; leaders see no orders."""
    one = queries.cohort_by_id(cohort_id)
    words = {"cohort": one, **_told(request, one), "listing": None}
    if not request.actor.may("orders.read"):
        return render(request, "hotline/cohort.html", words)
    ask = request.actor.may("orders.ask_omission")
    columns = (
        Column("number", "工单号", kind="code", sort=True, link=lambda row: reverse("hotline:order", args=[row.order_id])),
        Column("matter", "事项", value=lambda row: matter(row.category)), Column("place", "事发地", kind="area", sort="place"),
        Column("desk.name", "主办单位", minor=True), Column("answered", "按时联系"), Column("in_time", "按时办结"),
        Column("grade", "评价", value=lambda row: Satisfaction(row.grade).zh if row.grade else ""),
        Column("out", "计入", kind="state", value=_counted),
        *([Column("act", "办理", value=lambda row: "" if row.out or row.asked else "提出剔除",
                  link=lambda row: reverse("hotline:leave_out", args=[row.pk]))] if ask else []),
    )  # fmt: skip
    listing = Listing(
        request, title="考核工单", noun="件", columns=columns, filters=forms.MemberSearch, name_of=lambda row: row.number,
        rows=lambda given: queries.with_asked(queries.members(one, **given)),
        export=recording(by=request.actor, verb="orders.export", kind="orders.cohort", subject=one.pk),
    )  # fmt: skip
    return listing.response("hotline/cohort.html", words | {"listing": listing})


def _counted(row: Any) -> Badge:
    if row.out:
        return Badge("已剔除")
    return Badge("待审定", Tone.WARN) if row.asked else Badge("计入", Tone.GOOD)


@page("orders.ask_omission")
@require_http_methods(["GET", "POST"])
def leave_out(request: HttpRequest, cohortmember_id: int) -> HttpResponse:
    one = queries.member_by_id(cohortmember_id)
    back = reverse("hotline:cohort", args=[one.cohort_id])
    back = back if request.actor.may("orders.see_rates") else reverse("hotline:orders")
    form = forms.LeaveOut(request.POST or None)

    def act() -> str:
        work.ask_omission(by=request.actor, at=moment(request), member=one, **form.cleaned_data)
        return back

    facts = [Fact("工单号", one.number), Fact("主办单位", one.desk.name)]
    return carry_out(
        request, form, act, title=f"提出剔除：{one.number}", submit="提出", back=back, said="已提出，等另一人审定。", facts=facts,
        crumbs=(("热线三率", reverse("hotline:rates")),), note="剔除的件数随三率一起公布，理由留存备查。",
    )  # fmt: skip


@page("orders.agree_omission")
@require_http_methods(["GET", "POST"])
def omission(request: HttpRequest, omission_id: int) -> HttpResponse:
    one = queries.omission_by_id(omission_id)
    form, back = forms.RuleOmission(request.POST or None), reverse("hotline:rates")

    def act() -> str:
        work.rule_omission(by=request.actor, at=moment(request), omission=one, agreed=form.cleaned_data["agreed"])
        return reverse("hotline:cohort", args=[one.member.cohort_id])

    facts = [
        Fact("工单号", one.member.number), Fact("主办单位", one.member.desk.name),
        Fact("理由", OmissionGround(one.ground).zh, note=one.text), Fact("提出人", one.asked_by.name),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="审定剔除", submit="审定", back=back, crumbs=(("热线三率", back),), said="已审定。", facts=facts
    )
