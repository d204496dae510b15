"""Cards of the charity supermarket: handing over, buying, losing, replacing, settling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.money import show_yuan
from linli.domains.provision import forms, queries
from linli.domains.provision.rules import CARDS
from linli.domains.provision.views.common import carry_out
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.registry.queries import organisations
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

USES = {True: Badge("已冲正", Tone.BAD), False: Badge("有效", Tone.GOOD)}


def badge_of(card: Any, on: date) -> Badge:
    """The state of a card on a day, in a word."""
    if card.ended_on:
        return Badge(card.get_ended_why_display(), Tone.QUIET)
    if card.expires_on < on:
        return Badge("已过期", Tone.WARN)
    return Badge("已用完", Tone.QUIET) if card.left == 0 else Badge("在用", Tone.GOOD)


def _columns(on: date) -> tuple[Column, ...]:
    return (
        Column("number", "卡号", kind="code", link=lambda row: reverse("provision:card", args=[row.pk])),
        Column("payee", "持卡人", kind="person", value="order.payee"),
        Column("area", "所在地", kind="area", minor=True),
        Column("value", "面值", kind="money"),
        Column("used", "已用", kind="money", minor=True),
        Column("left", "余额", kind="money"),
        Column("expires_on", "有效期至", kind="day", sort=True, minor=True),
        Column("state", "状态", kind="state", value=lambda row: badge_of(row, on)),
    )


@page("provision.see")
def cards(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="慈善超市救助卡", columns=_columns(request.today), filters=forms.CardSearch, noun="张",
        empty="还没有发卡。", name_of=lambda row: row.number,
        rows=lambda words: ledgers.cards(on=request.today, purpose=CARDS, **words),
        export=recording(by=request.actor, verb="provision.export", kind="ledgers.card"),
    )  # fmt: skip
    return listing.response("provision/cards.html")


@page("provision.card")
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Families whose aid was granted and who have no card yet."""
    columns = (
        Column("payee", "持卡人", link=lambda row: reverse("provision:issue", args=[row.pk])),
        Column("area", "所在地", kind="area"),
        Column("amount", "面值", kind="money", total="amount"),
        Column("made_on", "批准日期", kind="day"),
    )
    listing = Listing(
        request, title="待发卡家庭", rows=ledgers.waiting_for_cards(CARDS), columns=columns, noun="户",
        empty="没有等待发卡的家庭。", name_of=lambda row: row.payee,
    )  # fmt: skip
    return listing.response("provision/waiting.html")


@page("provision.card")
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, order_id: int) -> HttpResponse:
    order = ledgers.order_of(order_id)
    if order.purpose_id != CARDS:
        raise Refused("这张付款单不是慈善超市救助卡的，不能发卡。")
    until = queries.last_day_of_use(request.today, order.area)
    form = forms.IssueCard(request.POST or None, initial={"expires_on": until})

    def act() -> str:
        made = books.issue_card(by=request.actor, on=request.today, order=order, **form.cleaned_data)
        return reverse("provision:card", args=[made.pk])

    facts = [Fact("持卡人", order.payee), Fact("所在地", order.area, kind="area"), Fact("面值", order.amount, kind="money")]
    crumbs = (("救助卡", reverse("provision:cards")), ("待发卡家庭", reverse("provision:waiting")))
    return carry_out(request, form, act, title=f"发卡：{order.payee}", submit="发卡", crumbs=crumbs, said="已发卡。", facts=facts)


@page("provision.see")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, card_id: int) -> HttpResponse:
    """A card with everything that was bought with it."""
    one = ledgers.card_of(card_id)
    columns = (
        Column("day", "日期", kind="day"),
        Column("shop", "慈善超市", value="shop.name"),
        Column("bought", "所购物品", minor=True),
        Column("receipt", "小票号", kind="code"),
        Column("amount", "金额", kind="money"),
        Column("state", "状态", kind="state", value=lambda row: USES[row.reversed]),
    )
    listing = Listing(request, title="消费记录", rows=ledgers.uses(one), columns=columns, noun="笔", empty="还没有消费。")
    may = request.actor.may("provision.card")
    ours = may and one.in_sight
    expired = one.expires_on < request.today
    words = {
        "card": one, "badge": badge_of(one, request.today), "facts": _facts(one),
        "may_use": ours and one.ended_on is None and not expired and one.left > 0,
        "may_lose": may and one.ended_on is None,
        "may_replace": ours and one.ended_why == "lost" and not hasattr(one, "replaced_by"),
        "may_withdraw": ours and one.ended_on is None and expired,
    }  # fmt: skip
    return listing.response("provision/card.html", words)


