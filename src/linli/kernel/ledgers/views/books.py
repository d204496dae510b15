"""The books: the trial balance and single vouchers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.base.money import in_words
from linli.kernel.access.rules import page
from linli.kernel.ledgers import actions, forms, queries
from linli.kernel.ledgers.rules import FEN, PostingKind
from linli.kernel.ledgers.views.common import carry_out
from linli.kernel.ui.rules import Fact


@page("ledgers.see")
@require_GET
def books(request: HttpRequest) -> HttpResponse:
    rows = queries.trial_balance()
    money = [row for row in rows if row.unit == FEN]
    goods = [(row, queries.goods_name(row.unit)) for row in rows if row.unit != FEN]
    words = {"rows": money, "goods": goods, "debit": sum(row.amount for row in money if row.amount > 0),
             "credit": -sum(row.amount for row in money if row.amount < 0)}  # fmt: skip
    return render(request, "ledgers/books.html", words)


@page("ledgers.see")
@require_GET
def posting(request: HttpRequest, posting_id: int) -> HttpResponse:
    """A voucher, to be read and printed: debit and credit, the sum in capital characters."""
    shown = queries.posting_of(posting_id)
    lines = queries.voucher_lines(shown)
    total = sum(line.amount for line in lines if line.amount > 0 and line.unit == FEN)
    may_reverse = request.actor.may("ledgers.reverse") and queries.can_be_reversed(shown)
    words = {"posting": shown, "kind": PostingKind(shown.kind).zh, "lines": lines, "total": total,
             "in_words": in_words(total), "may_reverse": may_reverse}  # fmt: skip
    return render(request, "ledgers/posting.html", words)


@page("ledgers.reverse")
def reverse_posting(request: HttpRequest, posting_id: int) -> HttpResponse:
    shown, form = queries.posting_of(posting_id), forms.Reason(request.POST or None)
    back = reverse("ledgers:posting", args=[shown.pk])

    def act() -> str:
        made = actions.reverse(by=request.actor, on=request.today, posting=shown, **form.cleaned_data)
        return reverse("ledgers:posting", args=[made.pk])

    facts = [Fact("凭证", shown.pk, kind="code"), Fact("摘要", shown.memo), Fact("日期", shown.day, kind="day")]
    note = "冲正会记一张方向相反的凭证，原凭证保留。"
    return carry_out(
        request, form, act, title="冲正凭证", back=back, submit="冲正", said="已冲正。", facts=facts, note=note, grave=True
    )
