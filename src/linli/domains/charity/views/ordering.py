"""The order that is proposed where a quota is short, with the reason of each place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.domains.charity import forms, queries
from linli.domains.charity.rules import ORDER_BASIS
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Tone

REACHED, BEYOND = Badge("名额内", Tone.GOOD), Badge("名额不足", Tone.WARN)
COLUMNS = (
    Column("town", "镇街", kind="area"),
    Column("number", "建议次序", kind="count", value="place.number"),
    Column("name", "申请人", kind="person", value="application.person.name",
           link=lambda row: reverse("charity:application", args=[row.pk])),
    Column("area", "所在地", kind="area", value="application.area", minor=True),
    Column("why", "排序依据", value=lambda row: "；".join(row.place.why)),
    Column("within", "名额", kind="state", value=lambda row: REACHED if row.place.within else BEYOND),
)  # fmt: skip


@page("charity.review|charity.approve")
def order(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A proposal: who decides may depart from it and says why in the opinion."""
    one = queries.campaign(campaign_id)

    def rows(words: dict[str, Any]) -> Any:
        found = queries.proposal(one, request.today, words.get("area", ""))
        return [row for row in found if row.application.person.name.startswith(words.get("name", ""))]

    listing = Listing(
        request, title="上报次序建议", rows=rows, columns=COLUMNS, noun="户", name_of=lambda row: str(row.place.number),
        filters=lambda *args, **words: forms.OrderSearch(*args, scope=request.actor.scope, **words),
        export=recording(by=request.actor, verb="charity.export", kind="charity.order"), empty="没有等待上报的申请。",
    )  # fmt: skip
    record_seen(by=request.actor, verb="charity.order", kind="charity.campaign", subject=one.pk, rows=listing.total)
    return listing.response("charity/order.html", {"campaign": one, "basis": ORDER_BASIS})
