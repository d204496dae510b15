"""Uses of cards: the list, entering a hospital's paper, its sheet, taking a wrong one back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.concession import actions, forms, queries
from linli.domains.concession.views.common import VISIT_STATES, VISITS, card_page, carry_out, trail, visit_page
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Fact

LIST = ("持卡就医", "concession:visits")


@page("concession.see")
def visits(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.visits(**words), columns=VISITS, order="-day",
        filters=forms.VisitSearch, noun="次", name_of=lambda one: one.receipt, empty="还没有持卡就医。",
        export=recording(by=request.actor, verb="concession.export", kind="concession.visit"),
    )  # fmt: skip
    return listing.response("concession/list.html", {"title": LIST[0]})


@page("concession.use")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, card_id: int) -> HttpResponse:
    """The paper of a hospital; what is taken off follows from the agreement."""
    one = queries.card_of(card_id, request.today)
    offered = list(queries.agreements())
    choices = [(str(row.pk), row.name if row.until is None else f"{row.name}（协议止{row.until}）") for row in offered]
    form = forms.Visit(request.POST or None, agreements=choices, initial={"day": request.today})

    def act() -> str:
        data = form.cleaned_data
        made = actions.enter_visit(
            by=request.actor, on=request.today, card=one, agreement_id=data["agreement"], receipt=data["receipt"],
            day=data["day"], prices=form.prices,
        )  # fmt: skip
        return visit_page(made)

    told = [
        Fact(row.name, "、".join(f"{item.zh}减{percent}%" for item, percent in queries.terms_of(row).items()))
        for row in offered
        if row.until is None
    ]  # fmt: skip
    facts = [Fact("持卡人", one.name), Fact("卡号", one.number), Fact("有效期至", one.expires_on, kind="day"), *told]
    return carry_out(
        request, form, act, title="登记持卡就医", submit="登记", crumbs=trail((one.number, card_page(one))), said="已登记。",
        facts=facts, note="按医院单据填写减免前的费用，没有发生的留空；减免金额由系统按协议计算。不登记病名。",
    )  # fmt: skip


@page("concession.see")
@require_safe
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    one = queries.visit_of(visit_id)
    record_seen(by=request.actor, verb="concession.read", kind="concession.visit", subject=one.pk, area=one.area)
    facts = [
        Fact("持卡人", one.card.name), Fact("卡号", one.card.number, href=card_page(one.card)),
        Fact("优惠医院", one.agreement.name), Fact("医院单据号", one.receipt), Fact("就医日期", one.day, kind="day"),
        Fact("登记", f"{one.entered_on}，{one.entered_by.name}"),
        *([Fact("撤销", f"{one.cancelled_on}，{one.cancelled_why}")] if one.cancelled_on else []),
    ]  # fmt: skip
    words = {"visit": one, "badge": VISIT_STATES[one.state], "facts": facts, "lines": queries.lines_of(one)}
    return render(request, "concession/visit.html", words)


@page("concession.use")
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, visit_id: int) -> HttpResponse:
    one = queries.visit_of(visit_id)
    form, back = forms.Why(request.POST or None), visit_page(one)

    def act() -> str:
        actions.cancel_visit(by=request.actor, on=request.today, visit=one, why=form.cleaned_data["why"])
        return back

    facts = [Fact("持卡人", one.card.name), Fact("医院单据号", one.receipt), Fact("减免", one.reduced, kind="money")]
    return carry_out(
        request, form, act, title="撤销就医登记", submit="撤销", crumbs=((LIST[0], reverse(LIST[1])), (one.receipt, back)),
        said="已撤销，可以重新登记。", facts=facts,
    )  # fmt: skip
