"""Lists of orders: all, the own desk's, those that wait at the centre, those to be called back about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.domains.hotline import forms
from linli.domains.hotline.views.common import caller_name, clock_badge, lane_badge, matter, page_of, stage_badge
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.orders import queries as work
from linli.kernel.orders.rules import AskKind
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Column

WALKED = {"category", "area", "first", "last"}
"""Filters with which the list of all orders is read in its order, page after page."""


def columns(request: HttpRequest) -> tuple[Column, ...]:
    """The columns of a list of orders; the caller's name as this reader may see it."""
    at = moment(request)
    return (
        Column("number", "工单号", kind="code", sort=True, link=page_of),
        Column("matter", "事项", value=lambda one: matter(one.category), sort="category"),
        Column("caller", "来电人", value=lambda one: caller_name(request, one), minor=True),
        Column("place", "事发地", kind="area", sort="place"),
        Column("lane", "缓急", kind="state", value=lane_badge, minor=True),
        Column("desk", "主办单位", value=lambda one: one.desk.name if one.desk else "", minor=True),
        Column("received_at", "受理时间", kind="moment", sort=True, minor=True),
        Column("stage", "状态", kind="state", value=stage_badge, sort="stage"),
        Column("clock", "时限", kind="state", value=lambda one: clock_badge(one, at)),
    )


def listing_of(request: HttpRequest, title: str, rows: Any, *, empty: str, filters: Any = None, order: str = "") -> Listing:
    """A list of orders that can be exported with its purpose."""
    return Listing(
        request, title=title, rows=rows, columns=columns(request), filters=filters, order=order, noun="件", empty=empty,
        name_of=lambda one: one.number, long=True, export=recording(by=request.actor, verb="orders.export", kind="orders.order"),
    )  # fmt: skip


@page("orders.read")
def orders(request: HttpRequest) -> HttpResponse:
    at = moment(request)
    in_order = {name for name, value in request.GET.items() if value} <= {"page", "size", *WALKED}

    def rows(words: dict[str, Any]) -> Any:
        if in_order:
            work.walk_in_order(category=words.get("category", ""), area=words.get("area", ""))
        return work.orders(at=at, **words)

    listing = listing_of(
        request, "全部工单", rows, empty="没有工单。",
        filters=lambda *args, **words: forms.OrderSearch(*args, scope=request.actor.scope, **words),
    )  # fmt: skip
    return listing.response("hotline/orders.html", {"title": "全部工单"})


@page("orders.handle")
def inbox(request: HttpRequest) -> HttpResponse:
    """What lies at this seat: to be signed, handled, taken up again; and what others ask for help with."""
    listing = listing_of(request, "本单位工单", work.own_orders(request.actor), empty="本单位没有要办的工单。")
    helps = [(one, matter(one.category), reverse("hotline:help", args=[one.pk])) for one in work.own_helps(request.actor)[:50]]
    return listing.response("hotline/orders.html", {"title": "本单位工单", "helps": helps})


@page("orders.dispatch")
def waiting(request: HttpRequest) -> HttpResponse:
    """The dispatcher's desk: orders that nobody has, and what desks ask."""
    rows = work.orders(at=moment(request), stage="new").order_by("dispatch_due", "id")
    listing = listing_of(request, "待派单", rows, empty="没有等待派单的工单。")
    asks = [(one, AskKind(one.kind).zh, page_of(one.order)) for one in work.asks()[:50]]
    return listing.response("hotline/orders.html", {"title": "派单与裁定", "asks": asks})


@page("orders.call_back")
def calls(request: HttpRequest) -> HttpResponse:
    """Those that must be called; before them those that were drawn by lot."""
    listing = listing_of(request, "必须回访", work.calls_due(), empty="没有必须回访的工单。")
    waiting = work.checks(open_only=True)[:50]
    drawn = [(one, matter(one.order.category), reverse("hotline:check", args=[one.pk])) for one in waiting]
    may_see = request.actor.may("orders.see_draws")
    return listing.response("hotline/orders.html", {"title": "回访", "checks": drawn, "may_see_draws": may_see})

