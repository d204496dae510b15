"""Changes of a fund: a form for each kind, and the page on which a second person decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import ChangeKind
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.rules import Fact

ASKED = "已提出，请另一人复核后生效。"


@page("ledgers.open")
def rename(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown = queries.fund_of(fund_id)
    form = forms.Rename(request.POST or None)
    note = "更名立即生效，原名称保留在变更记录中。"
    return _change(request, shown, form, actions.rename_fund, title="资金更名", submit="更名", said="已更名。", note=note)


@page("ledgers.open")
def purpose(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown = queries.fund_of(fund_id)
    allowed = {row.purpose_id for row in queries.purposes_of(shown)}
    form = forms.MorePurpose(request.POST or None, allowed=allowed)
    note = "变更捐赠用途须经捐赠人同意或备案（慈善法第五十六条）。复核同意后才能用于新的用途。"
    return _change(request, shown, form, actions.ask_purpose, title="增加用途", submit="提交复核", said=ASKED, note=note)


@page("ledgers.open")
def ceiling(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown = queries.fund_of(fund_id)
    form = forms.Ceiling(request.POST or None, initial={"ceiling": shown.ceiling})
    return _change(request, shown, form, actions.ask_ceiling, title="调整支出限额", submit="提交复核", said=ASKED)


@page("ledgers.open")
def close_fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    shown = queries.fund_of(fund_id)
    form = forms.Basis(request.POST or None)
    held = queries.held_by(shown)
    note = "关闭后不能再收款或支出，也不能重新打开；全部记录保留。"
    if held:
        note = f"还不能关闭：{'、'.join(held)}。都为零后才能关闭。"
    return _change(
        request, shown, form, actions.ask_close, title="关闭资金", submit="提交复核", said=ASKED, note=note, grave=True
    )


@page("ledgers.change")
def decide(request: HttpRequest, change_id: int) -> HttpResponse:
    change, form = queries.change_of(change_id), forms.Decide(request.POST or None)
    back = reverse("ledgers:fund", args=[change.fund_id])

    def act() -> str:
        agree, note = form.cleaned_data["agree"] == "yes", form.cleaned_data["note"]
        actions.decide_change(by=request.actor, on=request.today, change=change, agree=agree, note=note)
        return back

    return carry_out(
        request, form, act, title="复核资金变更", back=back, submit="提交复核意见", said="已复核。", facts=_facts(change)
    )


def _change(request: HttpRequest, fund: Any, form: Any, do: Callable[..., Any], **words: Any) -> HttpResponse:
    back = reverse("ledgers:fund", args=[fund.pk])

    def act() -> str:
        do(by=request.actor, on=request.today, fund=fund, **form.cleaned_data)
        return back

    facts = [Fact("资金", fund.name), Fact("资金编号", fund.code, kind="code"), Fact("可用", fund.balance.free, kind="money")]
    return carry_out(request, form, act, back=back, facts=facts, **words)


def _facts(change: Any) -> list[Fact]:
    kind = ChangeKind(change.kind)
    new = {
        ChangeKind.RENAME: change.name, ChangeKind.PURPOSE: change.purpose.name if change.purpose else "",
        ChangeKind.LIMIT: "不限" if change.ceiling is None else f"{show_yuan(change.ceiling)} 元", ChangeKind.CLOSE: "关闭",
    }[kind]  # fmt: skip
    return [
        Fact("资金", change.fund.name), Fact("事项", kind.zh), Fact("原为", change.before), Fact("改为", new),
        Fact("依据或原因", change.basis), Fact("提出", f"{change.asked_by.name if change.asked_by else ''}（{change.asked_on}）"),
        Fact("可用", change.fund.balance.free, kind="money"),
    ]  # fmt: skip
