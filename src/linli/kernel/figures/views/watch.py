"""What is late in the own range and what ends soon: deadlines watched from above, by kind of work and area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from linli.kernel.access.actions import recording
from linli.kernel.access.rules import page
from linli.kernel.figures import forms
from linli.kernel.ui.queries import Listing, area_name, moment, watched
from linli.kernel.ui.rules import Chart, Column, DaysLeft, Watched


def columns(request: HttpRequest) -> tuple[Column, ...]:
    """Kind, place, how many are late and how long the longest, and how many end soon."""

    def longest(one: Watched) -> DaysLeft | None:
        return DaysLeft((one.oldest - request.today).days) if one.oldest else None

    return (
        Column("kind", "工作", sort=True, link=lambda one: one.href),
        Column("area", "地区", kind="area", sort="area"),
        Column("late", "逾期", kind="count", unit="件", sort=True),
        Column("oldest", "最早的截止日", kind="day", sort=True, minor=True),
        Column("longest", "最久的", kind="days_left", value=longest),
        Column("soon", "三天内到期", kind="count", unit="件", sort=True),
    )


@page("figures.see")
def watch_page(request: HttpRequest) -> HttpResponse:
    """The list with a chart of where most is late; a line opens the late ones for whoever may read them."""

    def rows(words: dict[str, Any]) -> list[Watched]:
        said, area, late = words.get("words", ""), words.get("area", ""), words.get("late", False)
        found = watched(request.actor, moment(request))
        return [one for one in found if said in one.kind and area in ("", one.area) and (one.late or not late)]

    record = recording(by=request.actor, verb="figures.export", kind="figures.figure")
    listing = Listing(
        request, rows=rows, columns=columns(request), filters=forms.watch_search(request.actor), title="逾期和将到期", noun="行",
        ident="ident", empty="没有逾期的，三天内也没有到期的。", export=record, name_of=lambda one: one.kind,
    )  # fmt: skip
    late, soon = (sum(getattr(one, name) for one in listing.rows) for name in ("late", "soon"))
    return listing.response("figures/watch.html", {"late": late, "soon": soon, "chart": _chart(listing.rows)})


def _chart(rows: Any) -> Chart | None:
    """Late work by area, where there is more than one."""
    totals: dict[str, int] = {}
    for one in rows:
        totals[one.area] = totals.get(one.area, 0) + one.late
    late = sorted(((number, area) for area, number in totals.items() if number), reverse=True)[:12]
    if len(late) < 2:
        return None
    names = [area_name(area) for _, area in late]
    reading = f"逾期最多的是{names[0]}，{late[0][0]}件。"
    return Chart("watch", "逾期", names, [("逾期", [number for number, _ in late])], reading, unit="件")
