"""Pages of one-off subsidies: rounds, drafting, a round with its list, the check and the payment orders."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.oneoff import actions, forms, queries
from linli.domains.oneoff.rules import PURPOSE, Register
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers.forms import PayFrom
from linli.kernel.ledgers.queries import funds_for
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

LIST = ("一次性补贴", "oneoff:rounds")
STATES = {
    "drafted": Badge("待核对", Tone.WARN), "confirmed": Badge("待开付款单", Tone.NOW), "ordered": Badge("已开付款单", Tone.GOOD),
    "discarded": Badge("已作废", Tone.QUIET),
}  # fmt: skip
COLUMNS = (
    Column("title", "名称", link=lambda one: reverse("oneoff:round", args=[one.pk])),
    Column("listed_on", "名单日期", kind="day", sort=True), Column("count", "人数", kind="count"),
    Column("amount", "金额", kind="money"), Column("state", "状态", kind="state", value=lambda one: STATES[one.state]),
)  # fmt: skip
PEOPLE = (
    Column("name", "姓名", kind="person", sort="sort_key"), Column("area", "居住地", kind="area", sort="area"),
    Column("register", "对象类别", value=lambda one: one.get_register_display()),
    Column("amount", "金额", kind="money", total="amount"),
    Column("note", "备注", value=lambda one: "" if one.living or one.round.state == "discarded" else "开单前已去世"),
)  # fmt: skip


def _page_of(one: Any) -> str:
    return reverse("oneoff:round", args=[one.pk])


def _carry_out(
    request: HttpRequest, form: Any, act: Any, *, title: str, submit: str, back: str, said: str, facts: Any = ()
) -> HttpResponse:
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    trail = ((LIST[0], reverse(LIST[1])),)
    words = {"form": form, "title": title, "submit": submit, "trail": trail, "back": back, "facts": facts}
    return render(request, "oneoff/form_page.html", words, status=422 if form.is_bound else 200)


@page("oneoff.see")
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.rounds(), columns=COLUMNS, order="-listed_on", noun="批",
        name_of=lambda one: one.title, empty="还没有发放过一次性补贴。",
    )  # fmt: skip
    return listing.response("oneoff/rounds.html")


@page("oneoff.draft")
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """The list is made from the registers of the day; nobody types names."""
    lists, known = queries.joined(request.today)
    form = forms.Draft(request.POST or None, initial={"year": request.today.year})

    def act() -> str:
        data = form.cleaned_data
        made = actions.draft_round(
            by=request.actor, on=request.today, title=data["title"], occasion=data["occasion"], year=data["year"],
            amounts=form.amounts,
        )  # fmt: skip
        return _page_of(made)

    facts = [
        *(Fact(one.zh, f"{len(lists[one]):,}人") for one in Register), Fact("合计（同一人只计一次）", f"{len(known):,}人"),
    ]  # fmt: skip
    return _carry_out(
        request, form, act, title="拟定一次性补贴", submit="拟定名单", back=reverse(LIST[1]), said="名单已拟定，请另一人核对。",
        facts=facts,
    )  # fmt: skip


@page("oneoff.see")
def round(request: HttpRequest, round_id: int) -> HttpResponse:
    """A round: its sums by register, how far it is, and everybody on its list."""
    one = queries.round_of(round_id)
    record_seen(by=request.actor, verb="oneoff.read", kind="oneoff.round", subject=one.pk, area=one.area)
    facts = [
        Fact("事由", f"{one.year}年{one.get_occasion_display()}"), Fact("名单日期", one.listed_on, kind="day"),
        Fact("人数", f"{one.count:,}人"), Fact("金额", one.amount, kind="money"), Fact("拟定", one.drafted_by.name),
        *([Fact("核对", f"{one.confirmed_by.name}，{one.confirmed_on}")] if one.confirmed_by else []),
        *([Fact("开付款单", f"{one.ordered_on}，用时{(one.ordered_on - one.listed_on).days}天")] if one.ordered_on else []),
    ]  # fmt: skip
    listing = Listing(
        request, title="名单", rows=lambda words: queries.payees(one, **words), columns=PEOPLE, order="area",
        filters=forms.PayeeSearch, noun="人", name_of=lambda row: row.name, empty="名单上没有人。",
        export=recording(by=request.actor, verb="oneoff.export", kind="oneoff.payee"),
    )  # fmt: skip
    words = {
        "round": one, "badge": STATES[one.state], "facts": facts, "registers": queries.by_register(one),
        "progress": queries.progress(one) if one.state == "ordered" else None,
    }  # fmt: skip
    return listing.response("oneoff/round.html", words)


@page("oneoff.confirm")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, round_id: int) -> HttpResponse:
    one = queries.round_of(round_id)
    form = forms.Confirm(request.POST or None)

    def act() -> str:
        data = form.cleaned_data
        actions.confirm_round(by=request.actor, on=request.today, round=one, count=data["count"], amount=data["amount"])
        return _page_of(one)

    return _carry_out(
        request, form, act, title=f"核对{one.title}", submit="核对无误", back=_page_of(one), said="已核对，由财务开付款单。",
        facts=[Fact("批次", one.title), Fact("名单日期", one.listed_on, kind="day")],
    )  # fmt: skip


@page("oneoff.order")
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, round_id: int) -> HttpResponse:
    one = queries.round_of(round_id)
    form = PayFrom(request.POST or None, funds=funds_for(PURPOSE))

    def act() -> str:
        actions.order_round(by=request.actor, on=request.today, round=one, fund_id=form.cleaned_data["fund"])
        return _page_of(one)

    return _carry_out(
        request, form, act, title=f"{one.title}开付款单", submit="开付款单", back=_page_of(one),
        said="付款单已开，可以编入发放批次。", facts=[Fact("人数", f"{one.count:,}人"), Fact("金额", one.amount, kind="money")],
    )  # fmt: skip


@page("oneoff.draft")
@require_POST
def discard(request: HttpRequest, round_id: int) -> HttpResponse:
    one = queries.round_of(round_id)

    def act() -> str:
        actions.discard_round(by=request.actor, on=request.today, round=one)
        return _page_of(one)

    return press(request, act, back=_page_of(one), said="已作废，可以重新拟定。")
