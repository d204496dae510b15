"""Funds: where the money comes from, what is left, every line of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import BANK, PostingKind
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

COLUMNS = (
    Column("code", "编号", kind="code", sort=True, link=lambda row: reverse("ledgers:fund", args=[row.pk])),
    Column("name", "资金"),
    Column("kind", "来源", value=lambda row: row.get_kind_display(), minor=True),
    Column("level", "层级", value=lambda row: row.get_level_display(), minor=True),
    Column("received", "到账", kind="money", value="balance.received", sort="balance__received", total="balance__received"),
    Column("payable", "已预留", kind="money", value="balance.payable", total="balance__payable"),
    Column("paid", "已支付", kind="money", value="balance.paid"),
    Column("free", "可用", kind="money", value="balance.free"),
    Column("area", "账簿", kind="area", minor=True),
)
LINES = (
    Column("day", "日期", kind="day", value="posting.day"),
    Column(
        "posting", "凭证", kind="code", value="posting_id", link=lambda row: reverse("ledgers:posting", args=[row.posting_id])
    ),
    Column("kind", "事项", value=lambda row: PostingKind(row.posting.kind).zh),
    Column("memo", "摘要", value="posting.memo"),
    Column("debit", "借方", kind="money", value=lambda row: row.amount if row.amount > 0 else None),
    Column("credit", "贷方", kind="money", value=lambda row: -row.amount if row.amount < 0 else None),
    Column("running", "余额", kind="money"),
)


@page("ledgers.see")
@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="资金", rows=lambda words: queries.funds(**words), columns=COLUMNS, filters=forms.FundSearch, order="code",
        noun="项", empty="还没有设立资金。",
    )  # fmt: skip
    return listing.response("ledgers/funds.html")


@page("ledgers.see")
@require_GET
def fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown = queries.fund_of(fund_id)
    bank = queries.account_of(shown.book, BANK)
    listing = Listing(
        request, title=f"{shown.name}明细账", columns=LINES, filters=forms.Days, noun="笔", empty="没有收付记录。",
        rows=lambda words: queries.statement(fund=shown, account=bank, **words),
    )  # fmt: skip
    words = {
        "fund": shown, "facts": _facts(shown), "allowed": queries.purposes_of(shown),
        "may_receive": request.actor.may("ledgers.receive"),
    }  # fmt: skip
    return listing.response("ledgers/fund.html", words)


@page("ledgers.receive")
def receive(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown, form = queries.fund_of(fund_id), forms.Receipt(request.POST or None)
    back = reverse("ledgers:fund", args=[shown.pk])

    def act() -> str:
        data = form.cleaned_data | {"reference": f"bank:{form.cleaned_data['reference']}"}
        actions.receive(by=request.actor, on=request.today, fund=shown, **data)
        return back

    return carry_out(request, form, act, title=f"登记收款：{shown.name}", back=back, submit="登记收款", said="已登记收款。")


def _facts(fund: Any) -> list[Fact]:
    balance = fund.balance
    return [
        Fact("资金编号", fund.code, kind="code"),
        Fact("来源", f"{fund.get_kind_display()}（{fund.get_level_display()}）"),
        Fact("捐赠人或拨款单位", fund.donor),
        Fact("限定说明", fund.limits or ("限定用途" if fund.restricted else "未限定用途")),
        Fact("到账", balance.received, kind="money"),
        Fact("已支付", balance.paid, kind="money"),
        Fact("已预留", balance.payable, kind="money", note="已开付款单、尚未付出"),
        Fact("可用", balance.free, kind="money", note="到账 - 已支付 - 已预留"),
        Fact("应追回", balance.receivable, kind="money"),
    ]
