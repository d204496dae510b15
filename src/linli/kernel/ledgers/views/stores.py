"""What is done with goods: new kinds, purchases, hand-outs, returns, counts, losses, and the second person's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.kernel.access.actions import attempt
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import AdjustKind, AdjustState, Receiver, difference_words
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ledgers.views.goods import adjust_badge
from linli.kernel.registry.queries import household_of, organisations, person_by_number, place_by_id, places
from linli.kernel.ui.rules import Fact


@page("ledgers.goods")
def new_goods(request: HttpRequest) -> HttpResponse:
    form, back = forms.NewGoods(request.POST or None), reverse("ledgers:stock")

    def act() -> str:
        actions.open_goods(by=request.actor, on=request.today, **form.cleaned_data)
        return reverse("ledgers:buy") if request.actor.may("ledgers.order") else back

    return carry_out(request, form, act, title="登记物资品种", back=back, submit="登记", said="已登记，可以入库。")


@page("ledgers.goods")
def buy(request: HttpRequest) -> HttpResponse:
    """A purchase: the goods come into the store, and the supplier's payment order is made with it."""
    suppliers = [(row.pk, row.name) for row in organisations(request.today)]
    form, back = forms.Purchase(request.POST or None, suppliers=suppliers), reverse("ledgers:stock")

    def act() -> str:
        data = form.cleaned_data
        slip = actions.buy_goods(
            by=request.actor, on=request.today, fund=queries.fund_of(int(data["fund"])), goods=data["goods"],
            pieces=data["pieces"], price=data["price"], supplier=int(data["supplier"]), purpose=data["purpose"],
            note=data["note"], reference=form.key[:24],
        )  # fmt: skip
        return reverse("ledgers:slip", args=[slip.pk])

    note = "入库同时开出供应单位的付款单，货款从所选资金中预留，由财务按“对公转账”批次支付。"
    return carry_out(request, form, act, title="购入物资", back=back, submit="入库并开付款单", said="已入库。", note=note)


@page("ledgers.goods")
def hand_out(request: HttpRequest, balance_id: int) -> HttpResponse:
    held = queries.stock_of(balance_id)
    there = [(row.pk, row.name) for row in places(request.today, kind="home")]
    form = forms.HandOut(request.POST or None, places=there)
    back = reverse("ledgers:stock_card", args=[held.pk])

    def act() -> str:
        data = form.cleaned_data
        to = _receiver(request, data)
        posting = actions.hand_out_goods(
            by=request.actor, on=request.today, fund=held.fund, goods=held.unit, pieces=data["pieces"], to=to,
            store=held.account.code, reference=f"out:{form.key[:24]}", proof=data["proof"], note=data["note"],
            memo=f"发放{held.name}{data['pieces']}{held.measure}：{to.name}",
        )  # fmt: skip
        return reverse("ledgers:slip", args=[posting.slip.pk])

    return carry_out(
        request, form, act, title=f"发放{held.name}", back=back, submit="发放", said="已登记发放，可以打印领用单。",
        facts=_held_facts(held),
    )  # fmt: skip


def _receiver(request: HttpRequest, data: dict[str, Any]) -> Receiver:
    if data["to"] == "place":
        place = place_by_id(int(data["place"]))
        if place is None:
            raise Refused("这个场所不在本辖区内，请重新选择。", field="place")
        return Receiver(place.name, place.area, place=place.pk)
    person = person_by_number(data["number"])
    if person is None:
        raise Refused("本辖区没有登记这个身份证号，请先在居民登记中建档，或核对号码。", field="number")
    home = household_of(person, request.today) if data["to"] == "household" else None
    if data["to"] == "household" and home is None:
        raise Refused("此人没有登记家庭，请改为发给个人。", field="to")
    return Receiver(person.name, person.area, person=person.pk, household=home.pk if home else None)


@page("ledgers.goods")
def give_back(request: HttpRequest, slip_id: int) -> HttpResponse:
    shown, form = queries.slip_of(slip_id), forms.GiveBack(request.POST or None)
    back = reverse("ledgers:slip", args=[shown.pk])

    def act() -> str:
        reference = f"back:{form.key[:24]}"
        made = actions.give_back_goods(by=request.actor, on=request.today, slip=shown, reference=reference, **form.cleaned_data)
        return reverse("ledgers:slip", args=[made.pk])

    facts = [Fact("发放单", shown.number), Fact("领用人", shown.receiver),
             Fact("可退回", f"{shown.pieces - shown.back:,} {shown.goods.measure}")]  # fmt: skip
    title = f"退回{shown.goods.name}"
    return carry_out(request, form, act, title=title, back=back, submit="退回入库", said="已退回入库。", facts=facts)


