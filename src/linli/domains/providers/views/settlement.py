"""Settling with providers: what is owed, contests, statements by month, payment orders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.money import show_yuan
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import GROUP, Contested, Service
from linli.domains.providers.views.common import carry_out, page_of
from linli.domains.providers.views.services import COLUMNS as LINES
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers.forms import PayFrom
from linli.kernel.ledgers.queries import funds_for, order_by_source
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

HOME = ("居家服务结算", "providers:settlement")


def _trail() -> tuple[tuple[str, str], ...]:
    return ((HOME[0], reverse(HOME[1])),)


def _page(one: Any) -> str:
    return reverse("providers:statement", args=[one.pk])


def _badge(one: Any) -> Badge:
    if one.withdrawn_on:
        return Badge("已撤回", Tone.QUIET)
    return Badge("已开付款单", Tone.GOOD) if one.ordered_on else Badge("等待付款", Tone.NOW)


COLUMNS = (
    Column("provider", "服务商", value="provider.name", sort="provider__sort_key", link=_page),
    Column("month", "月份", value=lambda one: f"{one.month:%Y年%-m月}", sort="month"),
    Column("orders", "单数", kind="number", sort=True, total="orders"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("made_on", "核定日期", kind="day", sort=True, minor=True),
    Column("state", "状态", kind="state", value=_badge),
)


@page("providers.see_statements")
def settlement(request: HttpRequest) -> HttpResponse:
    """What each provider is owed for the months that are over, open contests, and the statements so far."""
    last = request.today.replace(day=1) - timedelta(days=1)
    listing = Listing(
        request, title="服务结算单", rows=lambda words: queries.statements(**words), columns=COLUMNS, noun="张",
        filters=forms.StatementSearch, name_of=lambda one: f"{one.provider.name} {one.month:%Y-%m}", empty="还没有结算单。",
        export=recording(by=request.actor, verb="providers.export", kind="providers.statement"),
    )  # fmt: skip
    actor = request.actor
    reads = actor.may("providers.see_orders")
    words = {
        "owed": queries.owed(last) if reads else [], "month": last, "may_state": actor.may("providers.state"),
        "contests": queries.contests()[:50] if reads else [],
    }  # fmt: skip
    return listing.response("providers/settlement.html", words)


@page("providers.state")
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, provider_id: int) -> HttpResponse:
    """The provider's bill beside what the residents confirmed; they must say the same."""
    one = queries.provider(provider_id)
    last = request.today.replace(day=1) - timedelta(days=1)
    form = forms.State(request.POST or None, initial={"month": last})

    def act() -> str:
        return _page(actions.state_month(by=request.actor, on=request.today, provider=one, **form.cleaned_data))

    waiting = queries.owed(last, one.pk)
    facts = [Fact("服务商", one.name)]
    for each in waiting:
        facts += [Fact("居民已确认", f"{each.orders}单", note=f"{last:%Y年%-m月}底以前"), Fact("补贴合计", each.amount, "money")]
    return carry_out(
        request, form, act, title=f"核定{one.name}的结算", submit="核定", back=reverse(HOME[1]), crumbs=_trail(),
        said="已核定，由财务开付款单。", facts=facts, note="" if waiting else "这个服务商没有等待结算的服务单。",
    )  # fmt: skip


