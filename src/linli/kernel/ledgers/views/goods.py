"""The store: what lies there, the card of each kind, the slips of its movements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers import forms, queries
from linli.kernel.ledgers.rules import AdjustState, Origin, PostingKind, SlipKind
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

STOCK = (
    Column("name", "物资", sort="unit", link=lambda row: reverse("ledgers:stock_card", args=[row.pk])),
    Column("amount", "现存", kind="count", sort="amount"),
    Column("measure", "单位"),
    Column("received", "入库", kind="count", minor=True),
    Column("issued", "发放", kind="count", value=lambda row: -row.issued, minor=True),
    Column("returned", "退回", kind="count", minor=True),
    Column("adjusted", "盘盈亏", kind="count", minor=True),
    Column("fund", "资金（来源）", value="fund.name"),
    Column("store", "仓库", value="account.name", minor=True),
    Column("area", "账簿", kind="area", minor=True),
)
MOVEMENTS = (
    Column("day", "日期", kind="day", value="posting.day"),
    Column("kind", "事项", value=lambda row: PostingKind(row.posting.kind).zh),
    Column("memo", "摘要", value="posting.memo", link=lambda row: line_page(row)),
    Column("came", "入", kind="count", value=lambda row: row.amount if row.amount > 0 else None),
    Column("went", "出", kind="count", value=lambda row: -row.amount if row.amount < 0 else None),
    Column("running", "结存", kind="count"),
)
SLIPS = (
    Column("number", "单号", kind="code", link=lambda row: reverse("ledgers:slip", args=[row.pk])),
    Column("day", "日期", kind="day", sort=True),
    Column("kind", "类别", value=lambda row: SlipKind(row.kind).zh),
    Column("goods", "物资", value="goods.name"),
    Column("pieces", "数量", kind="count", sort=True),
    Column("measure", "单位", value="goods.measure"),
    Column("receiver", "领用人"),
    Column("area", "所在地", kind="area", minor=True),
    Column("fund", "资金（来源）", value="fund.name", minor=True),
)
ADJUSTMENTS = (
    Column("goods", "物资", value="goods.name", link=lambda row: reverse("ledgers:adjustment", args=[row.pk])),
    Column("kind", "类别", value=lambda row: row.get_kind_display()),
    Column("booked", "账面", kind="count", minor=True),
    Column("found", "实有", kind="count", minor=True),
    Column("difference", "差异", kind="count"),
    Column("made_on", "日期", kind="day"),
    Column("made_by", "经手人", value="made_by.name", minor=True),
    Column("state", "状态", kind="state", value=lambda row: adjust_badge(row)),
)
TONES = {AdjustState.WAITING: Tone.WARN, AdjustState.APPROVED: Tone.GOOD, AdjustState.REFUSED: Tone.BAD}


def line_page(line: Any) -> str:
    """Where a movement opens: its slip, else its voucher."""
    slip = getattr(line.posting, "slip", None)
    return reverse("ledgers:slip", args=[slip.pk]) if slip else reverse("ledgers:posting", args=[line.posting_id])


def adjust_badge(row: Any) -> Badge:
    state = AdjustState(row.state)
    return Badge(state.zh, TONES.get(state, Tone.QUIET))


@page("ledgers.see")
def stock(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="物资库存", rows=lambda words: queries.stock(**words), columns=STOCK, filters=forms.StockSearch, noun="项",
        empty="库里还没有物资。", name_of=lambda row: row.name,
        export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.stock"),
    )  # fmt: skip
    return listing.response("ledgers/stock.html")


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def stock_card(request: HttpRequest, balance_id: int) -> HttpResponse:
    """One kind of goods of a fund in a store: what came, what went, and what there is to do."""
    held = queries.stock_of(balance_id)
    listing = Listing(
        request, title=f"{held.name}收发存", columns=MOVEMENTS, filters=forms.MovementSearch, noun="笔", empty="没有收发记录。",
        rows=lambda words: queries.card_lines(held, **words),
    )  # fmt: skip
    facts = [
        Fact("现存", f"{held.amount:,} {held.measure}"), Fact("入库", f"{held.received:,}"), Fact("发放", f"{-held.issued:,}"),
        Fact("退回", f"{held.returned:,}"), Fact("盘盈亏", f"{held.adjusted:,}"),
        *([Fact("移库", f"{held.moved:,}")] if held.moved else []), Fact("仓库", held.account.name),
        Fact("资金（来源）", held.fund.name, href=reverse("ledgers:fund", args=[held.fund_id])),
        Fact("账簿", held.area, kind="area"),
    ]  # fmt: skip
    words = {"held": held, "facts": facts, "may": request.actor.may("ledgers.goods")}
    return listing.response("ledgers/stock_card.html", words | {"others": queries.other_stores(held.account).exists()})


@page("ledgers.see")
def slips(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="物资单据", rows=lambda words: queries.slips(**words), columns=SLIPS, filters=forms.SlipSearch, noun="张",
        empty="还没有物资单据。", name_of=lambda row: row.number,
        export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.slip"),
    )  # fmt: skip
    return listing.response("ledgers/slips.html")


@page("ledgers.see")
@require_GET
def slip(request: HttpRequest, slip_id: int) -> HttpResponse:
    """A slip with what is behind it and what came after it."""
    shown = queries.slip_of(slip_id)
    issue, behind = shown.kind == SlipKind.ISSUE.value, _origins(shown)
    told = queries.origins_of_postings(request.actor, [shown.posting, *(one.posting for one in behind)])
    words = {
        "slip": shown, "kind": SlipKind(shown.kind).zh, "issue": issue,
        "facts": slip_facts(shown, told.get(shown.posting_id)),
        "origins": [(one, told.get(one.posting_id)) for one in behind],
        "returns": shown.returns.order_by("id"),
        "may_return": issue and request.actor.may("ledgers.goods") and shown.back < shown.pieces,
    }  # fmt: skip
    return render(request, "ledgers/slip.html", words)


def _origins(shown: Any) -> list[Any]:
    if shown.kind in (SlipKind.GIFT.value, SlipKind.PURCHASE.value):
        return [shown]
    return list(queries.receipts_behind(shown).select_related("posting")[:50])


@page("ledgers.see")
@require_GET
def print_slip(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The slip on A4, with boxes to sign (领用单)."""
    shown = queries.slip_of(slip_id)
    record_seen(by=request.actor, verb="ledgers.print", kind="ledgers.slip", subject=shown.pk, area=shown.area)
    title = "物资领用单" if shown.kind == SlipKind.ISSUE.value else f"物资{SlipKind(shown.kind).zh}单"
    return render(request, "ledgers/print_slip.html", {"slip": shown, "title": title})