def _facts(one: Any) -> list[Fact]:
    facts = [
        Fact("持卡人", one.order.payee), Fact("所在地", one.area, kind="area"), Fact("面值", one.value, kind="money"),
        Fact("已用", one.used, kind="money"), Fact("余额", one.left, kind="money"),
        Fact("发卡日期", one.issued_on, kind="day"), Fact("有效期至", one.expires_on, kind="day"), Fact("签领", one.proof),
    ]  # fmt: skip
    if one.replaces_id:
        facts.append(Fact("补发自", one.replaces.number, href=reverse("provision:card", args=[one.replaces_id])))
    if one.ended_on:
        facts.append(Fact("停用", f"{one.ended_on} {one.get_ended_why_display()}：{one.note}"))
    if hasattr(one, "replaced_by"):
        facts.append(Fact("新卡", one.replaced_by.number, href=reverse("provision:card", args=[one.replaced_by.pk])))
    return facts


def _with_card(
    request: HttpRequest, card_id: int, form: Any, action: Callable[..., Any], title: str, submit: str, said: str, note: str = ""
) -> HttpResponse:
    one = ledgers.card_of(card_id)
    back = reverse("provision:card", args=[one.pk])

    def act() -> str:
        made = action(by=request.actor, on=request.today, card=one, **form.cleaned_data)
        return reverse("provision:card", args=[made.pk])

    facts = [Fact("卡号", one.number), Fact("持卡人", one.order.payee), Fact("余额", one.left, kind="money")]  # type: ignore[attr-defined]
    crumbs = (("救助卡", reverse("provision:cards")), (one.number, back))
    return carry_out(request, form, act, title=title, submit=submit, crumbs=crumbs, said=said, facts=facts, note=note)


@page("provision.card")
@require_http_methods(["GET", "POST"])
def lose(request: HttpRequest, card_id: int) -> HttpResponse:
    note = "挂失后不能再消费，余额保留，凭签领补发新卡。"
    return _with_card(request, card_id, forms.EndCard(request.POST or None), books.lose_card, "挂失", "挂失", "已挂失。", note)


@page("provision.card")
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, card_id: int) -> HttpResponse:
    form = forms.ReplaceCard(request.POST or None)
    return _with_card(request, card_id, form, books.replace_card, "补发新卡", "补卡", "已补卡，原卡余额已在新卡上。")


@page("provision.card")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, card_id: int) -> HttpResponse:
    note = "收回后余额退回资金，可用于其他家庭。"
    form = forms.EndCard(request.POST or None)
    return _with_card(request, card_id, form, books.withdraw_card, "到期收回", "收回余额", "已收回，余额已释放。", note)


@page("provision.card")
@require_http_methods(["GET", "POST"])
def till(request: HttpRequest) -> HttpResponse:
    """What was bought, entered from the shop's receipt."""
    sellers = [(row.pk, row.name) for row in organisations(request.today, kind="company")]
    form = forms.Till(request.POST or None, shops=sellers, initial={"number": request.GET.get("number", "")})

    def act() -> str:
        data = form.cleaned_data
        one = ledgers.card_numbered(data["number"])
        if one is None:
            raise Refused("没有这个卡号，请按卡面核对。", field="number")
        books.use_card(
            by=request.actor, on=request.today, card=one, shop=int(data["shop"]), amount=data["amount"],
            receipt=data["receipt"], bought=data["bought"],
        )  # fmt: skip
        return reverse("provision:card", args=[one.pk])

    crumbs = (("救助卡", reverse("provision:cards")),)
    return carry_out(request, form, act, title="登记消费", submit="登记消费", crumbs=crumbs, said="已登记消费。")


@page("provision.see")
@require_http_methods(["GET", "HEAD", "POST"])
def shops(request: HttpRequest) -> HttpResponse:
    """What is owed to each shop, by fund."""

    def settle_page(row: Any) -> str:
        return reverse("provision:settle", args=[row.pk]) if request.actor.may("ledgers.spend") and row.owed else ""

    columns = (
        Column("shop", "慈善超市", value="account.name", link=settle_page),
        Column("fund", "资金", value="fund.name"),
        Column("owed", "待结算", kind="money", total="owed"),
    )
    listing = Listing(
        request, title="与超市结算", rows=ledgers.shop_debts(), columns=columns, noun="项", empty="没有应付超市的款项。",
        name_of=lambda row: row.account.name,
    )  # fmt: skip
    return listing.response("provision/shops.html")


@page("ledgers.spend")
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, balance_id: int) -> HttpResponse:
    debt = ledgers.shop_debts().filter(pk=balance_id).first()
    if debt is None:
        raise Refused("没有这笔应付款，请从列表中选择。")
    form = forms.Settle(request.POST or None, initial={"amount": debt.owed})
    shop = int(debt.account.code.partition("-")[2])

    def act() -> str:
        books.settle_shop(by=request.actor, on=request.today, fund=debt.fund, shop=shop, **form.cleaned_data)
        return reverse("provision:shops")

    facts = [Fact("应付", f"{show_yuan(debt.owed)} 元"), Fact("资金", debt.fund.name)]
    crumbs = (("与超市结算", reverse("provision:shops")),)
    title = debt.account.name.removeprefix("应付账款（").removesuffix("）")
    return carry_out(
        request, form, act, title=f"结算：{title}", submit="登记结算", crumbs=crumbs, said="已登记结算。", facts=facts
    )
