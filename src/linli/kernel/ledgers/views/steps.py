"""The steps of a batch: one page or button each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from linli.kernel.access.actions import attempt, press
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import LARGE
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.rules import Fact


@page("ledgers.check_batch")
def check(request: HttpRequest, batch_id: int) -> HttpResponse:
    note = "请对照审批名单核对，并填写名单上的笔数和金额。填写的数与批次相符才能复核。"
    return _fill(
        request, batch_id, forms.CheckBatch, actions.check_batch, title="复核批次", submit="复核无误", said="已复核。", note=note,
        totals=False,
    )  # fmt: skip


@page("ledgers.check_batch")
@require_POST
def lock(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _press(request, batch_id, actions.lock_batch, "已锁定，可以送银行。")


@page("ledgers.batch")
def discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    note = "作废后，其中的付款单可以重新生成批次。"
    return _fill(
        request, batch_id, forms.Reason, actions.discard_batch, title="作废批次", submit="作废批次", said="已作废。", note=note,
        grave=True,
    )  # fmt: skip


@page("ledgers.batch")
@require_POST
def bank_file(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The file for the bank, as a download; each one is a line of the audit trail. A second click gets the very same file."""
    shown, sent, form = queries.batch_of(batch_id), [], Confirm(request.POST)

    def act() -> str:
        if shown.count >= LARGE and not shown.file_digest:
            return reverse("ledgers:work", args=[actions.order_sending(by=request.actor, on=request.today, batch=shown).pk])
        sent.append(actions.send_batch(by=request.actor, on=request.today, batch=shown))
        return "file"

    answer = attempt(by=request.actor, form=form, act=act) if form.is_valid() else None
    if answer is not None and answer != "file":
        return redirect(answer)
    if answer is None:
        for _, fault in form.faults:
            messages.error(request, fault)
        return redirect(_home(shown))
    file = sent[0] if sent else actions.send_batch(by=request.actor, on=request.today, batch=queries.batch_of(batch_id))
    answer = HttpResponse(file.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("ledgers.settle")
def take_return(request: HttpRequest, batch_id: int) -> HttpResponse:
    shown, form = queries.batch_of(batch_id), forms.ReturnUpload(request.POST or None, request.FILES or None)

    def act() -> str:
        sent = form.cleaned_data["file"]
        if shown.count >= LARGE:
            ordered = actions.order_settling(
                by=request.actor, on=request.today, batch=shown, name=sent.name, content=sent.read()
            )
            return reverse("ledgers:work", args=[ordered.pk])
        settled = actions.settle_return(
            by=request.actor,
            on=request.today,
            batch=shown,
            name=sent.name,
            content=sent.read(),
        )
        if settled.paid or settled.failed:
            messages.info(request, f"本次入账 {settled.paid} 笔，退票 {settled.failed} 笔。")
        else:
            messages.warning(request, "这个文件的内容以前已经入账，本次没有改变任何记录。")
        return _home(shown)

    return _form(request, shown, form, act, title="读入回盘文件", submit="读入", said="回盘文件已读入。")


@page("ledgers.settle")
def sign(request: HttpRequest, batch_id: int) -> HttpResponse:
    """All people of a cash batch who have not signed yet have signed on this sheet."""
    shown, form = queries.batch_of(batch_id), forms.Signed(request.POST or None)

    def act() -> str:
        proof = form.cleaned_data["proof"]
        waiting = queries.batch_lines(shown, result="").values_list("pk", flat=True)
        actions.settle_by_hand(by=request.actor, on=request.today, batch=shown, proofs=dict.fromkeys(waiting, proof))
        return _home(shown)

    note = f"还有 {shown.waiting_count} 笔没有登记签领。请在领款人全部签字后办理。"
    return _form(request, shown, form, act, title="登记签领", submit="登记签领", said="已登记签领。", note=note)


@page("ledgers.batch")
@require_POST
def archive(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _press(request, batch_id, actions.archive_batch, "已归档。")


@page("ledgers.batch")
@require_POST
def reconcile(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _press(request, batch_id, actions.reconcile_batch, "已对账：付款单、批次、银行文件、回盘的笔数和金额一致。")


def _press(request: HttpRequest, batch_id: int, step: Callable[..., Any], said: str) -> HttpResponse:
    shown = queries.batch_of(batch_id)

    def act() -> str:
        step(by=request.actor, on=request.today, batch=shown)
        return _home(shown)

    return press(request, act, back=_home(shown), said=said)


def _fill(request: HttpRequest, batch_id: int, form_of: Any, step: Callable[..., Any], **words: Any) -> HttpResponse:
    """A step whose form holds just what the action asks."""
    shown, form = queries.batch_of(batch_id), form_of(request.POST or None)

    def act() -> str:
        step(by=request.actor, on=request.today, batch=shown, **form.cleaned_data)
        return _home(shown)

    return _form(request, shown, form, act, **words)


def _form(
    request: HttpRequest, batch: Any, form: Any, act: Callable[[], str], *, totals: bool = True, **words: Any
) -> HttpResponse:
    facts = [Fact("批次号", batch.number, kind="code"), Fact("项目", batch.item)]
    if totals:
        facts += [Fact("笔数", batch.count, kind="count"), Fact("金额", batch.amount, kind="money")]
    return carry_out(request, form, act, back=_home(batch), facts=facts, **words)


def _home(batch: Any) -> str:
    return reverse("ledgers:batch", args=[batch.pk])
