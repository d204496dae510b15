"""What the pages share: states, addresses, carrying out a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.kernel.access.actions import handle
from linli.kernel.ui.rules import Badge, Column, Tone

LIST = ("社区帮困基金", "mutual:funds")
GIFT_STATES = {
    "noted": Badge("待到账", Tone.WARN), "banked": Badge("已到账", Tone.GOOD), "struck": Badge("已作废", Tone.QUIET),
    "reversed": Badge("已冲正", Tone.QUIET),
}  # fmt: skip
REQUEST_STATES = {
    "open": Badge("待议事", Tone.WARN), "carried": Badge("已通过", Tone.NOW), "refused": Badge("未通过", Tone.QUIET),
    "ordered": Badge("已开付款单", Tone.GOOD), "withdrawn": Badge("已撤回", Tone.QUIET),
    "cancelled": Badge("付款已取消", Tone.QUIET),
}  # fmt: skip


def fund_page(one: Any) -> str:
    """The address of a fund."""
    return reverse("mutual:fund", args=[one.pk])


def request_page(one: Any) -> str:
    """The address of a request."""
    return reverse("mutual:request", args=[one.pk])


def meeting_page(one: Any) -> str:
    """The address of a meeting."""
    return reverse("mutual:meeting", args=[one.pk])


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list."""
    return ((LIST[0], reverse(LIST[1])), *more)


def state_of(one: Any) -> Badge:
    """How a request stands, with its payment order."""
    cancelled = one.order is not None and one.order.cancelled_on is not None
    return REQUEST_STATES["cancelled" if cancelled else one.state]


def gift_state(one: Any) -> Badge:
    """How a gift stands, with its voucher."""
    reversed_by = one.posting is not None and hasattr(one.posting, "reversed_by")
    return GIFT_STATES["reversed" if reversed_by else one.state]


REQUESTS = (
    Column("name", "帮扶对象", kind="person", sort="sort_key", link=request_page),
    Column("need", "用途", value=lambda one: one.get_need_display()), Column("asked_on", "申请日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=state_of), Column("asked", "申请金额", kind="money", sort=True, total="asked"),
)  # fmt: skip


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: tuple[tuple[str, str], ...],
    said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], "facts": facts, "note": note}
    return render(request, "mutual/form_page.html", words, status=422 if form.is_bound else 200)
