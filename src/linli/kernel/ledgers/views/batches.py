"""Batches: the list, one batch with its steps, totals and lines, the sheet for signatures, and making one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.money import in_words
from linli.kernel.access.actions import attempt, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import BATCH_STEPS, LARGE, BatchState, Channel
from linli.kernel.ledgers.views.common import batch_badge, line_badge
from linli.kernel.ledgers.views.orders import order_list
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact, Step, without_totals

COLUMNS = (
    Column("number", "批次号", kind="code", sort="id", link=lambda row: reverse("ledgers:batch", args=[row.pk])),
    Column("item", "项目"),
    Column("state", "状态", kind="state", value=batch_badge),
    Column("count", "笔数", kind="count"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("paid_amount", "已付", kind="money"),
    Column("failed_count", "退票", kind="count", unit="笔"),
    Column("made_on", "生成日期", kind="day", minor=True),
)
LINES = (
    Column("sequence", "序号", kind="count", sort=True),
    Column("payee", "收款人", value="order.payee", link=lambda row: reverse("ledgers:order", args=[row.order_id])),
    Column("account", "账户", kind="code", value=lambda row: queries.masked_account(row) or "现金"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("result", "结果", kind="state", value=line_badge),
    Column("reason", "退票原因或签收凭据", value=lambda row: row.reason or row.proof),
    Column("area", "所在地", kind="area", minor=True),
)
UNSUMMED = tuple(replace(column, total="") for column in LINES)
STEP_NAMES = {
    BatchState.MADE: "生成", BatchState.CHECKED: "复核", BatchState.LOCKED: "锁定", BatchState.SENT: "送银行",
    BatchState.RECONCILED: "回盘对账", BatchState.ARCHIVED: "归档",
}  # fmt: skip


@page("ledgers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="发放批次", rows=lambda words: queries.batches(**words), columns=_columns(request.actor),
        filters=forms.BatchSearch,
        order="-number", noun="批", name_of=lambda row: row.number, empty="还没有发放批次。请在付款单清单中勾选后生成。",
    )  # fmt: skip
    return listing.response("ledgers/batches.html")


def _columns(actor: Any) -> tuple[Column, ...]:
    """The list for this reader."""
    return without_totals(COLUMNS, partial(queries.states_totals, actor)) if actor.may("ledgers.check_batch") else COLUMNS


@page("ledgers.see")
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    shown = queries.batch_of(batch_id)
    blind = queries.states_totals(request.actor, shown)
    listing = Listing(
        request, title=f"批次{shown.number}明细", rows=lambda words: _lines(shown, words),
        columns=UNSUMMED if blind else LINES, filters=forms.LineSearch, order="sequence", noun="笔",
        name_of=lambda row: row.order.payee,
        export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.batch", subject=shown.pk),
    )  # fmt: skip
    words = {
        "blind": blind, "batch": shown, "badge": batch_badge(shown), "steps": steps_of(shown), "facts": _facts(shown),
        "totals": queries.control_totals(shown), "payers": queries.payers_of(shown), "returns": queries.returns_of(shown),
        "towns": queries.towns_of(shown), "in_words": in_words(shown.amount), "can": what_can_be_done(request.actor, shown),
    }  # fmt: skip
    return listing.response("ledgers/batch.html", words)


@page("ledgers.batch")
def new_batch(request: HttpRequest) -> HttpResponse:
    """The check page of the chosen orders; those that are not ready stay out of the batch."""
    listing = order_list(request)
    form = forms.NewBatch(request.POST or None, initial=queries.batch_proposal(listing.chosen, request.today))

    def act() -> str:
        data = form.cleaned_data
        words = {
            "by": request.actor, "on": request.today, "number": data["number"], "item": data["item"],
            "orders": list(listing.chosen.order_by("pk").values_list("pk", flat=True)), "channel": Channel(data["channel"]),
            "layout": data["layout"],
        }  # fmt: skip
        if len(words["orders"]) >= LARGE:
            return reverse("ledgers:work", args=[actions.order_making(**words).pk])
        made = actions.make_batch(**words)
        return reverse("ledgers:batch", args=[made.pk])

    if request.method == "POST" and form.is_valid():
        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已生成批次，请另一人复核。")
            return redirect(answer)
    words = {"listing": listing, "form": form, "submit": "生成批次", "back": reverse("ledgers:orders")}
    return render(request, "ledgers/new_batch.html", words, status=422 if form.is_bound else 200)


@page("ledgers.see")
@require_GET
def sheet(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The sheet on which the people sign for cash, to be printed."""
    shown = queries.batch_of(batch_id)
    record_seen(by=request.actor, verb="ledgers.sheet", kind="ledgers.batch", subject=shown.pk, area=shown.area)
    words = {
        "batch": shown, "lines": queries.batch_lines(shown), "in_words": in_words(shown.amount),
        "blind": queries.states_totals(request.actor, shown),
    }  # fmt: skip
    return render(request, "ledgers/sheet.html", words)


def steps_of(batch: Any) -> list[Step]:
    """The steps of a batch for the progress line; cash is not sent to a bank."""
    wanted = [step for step in BATCH_STEPS if not (step is BatchState.SENT and Channel(batch.channel).by_hand)]
    if batch.state == BatchState.DISCARDED.value:
        return [Step("生成", "done"), Step("作废", "back")]
    at = wanted.index(BatchState(batch.state))
    return [
        Step(STEP_NAMES[step], "done" if place <= at else "now" if place == at + 1 else "todo")
        for place, step in enumerate(wanted)
    ]


def what_can_be_done(actor: Any, batch: Any) -> dict[str, bool]:
    """Which buttons the page shows; the actions judge again."""
    state, cash = BatchState(batch.state), Channel(batch.channel).by_hand
    maker = actor.may("ledgers.batch")
    done = not batch.waiting_count
    return {
        "check": queries.states_totals(actor, batch),
        "lock": actor.may("ledgers.check_batch") and state is BatchState.CHECKED,
        "discard": maker and state in (BatchState.MADE, BatchState.CHECKED, BatchState.LOCKED),
        "send": maker and not cash and state is BatchState.LOCKED,
        "fetch": maker and not cash and state is BatchState.SENT,
        "settle": actor.may("ledgers.settle") and not cash and state is BatchState.SENT and not done,
        "sign": actor.may("ledgers.settle") and cash and state is BatchState.LOCKED and not done,
        "reconcile": maker and done and (state is BatchState.SENT or (cash and state is BatchState.LOCKED)),
        "mend": bool(batch.failed_count) and actor.may("ledgers.mend"),
        "archive": maker and state is BatchState.RECONCILED,
    }


def _lines(batch: Any, words: dict[str, Any]) -> Any:
    result = words.get("result")
    return queries.batch_lines(
        batch, result=None if result is None else "" if result == "open" else result, words=words.get("words", "")
    )


def _facts(batch: Any) -> list[Fact]:
    def who(staff: Any, day: Any) -> str:
        return f"{staff.name if staff else '系统任务'}（{day}）" if day else ""

    return [
        Fact("批次号", batch.number, kind="code"), Fact("项目", batch.item), Fact("发放方式", batch.get_channel_display()),
        Fact("生成", who(batch.made_by, batch.made_on)), Fact("复核", who(batch.checked_by, batch.checked_on)),
        Fact("送银行", who(batch.sent_by, batch.sent_on)), Fact("银行文件", batch.file_name, kind="code"),
        Fact("对账日期", batch.reconciled_on, kind="day"), *([Fact("作废原因", batch.note)] if batch.note else []),
    ]  # fmt: skip
