"""What residents asked for and said on the web, at the centre."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import Service, WishState, wish_number
from linli.domains.providers.views.common import carry_out, page_of
from linli.kernel.access.actions import press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.orders.rules import Satisfaction
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

LIST = ("网上预约", "providers:wishes")
TONES = {WishState.OPEN: Tone.NOW, WishState.ORDERED: Tone.GOOD, WishState.DECLINED: Tone.QUIET}


def _badge(one: Any) -> Badge:
    state = WishState(one.state)
    return Badge(state.zh, TONES[state])


COLUMNS = (
    Column("since", "提交日期", kind="day", sort=True, link=lambda one: reverse("providers:wish", args=[one.pk])),
    Column("number", "预约号", kind="code", value=lambda one: wish_number(one.since, one.pk)),
    Column("service", "服务", value=lambda one: Service(one.service).zh, sort="service"),
    Column("name", "称呼", kind="person"),
    Column("place", "服务地点", kind="area", sort="place"),
    Column("wanted_on", "希望日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=_badge, sort="state"),
)


@page("providers.enter_reply")
def wishes(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.wishes(**words), columns=COLUMNS, noun="条", filters=forms.WishSearch,
        name_of=lambda one: f"{one.since} {Service(one.service).zh}", empty="没有网上预约。",
        export=recording(by=request.actor, verb="providers.export", kind="providers.wish"),
    )  # fmt: skip
    return listing.response("providers/wishes.html", {"replies": queries.replies().count()})


@page("providers.enter_reply")
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, wish_id: int) -> HttpResponse:
    """One wish with whom to call; it becomes an order, or it is said why not."""
    one, back = queries.wish(wish_id), reverse(LIST[1])
    record_seen(by=request.actor, verb="providers.wish", kind="providers.wish", subject=one.pk, area=one.area)
    open_, gone = one.state == WishState.OPEN, "已按规定清除" if one.forgotten_on else ""
    facts = [
        Fact("预约号", wish_number(one.since, one.pk), "code"), Fact("服务", Service(one.service).zh),
        Fact("称呼", one.name or gone),
        Fact("服务地点", one.place, "area", note=one.address),
        *([Fact("电话", queries.phone_of(one), "code")] if open_ else []), Fact("希望日期", one.wanted_on, "day"),
        Fact("其他要求", one.text or gone or "没有"), Fact("状态", WishState(one.state).zh, note=one.answer),
        *([Fact("单号", one.order.number)] if one.order_id else []),
    ]  # fmt: skip
    trail = ((LIST[0], back),)
    if not open_:
        return render(request, "providers/wish.html", {"facts": facts, "trail": trail, "title": Service(one.service).zh})
    form = forms.Decline(request.POST or None)

    def act() -> str:
        actions.decline_wish(by=request.actor, on=request.today, wish=one, answer=form.cleaned_data["answer"])
        return back

    request.order_wish = reverse("providers:wish_order", args=[one.pk])  # type: ignore[attr-defined]
    return carry_out(
        request, form, act, title=f"网上预约：{Service(one.service).zh}", submit="登记未下单", back=back, crumbs=trail,
        said="已登记。", facts=facts, note="请先打电话，说清服务商、价格和补贴；居民同意的，点“为居民下单”。",
    )  # fmt: skip


@page("providers.enter_reply")
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """What residents said with number and code, to be entered as calls back."""
    rows = [
        (one, Satisfaction(one.grade).zh, page_of(one.service), Service(one.service.service).zh)
        for one in queries.replies()[:200]
    ]
    return render(request, "providers/replies.html", {"rows": rows})


@page("providers.enter_reply")
@require_POST
def enter_replies(request: HttpRequest) -> HttpResponse:
    back = reverse("providers:replies")

    def act() -> str:
        count = actions.enter_replies(by=request.actor, at=moment(request))
        messages.success(request, f"已登记{count}条居民确认。" if count else "没有等待登记的居民确认。")
        return back

    return press(request, act, back=back)
