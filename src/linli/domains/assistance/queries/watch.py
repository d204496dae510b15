"""What of assistance is late beside its cases: wishes from the web that nobody took up, letters that nobody handed over,
families that nobody visits, confirmations of towns that nobody goes through again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.domains.assistance.queries.begun import to_begin
from linli.domains.assistance.queries.delegations import samples
from linli.domains.assistance.queries.letters import letters_due
from linli.domains.assistance.queries.wishes import wish_due, wishes
from linli.domains.assistance.rules.wishes import WishState
from linli.kernel.access.rules import Actor
from linli.kernel.ui.queries import lines_of
from linli.kernel.ui.rules import Watched


def watched(actor: Actor, at: datetime, digits: int) -> list[Watched]:
    """By area, as numbers; the lists for whoever reads applications."""
    on = at.astimezone(SHANGHAI).date()
    reads = actor.may("assistance.read")

    def wished(place: str) -> str:
        words = urlencode({"state": WishState.OPEN, "area": place, "last": _late_since(place, on)})
        return f"{reverse('assistance:wishes')}?{words}"

    def untold(place: str) -> str:
        return f"{reverse('assistance:applications')}?{urlencode({'letter': 'late', 'area': place})}"

    def unsampled(place: str) -> str:
        return f"{reverse('assistance:samples')}?{urlencode({'state': 'late', 'area': place})}"

    drawn = [(row.area, row.due_on, 1) for row in samples(state="open")]
    letters = [(one.area, due, 1) for one, due in letters_due(on)]
    return [
        *lines_of("网上救助申请·等待受理", _wishes(), on, digits, wished if reads else None),
        *lines_of("救助决定书·等待送达", letters, on, digits, untold if reads else None),
        *lines_of("委托确认抽查·待登记", drawn, on, digits, unsampled if reads else None),
        *lines_of("社会救助·入户调查待开展", [(one.area, due, 1) for _, one, due in to_begin(on, checks=False)], on, digits),
    ]


def _wishes() -> Iterator[tuple[str, date, int]]:
    found = wishes(state=WishState.OPEN).order_by().values_list("since", "area").annotate(count=Count("id"))
    for since, area, count in found:
        yield area, wish_due(since, area).day, count


def _late_since(area: str, on: date) -> date:
    """The last day on which what came is late today."""
    day = on - timedelta(days=1)
    while wish_due(day, area).day >= on:
        day -= timedelta(days=1)
    return day
