"""Money and goods: what waits for finance, a payment order, goods for a family, goods for all towns."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.relief import actions, forms, queries
from linli.domains.relief.rules import GROUP
from linli.domains.relief.views.common import PAYMENTS, carry_out, page_of
from linli.kernel.access.actions import press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers.queries import funds_for, stock_of
from linli.kernel.registry.queries import area_name
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact


@page("relief.pay|relief.give")
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Granted relief without an order, and requests that ask for goods; what happened to the family is not shown here."""
    words = {
        "waiting": list(queries.waiting_for_money()[:200]), "asking": list(queries.asking_for_goods()[:200]),
    }  # fmt: skip
    record_seen(by=request.actor, verb="relief.payments", kind="relief.request", rows=sum(map(len, words.values())))
    return render(request, "relief/payments.html", words)


@page("relief.pay")
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, request_id: int) -> HttpResponse:
    one, back = queries.request(request_id), reverse(PAYMENTS[1])
    form = forms.Pay(request.POST or None, funds=funds_for(GROUP))

    def act() -> str:
        data = form.cleaned_data
        actions.order_money(by=request.actor, on=request.today, request=one, fund_id=data["fund"], cash=data["cash"])
        return back

    facts = [
        Fact("案件编号", one.case.number), Fact("受助人", one.name), Fact("所在地", one.area, kind="area"),
        Fact("救助金额", one.amount, kind="money"),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title="开临时救助付款单", submit="开付款单", back=back, crumbs=((PAYMENTS[0], back),),
        said="付款单已开，可以编入发放批次。", facts=facts,
    )  # fmt: skip


@page("relief.claim_back")
@require_POST
def claim_back(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take the money of a revoked request back: cancel its order, or claim what was paid."""
    one = queries.request(request_id)
    back = page_of(one)

    def act() -> str:
        actions.claim_back(by=request.actor, on=request.today, request=one)
        return back

    return press(request, act, back=back, said="已办理收回。已发放的款项在“追回”中登记到账。")


@page("relief.give")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, request_id: int) -> HttpResponse:
    one, held, back = queries.request(request_id), queries.stores(), reverse(PAYMENTS[1])
    form = forms.Give(request.POST or None, held=held)

    def act() -> str:
        data = form.cleaned_data
        source = stock_of(data["stock"])
        actions.give_goods(
            by=request.actor, on=request.today, request=one, stock=source, pieces=data["pieces"], proof=data["proof"]
        )
        return back

    facts = [Fact("受助人", one.name), Fact("所在地", one.area, kind="area"), Fact("需要的物资", one.wants or "未写明")]
    note = "" if held else "库里没有物资，请先购入或登记受赠。"
    return carry_out(
        request, form, act, title="发放物资", submit="发放", back=back, crumbs=((PAYMENTS[0], back),), said="已登记发放。",
        facts=facts, note=note,
    )  # fmt: skip


@page("relief.read|relief.give")
def consignments(request: HttpRequest) -> HttpResponse:
    """Goods that went to towns, each with the number of people behind it."""
    columns = (
        Column("title", "批次"), Column("area", "镇街", kind="area", sort="area"), Column("goods", "物资"),
        Column("people", "依据人数", kind="count", total="people"), Column("pieces", "数量", kind="count", total="pieces"),
        Column("sent_on", "发放日期", kind="day", sort=True, minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="物资分配", rows=lambda words: queries.consignments(), columns=columns, order="-sent_on", noun="批",
        name_of=lambda one: one.title, empty="还没有分配过物资。",
        export=recording(by=request.actor, verb="relief.export", kind="relief.consignment"),
    )  # fmt: skip
    return listing.response("relief/consignments.html")


@page("relief.give")
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Share goods out among the towns by the number of their people of 五保 and rural 低保."""
    held, back = queries.stores(), reverse("relief:consignments")
    form, people = forms.Share(request.POST or None, held=held), queries.needy_by_town(request.today)

    def act() -> str:
        data = form.cleaned_data
        source = stock_of(data["stock"])
        words = {"title": data["title"], "pieces": data["pieces"], "proof": data["proof"]}
        actions.share_goods(by=request.actor, on=request.today, stock=source, **words)
        return back

    towns = [Fact(area_name(town, request.today), f"{count}人") for town, count in people.items()]
    facts = [Fact("五保和农村低保人员", f"{sum(people.values())}人，{len(people)}个镇街"), *towns]
    return carry_out(
        request, form, act, title="按人数分配物资", submit="分配", back=back, crumbs=(("物资分配", back),), said="已按人数分配。",
        facts=facts, note="按各镇街五保和农村低保人数分配，余数给小数部分最大的镇街。",
    )  # fmt: skip
