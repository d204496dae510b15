"""What somebody took down, on the round or at the counter, wherever it lies by now: the own words, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.domains.hotline import forms
from linli.domains.hotline.views.common import TONES, matter, page_of
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.orders.rules import Stage
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact

TITLE = "我受理的工单"
AT_ONCE = 100
"""Rows that are read with the count, in one look: the longest page."""


def _badge(one: Any) -> Badge:
    stage = Stage(one.stage)
    return Badge(stage.zh, TONES[stage])


COLUMNS = (
    Column("number", "工单号", kind="code", link=page_of),
    Column("matter", "事项", value=lambda one: "保密事项" if one.confidential else matter(one.category)),
    Column("place", "事发地", kind="area", minor=True),
    Column("received_at", "受理时间", kind="moment", minor=True),
    Column("desk", "承办单位", value=lambda one: one.desk or "待派单"),
    Column("stage", "状态", kind="state", value=_badge),
)


class Taken(Sequence[work.OwnTaken]):
    """The rows of the filter, read page by page: an operator takes thousands in a year, and each look is a line of the trail."""

    def __init__(self, request: HttpRequest, words: dict[str, Any]) -> None:
        self._ask = {"by": request.actor, "at": moment(request), **words}

    @cached_property
    def _first(self) -> tuple[list[work.OwnTaken], int]:
        return work.own_taken(end=AT_ONCE, **self._ask)

    @cached_property
    def _all(self) -> list[work.OwnTaken]:
        return work.own_taken(**self._ask)[0]

    def __len__(self) -> int:
        return self._first[1]

    def __iter__(self) -> Iterator[work.OwnTaken]:
        return iter(self._all)

    @overload
    def __getitem__(self, at: int) -> work.OwnTaken: ...
    @overload
    def __getitem__(self, at: slice) -> list[work.OwnTaken]: ...
    def __getitem__(self, at: int | slice) -> work.OwnTaken | list[work.OwnTaken]:
        if not isinstance(at, slice):
            return self._all[at]
        if at.stop is not None and at.stop <= AT_ONCE:
            return self._first[0][at]
        return work.own_taken(begin=at.start or 0, end=at.stop, **self._ask)[0]


@page("orders.take")
def taken(request: HttpRequest) -> HttpResponse:
    """The last year's unless other days are asked for; each opens as far as its taker may read it."""
    listing = Listing(
        request, title=TITLE, rows=lambda words: Taken(request, words), columns=COLUMNS, filters=forms.TakenSearch, noun="件",
        name_of=lambda one: one.number, ident="pk", empty="没有受理过这样的工单。",
        export=recording(by=request.actor, verb="orders.export", kind="orders.order"),
    )  # fmt: skip
    return listing.response("hotline/orders.html", {"title": TITLE})


def own_page(request: HttpRequest, order_id: int) -> HttpResponse | None:
    """The order as its taker may see it where it lies at another seat; None for whoever did not take it."""
    if not request.actor.may("orders.take"):
        return None
    one = work.own_order(by=request.actor, order_id=order_id)
    if one is None:
        return None
    facts = [
        Fact("事项", matter(one.category), note=one.category), Fact("事发地", one.place, "area", note=one.address),
        Fact("受理时间", one.received_at, "moment"), Fact("来电人", one.caller), Fact("诉求", one.text),
        Fact("承办单位", one.desk or "待派单"), Fact("办结时限", one.handle_due, "moment"),
        *([Fact("办结时间", one.closed_at, "moment")] if one.closed_at else []),
    ]  # fmt: skip
    if one.confidential:
        facts = [Fact("事项", "保密事项"), *facts[5:]]
    words = {"facts": facts, "number": one.number, "badge": _badge(one), "back": reverse("hotline:taken"), "title": TITLE}
    return render(request, "hotline/taken.html", words)
