"""Lists of units and places, and entering and ending them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from linli.base.masking import mask_name
from linli.kernel.access.rules import page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import ORGANISATION_KINDS, PLACE_KINDS
from linli.kernel.registry.views.common import carry_out, export_of
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact


def _columns(kinds: dict[str, str], route: str) -> tuple[Column, ...]:
    return (
        Column("name", "名称", sort=True, link=lambda row: reverse(route, args=[row.pk])),
        Column("kind", "类别", value=lambda row: kinds[row.kind]),
        Column("area", "所在地", kind="area", sort="area"),
        Column("address", "地址", minor=True),
        Column("since", "自", kind="day", minor=True),
    )


ORGANISATIONS = _columns(ORGANISATION_KINDS, "registry:organisation")
PLACES = _columns(PLACE_KINDS, "registry:place")


@page("registry.read")
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    return _list(request, "单位", forms.OrganisationFilter, queries.organisations, ORGANISATIONS, "registry:new_organisation",
                 "registry.organise")  # fmt: skip


@page("registry.read")
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    return _list(request, "场所", forms.PlaceFilter, queries.places, PLACES, "registry:new_place", "registry.register")


def _list(
    request: HttpRequest, title: str, filters: Any, rows: Callable[..., Any], columns: tuple[Column, ...], new: str,
    permission: str,
) -> HttpResponse:  # fmt: skip
    listing = Listing(
        request, title=title, noun="个", columns=columns, rows=lambda words: rows(request.today, **words),
        filters=lambda *args, **words: filters(*args, scope=request.actor.scope, **words), name_of=lambda row: row.name,
        export=export_of(request),
    )  # fmt: skip
    may = request.actor.may(permission)
    return listing.response("registry/things.html", {"title": title, "new_url": reverse(new) if may else ""})


@page("registry.organise")
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = forms.NewOrganisation(request.POST or None, scope=request.actor.scope)
    return _do(request, form, actions.register_organisation, "登记单位", "登记", "registry:organisations")


@page("registry.register")
def new_place(request: HttpRequest) -> HttpResponse:
    form = forms.NewPlace(request.POST or None, scope=request.actor.scope)
    return _do(request, form, actions.register_place, "登记场所", "登记", "registry:places")


@page("registry.organise")
def end_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    row, form = _there(queries.organisation_by_id(organisation_id)), forms.Ending(request.POST or None)
    known = {"organisation_id": row.pk}
    return _do(request, form, actions.end_organisation, f"注销{row.name}", "注销", "registry:organisations", **known)


@page("registry.register")
def end_place(request: HttpRequest, place_id: int) -> HttpResponse:
    row, form = _there(queries.place_by_id(place_id)), forms.Ending(request.POST or None)
    return _do(request, form, actions.end_place, f"注销{row.name}", "注销", "registry:places", place_id=row.pk)


@page("registry.read")
@require_GET
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """A place with its rooms, and the households that live in them."""
    row = _there(queries.place_by_id(place_id))
    rooms = list(queries.rooms(request.today, place=row.pk))
    facts = [
        Fact("类别", PLACE_KINDS[row.kind]), Fact("所在地", row.area, kind="area"), Fact("地址", row.address),
        Fact("登记日期", row.since, kind="day"), *([Fact("注销日期", row.until, kind="day")] if row.until else []),
        Fact("房间", f"{len(rooms)} 间"),
    ]  # fmt: skip
    homes = queries.households_in(row, request.today)
    known = {room.name for room in rooms}
    lived = [(room, [_home(request, one) for one in homes.get(room.name, ())]) for room in rooms]
    others = [_home(request, one) for name, found in homes.items() if name not in known for one in found]
    may = request.actor.may("registry.register") and row.until is None
    words = {"place": row, "facts": facts, "rooms": lived, "others": others, "may": may}
    return render(request, "registry/place.html", words)


def _home(request: HttpRequest, one: Any) -> tuple[str, str, str]:
    """A household as this reader sees it: whose, how many, its page; the name in full only near the people."""
    name = one.head.name if request.actor.near else mask_name(one.head.name)
    return f"{name}户", f"{one.people}人", reverse("registry:household", args=[one.pk])


@page("registry.register")
def new_rooms(request: HttpRequest, place_id: int) -> HttpResponse:
    row, form = _there(queries.place_by_id(place_id)), forms.NewRooms(request.POST or None)
    back = reverse("registry:place", args=[row.pk])

    def act() -> str:
        actions.add_rooms(by=request.actor, on=request.today, place_id=row.pk, **form.cleaned_data)
        return back

    crumbs = (("场所", reverse("registry:places")), (row.name, back))
    return carry_out(request, form, act, title=f"登记{row.name}的房间", back=back, submit="登记房间", crumbs=crumbs)


@page("registry.register")
def end_room(request: HttpRequest, room_id: int) -> HttpResponse:
    row, form = _there(queries.room_by_id(room_id)), Confirm(request.POST or None)
    back = reverse("registry:place", args=[row.place_id])

    def act() -> str:
        actions.end_room(by=request.actor, on=request.today, room_id=row.pk)
        return back

    crumbs = (("场所", reverse("registry:places")), (row.place.name, back))
    return carry_out(request, form, act, title=f"注销{row.place.name}{row.name}房间", back=back, submit="注销", crumbs=crumbs)


def _there(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _do(
    request: HttpRequest, form: Any, action: Callable[..., Any], title: str, submit: str, route: str, **known: int
) -> HttpResponse:
    back = reverse(route)

    def act() -> str:
        action(by=request.actor, on=request.today, **known, **form.cleaned_data)
        return back

    label = "单位" if route == "registry:organisations" else "场所"
    return carry_out(request, form, act, title=title, back=back, submit=submit, crumbs=((label, back),))
