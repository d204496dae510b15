"""What the pages share: the moment, badges, and a form that acts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.providers.rules import Choice, Standing
from linli.kernel.access.actions import handle
from linli.kernel.orders.rules import Satisfaction, Stage
from linli.kernel.ui.rules import Badge, Tone

STANDINGS = {
    Standing.APPLIED: Tone.NOW, Standing.TRIAL: Tone.NOW, Standing.MEMBER: Tone.GOOD, Standing.SUSPENDED: Tone.BAD,
    Standing.REFUSED: Tone.QUIET, Standing.REMOVED: Tone.QUIET,
}  # fmt: skip
STAGES = {
    Stage.NEW: ("待派单", Tone.WARN), Stage.SENT: ("待签收", Tone.NOW), Stage.DISPUTED: ("退单待裁定", Tone.WARN),
    Stage.WORKING: ("服务中", Tone.NOW), Stage.SUSPENDED: ("已挂起", Tone.QUIET), Stage.HANDLED: ("待居民确认", Tone.NOW),
    Stage.MERGED: ("已并单", Tone.QUIET), Stage.CLOSED: ("已办结", Tone.QUIET),
}  # fmt: skip


def standing_badge(one: Any) -> Badge:
    standing = Standing(one.standing)
    return Badge(standing.zh, STANDINGS[standing])


def service_badge(one: Any) -> Badge:
    """How a service stands, told from its order."""
    if one.cancelled_on:
        return Badge("已取消", Tone.QUIET)
    order = one.order
    if order.stage == Stage.CLOSED and order.grade and one.ended_at:
        good = order.solved and order.grade in {"3", "4", "5"}
        return Badge(f"居民已确认：{Satisfaction(order.grade).zh}", Tone.GOOD if good else Tone.BAD)
    zh, tone = STAGES[Stage(order.stage)]
    return Badge(zh, tone)


def page_of(one: Any) -> str:
    """The address of a service order."""
    return reverse("providers:service", args=[one.pk])


def provider_page(one: Any) -> str:
    """The address of a provider."""
    return reverse("providers:provider", args=[one.pk])


def told(choice: Choice, quantity: int, subsidy: int | None = None) -> str:
    """A proposal in one line: who, what it costs, what the resident pays, and why."""
    one = choice.one
    price = one.price * quantity
    borne = f"，补贴{show_yuan(subsidy)}元，自付{show_yuan(price - subsidy)}元" if subsidy else ""
    return f"{one.name}　{one.item}　{show_yuan(price)}元{borne}（{'；'.join(choice.reasons)}）"


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, back: str,
    crumbs: tuple[tuple[str, str], ...] = (), said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": back, "facts": facts, "note": note}
    return render(request, "providers/form_page.html", words, status=422 if form.is_bound else 200)