@page("ledgers.goods")
def move(request: HttpRequest, balance_id: int) -> HttpResponse:
    held = queries.stock_of(balance_id)
    others = [(one.pk, one.name) for one in queries.other_stores(held.account)]
    if not others:
        raise Refused("还没有别的库房。请先在“科目与账户”中设立库房。")
    form, back = forms.MoveGoods(request.POST or None, stores=others), reverse("ledgers:stock_card", args=[held.pk])

    def act() -> str:
        slip = actions.move_goods(
            by=request.actor, on=request.today, fund=held.fund, goods=held.unit, store=held.account,
            reference=f"move:{form.key[:24]}", **form.cleaned_data,
        )  # fmt: skip
        return reverse("ledgers:slip", args=[slip.pk])

    return carry_out(
        request, form, act, title=f"移库：{held.name}", back=back, submit="移库", said="已移库，可以打印移库单。",
        facts=_held_facts(held),
    )  # fmt: skip


@page("ledgers.goods")
def count(request: HttpRequest, balance_id: int) -> HttpResponse:
    held, form = queries.stock_of(balance_id), forms.Count(request.POST or None)

    def act() -> str:
        made = actions.count_goods(by=request.actor, on=request.today, stock=held, **form.cleaned_data)
        return reverse("ledgers:adjustment", args=[made.pk])

    note = "账实相符的即时记录；有差异的，由另一人复核后才入账。"
    back = reverse("ledgers:stock_card", args=[held.pk])
    facts = [Fact("物资", held.name), Fact("仓库", held.account.name), Fact("资金（来源）", held.fund.name)]
    return carry_out(
        request, form, act, title=f"盘点{held.name}", back=back, submit="登记盘点", said="已登记盘点。", facts=facts, note=note
    )


@page("ledgers.goods")
def lose(request: HttpRequest, balance_id: int) -> HttpResponse:
    held, form = queries.stock_of(balance_id), forms.Loss(request.POST or None)

    def act() -> str:
        made = actions.report_loss(by=request.actor, on=request.today, stock=held, **form.cleaned_data)
        return reverse("ledgers:adjustment", args=[made.pk])

    back, note = reverse("ledgers:stock_card", args=[held.pk]), "报损由另一人复核后才从库存中减少。"
    return carry_out(
        request, form, act, title=f"报损{held.name}", back=back, submit="登记报损", said="已登记，等待复核。",
        facts=_held_facts(held), note=note,
    )  # fmt: skip


def _held_facts(held: Any) -> list[Fact]:
    return [
        Fact("现存", f"{held.amount:,} {held.measure}"), Fact("仓库", held.account.name), Fact("资金（来源）", held.fund.name),
    ]  # fmt: skip


@page("ledgers.see")
def adjustment(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """A count or loss; the second person answers on the same page."""
    one, form = queries.adjustment_of(adjustment_id), forms.Decision(request.POST or None)
    may = (
        one.state == AdjustState.WAITING.value and request.actor.may("ledgers.check_goods")
        and one.made_by_id != request.actor.staff_id
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            agree = request.POST.get("answer_is") == "yes"
            decide = actions.approve_adjustment if agree else actions.refuse_adjustment
            decide(by=request.actor, on=request.today, adjustment=one, **form.cleaned_data)
            return reverse("ledgers:adjustment", args=[one.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已复核。")
            return redirect(answer)
    words = {"one": one, "facts": _adjust_facts(one), "badge": adjust_badge(one), "form": form, "may": may}
    return render(request, "ledgers/adjustment.html", words, status=422 if form.is_bound else 200)


def _adjust_facts(one: Any) -> list[Fact]:
    facts = [
        Fact("类别", AdjustKind(one.kind).zh), Fact("物资", str(one.goods)), Fact("仓库", one.store.name),
        Fact("资金（来源）", one.fund.name), Fact("账面数量", f"{one.booked:,}"), Fact("实有数量", f"{one.found:,}"),
        Fact("差异", difference_words(one.difference, one.goods.measure)), Fact("原因", one.reason),
        Fact("经手", f"{one.made_by.name}，{one.made_on}"),
    ]  # fmt: skip
    if one.decided_by:
        facts += [Fact("复核", f"{one.decided_by.name}，{one.decided_on}"), Fact("复核意见", one.answer)]
    if one.slip:
        facts.append(Fact("物资单", one.slip.number, href=reverse("ledgers:slip", args=[one.slip_id])))
    return facts
