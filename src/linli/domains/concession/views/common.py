"""What the pages share: states, addresses, carrying out a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.domains.concession.queries import NAMES
from linli.kernel.access.actions import handle
from linli.kernel.ui.rules import Badge, Column, Tone

LIST = ("医疗优惠卡", "concession:cards")
STATES = {
    "valid": Badge("有效", Tone.GOOD), "over": Badge("已过期", Tone.WARN), "lost": Badge("已挂失", Tone.QUIET),
    "ended": Badge("已终止", Tone.QUIET),
}  # fmt: skip
VISIT_STATES = {"entered": Badge("已登记", Tone.GOOD), "cancelled": Badge("已撤销", Tone.QUIET)}


def card_page(one: Any) -> str:
    """The address of a card."""
    return reverse("concession:card", args=[one.pk])


def visit_page(one: Any) -> str:
    """The address of a use."""
    return reverse("concession:visit", args=[one.pk])


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list."""
    return ((LIST[0], reverse(LIST[1])), *more)


CARDS = (
    Column("number", "卡号", kind="code", link=card_page), Column("name", "持卡人", kind="person", sort="sort_key"),
    Column("area", "居住地", kind="area", sort="area", minor=True),
    Column("ground", "发卡依据", value=lambda one: NAMES.get(one.ground, one.ground), minor=True),
    Column("issued_on", "发卡日期", kind="day", sort=True, minor=True), Column("expires_on", "有效期至", kind="day", sort=True),
    Column("stands", "状态", kind="state", value=lambda one: STATES[one.stands]),
    Column("reduced", "已减免", kind="money", sort=True, total="reduced"),
)  # fmt: skip
VISITS = (
    Column("receipt", "医院单据号", kind="code", link=visit_page),
    Column("hospital", "优惠医院", value="agreement.name", minor=True),
    Column("name", "持卡人", kind="person", value="card.name", sort="card__sort_key"),
    Column("day", "就医日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=lambda one: VISIT_STATES[one.state]),
    Column("price", "原价", kind="money", total="price", minor=True),
    Column("reduced", "减免", kind="money", sort=True, total="reduced"),
)  # fmt: skip


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: tuple[tuple[str, str], ...],
    said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], "facts": facts, "note": note}
    return render(request, "concession/form_page.html", words, status=422 if form.is_bound else 200)
