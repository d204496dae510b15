"""Schemes: how far each home is, which rooms have none, and handing out room by room."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.domains.provision import actions, forms, queries
from linli.domains.provision.rules import days_words
from linli.domains.provision.views.common import carry_out
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.ledgers.queries import stock, stock_of
from linli.kernel.registry.queries import place_by_id, places
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

SCHEMES = (
    Column("title", "到房项目", link=lambda row: reverse("provision:scheme", args=[row.pk])),
    Column("goods", "物资", value=lambda row: str(row.goods)),
    Column("due_on", "完成期限", kind="day"),
)
ROOMS = (
    Column("home", "敬老院", value="place.name"),
    Column("name", "房间"),
    Column("area", "所在地", kind="area"),
)


@page("provision.see")
@require_http_methods(["GET", "HEAD", "POST"])
def schemes(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="到房项目", rows=queries.schemes(), columns=SCHEMES, noun="个", empty="还没有到房项目。",
        name_of=lambda row: row.title,
    )  # fmt: skip
    return listing.response("provision/schemes.html")


@page("provision.scheme")
@require_http_methods(["GET", "POST"])
def new_scheme(request: HttpRequest) -> HttpResponse:
    form = forms.NewScheme(request.POST or None)

    def act() -> str:
        made = actions.open_scheme(by=request.actor, on=request.today, **form.cleaned_data)
        return reverse("provision:scheme", args=[made.pk])

    note = "全区敬老院每个房间一件。建立后先购入或受赠入库，再逐院按房间发放、签收。"
    crumbs = (("到房项目", reverse("provision:schemes")),)
    return carry_out(request, form, act, title="建立到房项目", submit="建立", crumbs=crumbs, said="已建立。", note=note)


@page("provision.see")
@require_GET
def scheme(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """How far the scheme is, home by home."""
    one = queries.scheme_of(scheme_id)
    lines = queries.homes_of(one, request.today)
    rooms, covered = sum(line.rooms for line in lines), sum(line.covered for line in lines)
    held = sum(row.amount for row in stock().filter(unit=one.goods_id)) if request.actor.may("ledgers.see") else None
    facts = [
        Fact("物资", str(one.goods)),
        Fact("完成期限", one.due_on, kind="day", note=days_words(one.due_on, request.today, rooms - covered)),
        Fact("敬老院", f"{len(lines)} 处"), Fact("房间", f"{rooms:,} 间"), Fact("已配备", f"{covered:,} 间"),
        Fact("待配备", f"{rooms - covered:,} 间", href=reverse("provision:without", args=[one.pk])),
        *([Fact("库存", f"{held:,} {one.goods.measure}")] if held is not None else []),
    ]  # fmt: skip
    words = {"scheme": one, "facts": facts, "lines": lines, "may": request.actor.may("provision.furnish")}
    return render(request, "provision/scheme.html", words)


@page("provision.see")
def without(request: HttpRequest, scheme_id: int) -> HttpResponse:
    """The rooms without one, of all homes or one."""
    one = queries.scheme_of(scheme_id)
    homes = [(row.pk, row.name) for row in places(request.today, kind="home")]
    listing = Listing(
        request, title=f"{one.title}：待配备房间", columns=ROOMS, noun="间", empty="每个房间都已配备。",
        rows=lambda words: queries.rooms_without(one, request.today, **words), name_of=lambda row: row.name,
        filters=lambda *args, **words: forms.RoomSearch(*args, homes=homes, **words),
        export=recording(by=request.actor, verb="provision.export", kind="provision.rooms"),
    )  # fmt: skip
    return listing.response("provision/without.html", {"scheme": one})


@page("provision.furnish")
@require_http_methods(["GET", "POST"])
def furnish(request: HttpRequest, scheme_id: int, place_id: int) -> HttpResponse:
    """Hand out to the rooms of one home, against a signature."""
    one, home = queries.scheme_of(scheme_id), place_by_id(place_id)
    if home is None:
        raise Http404
    waiting = list(queries.rooms_without(one, request.today, home.pk))
    held = list(stock(left=True).filter(unit=one.goods_id))
    form = forms.Furnish(
        request.POST or None, waiting=waiting, held=held, initial={"rooms": [str(room.pk) for room in waiting]}
    )
    back = reverse("provision:scheme", args=[one.pk])

    def act() -> str:
        data = form.cleaned_data
        source = stock_of(int(data["stock"]))
        if source.account.code != "9201":
            raise Refused("请先把物资移到本单位库房再发放。", field="stock")
        actions.furnish_home(
            by=request.actor, on=request.today, scheme=one, fund=source.fund, home=home.pk, rooms=data["rooms"],
            proof=data["proof"], key=form.key[:24],
        )  # fmt: skip
        return back

    crumbs = (("到房项目", reverse("provision:schemes")), (one.title, back))
    facts: list[Any] = [Fact("物资", str(one.goods)), Fact("敬老院", home.name), Fact("待配备", f"{len(waiting)} 间")]
    note = "" if held else "库里没有这种物资，请先购入或登记受赠。"
    return carry_out(
        request, form, act, title=f"{home.name}：按房间发放", submit="发放", crumbs=crumbs, said="已登记发放。", facts=facts,
        note=note,
    )  # fmt: skip