@page("providers.see_statements")
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """A statement: its sums on all sides, and its lines for those who may read them."""
    one = queries.statement(statement_id)
    actor = request.actor
    order = order_by_source(queries.source_of(one)) if one.ordered_on and actor.may("ledgers.see") else None
    paid = OrderState(order.state).zh if order else "已开付款单" if one.ordered_on else "等待财务开付款单"
    facts = [
        Fact("服务商", one.provider.name), Fact("月份", f"{one.month:%Y年%-m月}"), Fact("单数", f"{one.orders}单"),
        Fact("金额", one.amount, "money"), Fact("核定", f"{one.made_by.name}，{one.made_on}"),
        Fact("付款", f"已于{one.withdrawn_on}撤回：{one.withdrawn_why}" if one.withdrawn_on else paid,
             href=reverse("ledgers:order", args=[order.pk]) if order else ""),
        *([Fact("付款单金额", order.amount, "money")] if order else []),
    ]  # fmt: skip
    open_ = one.ordered_on is None and one.withdrawn_on is None
    record_seen(by=actor, verb="providers.statement", kind="providers.statement", subject=one.pk, area=one.area)
    words = {
        "statement": one, "facts": facts, "badge": _badge(one),
        "title": f"{one.provider.name}{one.month:%Y年%-m月}结算单",
        "pay": reverse("providers:pay", args=[one.pk]) if open_ and actor.may("providers.pay") else "",
        "withdraw": reverse("providers:withdraw", args=[one.pk]) if open_ and actor.may("providers.state") else "",
    }  # fmt: skip
    if not actor.may("providers.see_orders"):
        return render(request, "providers/statement.html", words)
    listing = Listing(
        request, title="结算明细", rows=lambda _: queries.lines_of(one),
        columns=(*LINES, Column("payable", "应结算", kind="money", total="payable")), noun="单",
        name_of=lambda row: row.order.number, empty="没有明细。",
    )  # fmt: skip
    return listing.response("providers/statement.html", words)


@page("providers.state")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, statement_id: int) -> HttpResponse:
    one = queries.statement(statement_id)
    form = forms.Cancel(request.POST or None)
    form.fields["why"].label = "撤回的原因"

    def act() -> str:
        actions.withdraw_statement(by=request.actor, on=request.today, statement=one, why=form.cleaned_data["why"])
        return reverse(HOME[1])

    facts = [Fact("服务商", one.provider.name), Fact("月份", f"{one.month:%Y年%-m月}"), Fact("金额", one.amount, "money")]
    return carry_out(
        request, form, act, title="撤回结算单", submit="撤回", back=_page(one), crumbs=_trail(),
        said="已撤回，明细可以重新核定。", facts=facts,
    )  # fmt: skip


@page("providers.pay")
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, statement_id: int) -> HttpResponse:
    """The payment order of a statement."""
    one = queries.statement(statement_id)
    form = PayFrom(request.POST or None, funds=funds_for(GROUP))

    def act() -> str:
        actions.pay_statement(by=request.actor, on=request.today, statement=one, fund_id=form.cleaned_data["fund"])
        return _page(one)

    facts = [Fact("服务商", one.provider.name), Fact("月份", f"{one.month:%Y年%-m月}"), Fact("金额", one.amount, "money")]
    return carry_out(
        request, form, act, title="开居家服务补贴付款单", submit="开付款单", back=_page(one), crumbs=_trail(),
        said="付款单已开，可以编入发放批次。", facts=facts,
    )  # fmt: skip


@page("providers.rule")
@require_http_methods(["GET", "POST"])
def contest(request: HttpRequest, contest_id: int) -> HttpResponse:
    """What of a contested subsidy is paid, by another hand than the one that raised it."""
    one = queries.contest(contest_id)
    row = one.service
    form = forms.RuleContest(request.POST or None, initial={"payable": row.subsidy})

    def act() -> str:
        actions.rule(by=request.actor, on=request.today, contest=one, **form.cleaned_data)
        return page_of(row)

    facts = [
        Fact("服务单", row.order.number, "code", href=page_of(row)), Fact("服务商", row.provider.name),
        Fact("服务", f"{Service(row.service).zh}：{row.item}"), Fact("补贴", f"{show_yuan(row.subsidy)}元"),
        Fact("争议", Contested(one.ground).zh, note=one.text), Fact("提出", f"{one.raised_by.name}，{one.since}"),
        *([Fact("裁定", f"{one.opinion}", note=f"{one.ruled_on}")] if one.ruled_on else []),
    ]  # fmt: skip
    return carry_out(
        request, form, act, title=f"裁定争议：{row.order.number}", submit="裁定", back=reverse(HOME[1]), crumbs=_trail(),
        said="已裁定，列入下一次结算。", facts=facts,
    )  # fmt: skip
