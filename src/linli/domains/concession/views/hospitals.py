"""Hospitals with an agreement: what each takes off, a new agreement, its end, and the notice for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.concession import actions, forms, queries
from linli.domains.concession.views.common import carry_out
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import organisations

LIST = ("优惠医院", "concession:hospitals")


def _trail() -> tuple[tuple[str, str], ...]:
    return ((LIST[0], reverse(LIST[1])),)


@page("concession.see")
@require_safe
def hospitals(request: HttpRequest) -> HttpResponse:
    rows = [(one, queries.terms_of(one)) for one in queries.agreements()]
    return render(request, "concession/hospitals.html", {"rows": rows})


@page("concession.agree")
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    agreed = {one.organisation_id for one in queries.agreements() if one.until is None}
    places = [place for place in organisations(request.today, kind="hospital") if place.pk not in agreed]
    form = forms.Agree(request.POST or None, places=places, initial={"since": request.today})

    def act() -> str:
        data = form.cleaned_data
        actions.agree(
            by=request.actor, on=request.today, organisation_id=data["organisation"], paper=data["paper"], since=data["since"],
            percents=form.percents,
        )  # fmt: skip
        return reverse(LIST[1])

    return carry_out(
        request, form, act, title="登记优惠医院", submit="登记", crumbs=_trail(), said="已登记优惠医院。",
        note="减免由医院承担，不动用慈善资金。没有约定的项目留空。",
    )  # fmt: skip


@page("concession.agree")
@require_POST
def end_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    one, back = queries.agreement_of(agreement_id), reverse(LIST[1])

    def act() -> str:
        actions.end_agreement(by=request.actor, on=request.today, agreement=one)
        return back

    return press(request, act, back=back, said="协议今天终止。以前的单据仍可登记。")


@page("concession.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    form = forms.Publish(request.POST or None)

    def act() -> str:
        draft = actions.draft_hospitals(by=request.actor, on=request.today, contact=form.cleaned_data["contact"])
        return reverse("publicity:notice", args=[draft.pk])

    return carry_out(
        request, form, act, title="公布优惠医院", submit="拟稿", crumbs=_trail(), said="公布稿已拟好，请核对后发布。",
        note="公布医院、项目和减免比例，不公布持卡人。",
    )  # fmt: skip