def slip_facts(shown: Any, behind: Origin | None) -> list[Fact]:
    facts = [
        Fact("物资", shown.goods.name), Fact("数量", f"{shown.pieces:,} {shown.goods.measure}"),
        Fact("日期", shown.day, kind="day"),
        Fact("仓库", shown.store.name), Fact("资金（来源）", shown.fund.name, href=reverse("ledgers:fund", args=[shown.fund_id])),
    ]  # fmt: skip
    if shown.receiver:
        facts += [Fact(shown.whither, shown.receiver), Fact("所在地", shown.area, kind="area")]
    if shown.proof:
        facts.append(Fact("签收", shown.proof))
    if shown.kind == SlipKind.PURCHASE.value:
        facts += [
            Fact("供应单位", shown.supplier.name), Fact("单价", shown.cost // shown.pieces, kind="money"),
            Fact("价款", shown.cost, kind="money", href=reverse("ledgers:order", args=[shown.order_id]), note="打开付款单"),
        ]  # fmt: skip
    if shown.kind == SlipKind.ISSUE.value and shown.back:
        facts.append(Fact("已退回", f"{shown.back:,} {shown.goods.measure}"))
    if shown.answers_id:
        facts.append(Fact("原发放单", shown.answers.number, href=reverse("ledgers:slip", args=[shown.answers_id])))
    if shown.source and behind is not None:
        facts.append(Fact("依据", behind.words, href=behind.href))
    if shown.note:
        facts.append(Fact("说明", shown.note))
    facts += [
        Fact("经手人", shown.staff.name if shown.staff else "系统任务"),
        Fact("凭证", f"凭证 {shown.posting_id}", href=reverse("ledgers:posting", args=[shown.posting_id])),
    ]  # fmt: skip
    return facts


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def adjustments(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="盘点报损", rows=lambda words: queries.adjustments(**words), columns=ADJUSTMENTS,
        filters=forms.AdjustmentSearch, noun="张", empty="还没有盘点报损单。", name_of=lambda row: row.goods.name,
    )  # fmt: skip
    return listing.response("ledgers/adjustments.html")
