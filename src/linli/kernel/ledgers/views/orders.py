"""Payment orders, the mend list, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.masking import mask_account
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import Actor, page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import OrderState
from linli.kernel.ledgers.views.common import carry_out, line_badge, order_badge
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Batch, Column, Fact

COLUMNS = (
    Column("id", "付款单", kind="code", sort=True, link=lambda row: reverse("ledgers:order", args=[row.pk])),
    Column("payee", "收款人"),
    Column("purpose.name", "用途"),
    Column("amount", "金额", kind="money", sort=True, total="amount"),
    Column("state", "状态", kind="state", value=order_badge),
    Column("area", "所在地", kind="area", minor=True),
    Column("made_on", "开单日期", kind="day", minor=True, sort=True),
)
MENDING = (
    Column("order", "付款单", kind="code", value="order_id", link=lambda row: reverse("ledgers:mend", args=[row.pk])),
    Column("payee", "收款人", value="order.payee"),
    Column("amount", "金额", kind="money", total="amount"),
    Column("memo", "摘要", value="order.memo"),
    Column("batch_number", "批次"),
    Column("code", "银行代码", kind="code"),
    Column("reason", "退票原因"),
    Column("area", "所在地", kind="area", minor=True),
    Column("settled_on", "回盘日期", kind="day", minor=True),
)


def order_list(request: HttpRequest) -> Listing:
    """The list of orders; ready ones can be chosen for a batch."""
    batch = (Batch("生成发放批次", reverse("ledgers:new_batch")),) if request.actor.may("ledgers.batch") else ()
    return Listing(
        request, title="付款单", rows=lambda words: queries.orders(**words), columns=COLUMNS, filters=forms.OrderSearch,
        order="-id", noun="笔", name_of=lambda row: row.payee, batch=batch, empty="没有付款单。",
        export=recording(by=request.actor, verb="ledgers.export", kind="ledgers.order"),
    )  # fmt: skip


@page("ledgers.see")
def orders(request: HttpRequest) -> HttpResponse:
    return order_list(request).response("ledgers/orders.html")


@page("ledgers.see")
@require_GET
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    shown = queries.order_of(order_id)
    state, actor = OrderState(shown.state), request.actor
    words = {
        "order": shown, "facts": _facts(request.actor, shown), "badge": order_badge(shown),
        "lines": [(line, line_badge(line)) for line in queries.lines_of_order(shown)], "booked": queries.booked_for(shown),
        "may_cancel": actor.may("ledgers.order") and state in (OrderState.READY, OrderState.FAILED),
        "may_recover": actor.may("ledgers.recover") and state is OrderState.PAID,
    }  # fmt: skip
    return render(request, "ledgers/order.html", words)


@page("ledgers.order")
def cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    return _with_reason(
        request, order_id, actions.cancel_order, lambda made: reverse("ledgers:order", args=[made.pk]), title="取消付款单",
        submit="取消付款单", note="取消后，预留的资金退回可用余额。",
    )  # fmt: skip


def _after_recovery(request: HttpRequest, made: Any) -> str:
    """Who takes money in goes on to it; who only decides goes on to what was asked, and may agree on sums there."""
    may = request.actor.may("ledgers.receive")
    return reverse("ledgers:pay_back" if may else "ledgers:recovery", args=[made.pk])


@page("ledgers.recover")
def recover(request: HttpRequest, order_id: int) -> HttpResponse:
    return _with_reason(
        request, order_id, actions.recover, lambda made: _after_recovery(request, made), title="追回已发款项",
        submit="立账追回", note="立账追回后，款项到账才计入可用余额。",
    )  # fmt: skip


def _with_reason(
    request: HttpRequest, order_id: int, do: Callable[..., Any], then: Callable[[Any], str], **words: Any
) -> HttpResponse:
    """A grave act on an order, with its reason; ``then`` says where to go with what was made."""
    shown, form = queries.order_of(order_id), forms.Reason(request.POST or None)

    def act() -> str:
        return then(do(by=request.actor, on=request.today, order=shown, **form.cleaned_data))

    back = reverse("ledgers:order", args=[shown.pk])
    return carry_out(request, form, act, back=back, facts=_facts(request.actor, shown), grave=True, **words)


@page("ledgers.see|ledgers.mend")
@require_http_methods(["GET", "HEAD", "POST"])
def mending(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="退票待更正", rows=queries.mend_list(), columns=MENDING, noun="笔", name_of=lambda row: row.order.payee,
        empty="没有等待更正的退票。",
    )  # fmt: skip
    return listing.response("ledgers/mending.html")


@page("ledgers.mend")
def mend(request: HttpRequest, line_id: int) -> HttpResponse:
    """Put the account right: the one that the registry holds now, the same again, or payment by hand."""
    line = queries.line_of(line_id)
    held = queries.accounts_of_payee(line.order, request.today)
    choices = [(str(one.pk), f"{one.bank} {mask_account(number)}（{one.holder}）") for one, number in held] + [
        ("cash", "改为现金发放")
    ]
    form, back = forms.Mend(request.POST or None, choices=choices), reverse("ledgers:mending")

    def act() -> str:
        chosen = form.cleaned_data["account"]
        account = None if chosen == "cash" else int(chosen)
        actions.mend_order(by=request.actor, on=request.today, order=line.order, account=account)
        return back

    facts = [*_facts(request.actor, line.order), Fact("退票原因", f"{line.reason}（{line.code}）")]
    note = "账户有误的，请先在人员页面登记新账户，再回到这里选择。更正后可在新批次中补发。"
    return carry_out(
        request,
        form,
        act,
        title="更正退票",
        back=back,
        submit="更正，等待补发",
        said="已更正，可以补发。",
        facts=facts,
        note=note,
    )


def _facts(by: Actor, order: Any) -> list[Fact]:
    account, origin = queries.masked_account(order), queries.origin_of_order(by, order)
    payee = reverse("registry:person", args=[order.person_id]) if order.person_id and by.may("registry.read") else ""
    debt = queries.debt_of_order(order)
    return [
        Fact("付款单", order.pk, kind="code"), Fact("收款人", order.payee, href=payee), Fact("金额", order.amount, kind="money"),
        Fact("用途", order.purpose.name), Fact("账户", account or "现金发放"), Fact("所在地", order.area, kind="area"),
        Fact("开单日期", order.made_on, kind="day"),
        *([Fact("来源业务", origin.words, href=origin.href)] if origin else []),
        *([Fact("追回", "查看追缴", href=reverse("ledgers:recovery", args=[debt]))] if debt and by.may("ledgers.debts") else []),
        *([Fact("取消", f"{order.cancelled_on}：{order.cancel_reason}")] if order.cancelled_on else []),
    ]  # fmt: skip
