"""Funds: the list, founding one, its page with money and work, gifts, and the account for residents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.areas import Level
from linli.base.money import show_yuan
from linli.domains.mutual import actions, forms, queries
from linli.domains.mutual.views.common import LIST, REQUESTS, carry_out, fund_page, gift_state, trail
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import area_choices
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

COLUMNS = (
    Column("name", "名称", link=fund_page), Column("area", "社区", kind="area", sort="area", minor=True),
    Column("since", "设立日期", kind="day", sort=True, minor=True),
    Column("given", "居民捐款", kind="money", sort=True, total="given"),
    Column("used", "已开付款单", kind="money", sort=True, total="used"),
    Column("free", "可用余额", kind="money", sort=True, total="free"),
)  # fmt: skip
GIFTS = (
    Column("name", "捐款人"), Column("day", "捐款日期", kind="day", sort=True),
    Column("banked_on", "到账日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=gift_state), Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("strike", "办理", value=lambda one: "作废" if one.state == "noted" else "",
           link=lambda one: reverse("mutual:strike", args=[one.pk]) if one.state == "noted" else ""),
)  # fmt: skip


@page("mutual.see")
def funds(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.funds(**words), columns=COLUMNS, order="area",
        filters=forms.FundSearch, noun="项", name_of=lambda one: one.name, empty="还没有社区设立帮困基金。",
        export=recording(by=request.actor, verb="mutual.export", kind="mutual.aidfund"),
    )  # fmt: skip
    return listing.response("mutual/funds.html")


@page("mutual.found")
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    communities = queries.communities_without(area_choices(request.actor.scope, Level.COMMUNITY))
    form = forms.Found(request.POST or None, communities=communities)

    def act() -> str:
        return fund_page(actions.found_fund(by=request.actor, on=request.today, **form.cleaned_data))

    return carry_out(
        request, form, act, title="设立社区帮困基金", submit="设立", crumbs=trail(), said="基金已设立，可以登记居民捐款。",
        note="基金是居民的互助互济，不向社会公开募捐；用款由居民议事决定。",
    )  # fmt: skip


@page("mutual.see")
def fund(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    """A fund: its money, what waits, its meetings and every request."""
    one = queries.fund_here(aidfund_id)
    record_seen(by=request.actor, verb="mutual.read", kind="mutual.aidfund", subject=one.pk, area=one.area)
    promised = queries.promised(one)
    facts = [
        Fact("社区", one.area, kind="area"), Fact("设立", f"{one.since}，{one.charter}"),
        Fact("居民捐款", one.given, kind="money"), Fact("已开付款单", one.used, kind="money"),
        Fact("可用余额", one.free, kind="money", note=f"其中已议定、待开付款单{show_yuan(promised)}元" if promised else ""),
    ]  # fmt: skip
    listing = Listing(
        request, title="用款申请", rows=lambda words: queries.requests(one, **words), columns=REQUESTS, order="-asked_on",
        filters=forms.RequestSearch, noun="份", name_of=lambda row: row.name, empty="还没有用款申请。",
        export=recording(by=request.actor, verb="mutual.export", kind="mutual.request", subject=one.pk, area=one.area),
    )  # fmt: skip
    waiting = queries.waiting_gifts(one)
    words = {
        "fund": one, "facts": facts, "waiting": waiting.count(), "meetings": queries.meetings(one)[:10],
    }  # fmt: skip
    return listing.response("mutual/fund.html", words)


@page("mutual.see")
def gifts(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    one = queries.fund_here(aidfund_id)
    columns = GIFTS if request.actor.may("mutual.give") else GIFTS[:-1]
    listing = Listing(
        request, title="居民捐款", rows=lambda words: queries.gifts(one, **words), columns=columns, order="-day",
        filters=forms.GiftSearch, noun="笔", name_of=lambda row: f"{row.day} {row.name}", empty="还没有登记捐款。",
        export=recording(by=request.actor, verb="mutual.export", kind="mutual.gift", subject=one.pk, area=one.area),
    )  # fmt: skip
    return listing.response("mutual/gifts.html", {"fund": one, "waiting": queries.waiting_gifts(one).count()})


@page("mutual.give")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    one = queries.fund_here(aidfund_id)
    form = forms.Give(request.POST or None, initial={"day": request.today})

    def act() -> str:
        actions.note_gift(by=request.actor, on=request.today, aidfund=one, **form.cleaned_data)
        return reverse("mutual:gifts", args=[one.pk])

    return carry_out(
        request, form, act, title="登记居民捐款", submit="登记", crumbs=trail((one.name, fund_page(one))),
        said="已登记。财务确认到账后计入基金。",
    )  # fmt: skip


@page("mutual.give")
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, gift_id: int) -> HttpResponse:
    one = queries.gift_of(gift_id)
    form, back = forms.Why(request.POST or None), reverse("mutual:gifts", args=[one.aidfund_id])

    def act() -> str:
        actions.strike_gift(by=request.actor, on=request.today, gift=one, why=form.cleaned_data["why"])
        return back

    facts = [Fact("捐款人", one.name), Fact("捐款日期", one.day, kind="day"), Fact("金额", one.amount, kind="money")]
    return carry_out(
        request, form, act, title="作废捐款登记", submit="作废", crumbs=trail((one.aidfund.name, back)), said="已作废。",
        facts=facts,
    )  # fmt: skip


@page("mutual.bank")
@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    """Finance compares the gifts that were noted with the bank's statement."""
    one = queries.fund_here(aidfund_id)
    rows = list(queries.waiting_gifts(one)[:200])
    waiting = [(str(row.pk), f"{row.day}　{row.name}　{show_yuan(row.amount)}元") for row in rows]
    form = forms.Bank(request.POST or None, waiting=waiting, initial={"gifts": [row.pk for row in rows]})

    def act() -> str:
        actions.bank_gifts(by=request.actor, on=request.today, aidfund=one, gift_ids=form.cleaned_data["gifts"])
        return reverse("mutual:gifts", args=[one.pk])

    facts = [Fact("等待到账", f"{len(rows)}笔"), Fact("合计", sum(row.amount for row in rows), kind="money")]
    return carry_out(
        request, form, act, title="确认捐款到账", submit="确认到账", crumbs=trail((one.name, fund_page(one))),
        said="已入账，计入基金。", facts=facts, note="请与银行对账单核对，没有到账的去掉勾选。",
    )  # fmt: skip


@page("mutual.account")
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, aidfund_id: int) -> HttpResponse:
    """The draft of what residents read: sums without names."""
    one = queries.fund_here(aidfund_id)
    first = request.today.replace(day=1)
    form = forms.Account(request.POST or None, initial={"since": max(first, one.since), "until": request.today})

    def act() -> str:
        draft = actions.draft_account(by=request.actor, on=request.today, aidfund=one, **form.cleaned_data)
        return reverse("publicity:notice", args=[draft.pk])

    return carry_out(
        request, form, act, title="拟收支公布稿", submit="拟稿", crumbs=trail((one.name, fund_page(one))),
        said="公布稿已拟好，由镇街发布。", note="只公布各项的笔数和金额，不公布捐款人和帮扶对象的姓名。",
    )  # fmt: skip
