"""Who takes what: the list of desks, setting one up, changing and closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import DeskKind, categories
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column

BACK = ("承办单位", "hotline:desks")


def _codes(one: Any) -> str:
    return "、".join(categories()[code].zh for code in one.categories if code in categories()) or "全部事项"


def _hours(one: Any) -> str:
    if one.opens is None:
        return "全天"
    return f"{one.opens:%H:%M}-{one.closes:%H:%M}{'，休息日值班' if one.weekends else ''}"


@page("orders.read")
def desks(request: HttpRequest) -> HttpResponse:
    may = request.actor.may("orders.keep_desks")
    columns = (
        Column("name", "承办单位", sort=True, link=(lambda one: reverse("hotline:desk", args=[one.pk])) if may else None),
        Column("kind", "类别", value=lambda one: DeskKind(one.kind).zh, sort="kind"),
        Column("area", "驻地", kind="area", sort="area"),
        Column("codes", "承办事项", value=_codes, minor=True), Column("hours", "值班", value=_hours, minor=True),
        Column("wide", "范围", value=lambda one: "全区" if one.everywhere or one.fallback else "驻地及以下", minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="承办单位", noun="个", columns=columns, empty="还没有承办单位。",
        rows=lambda words: queries.desks(on=request.today, **words),
        filters=lambda *args, **words: forms.DeskSearch(*args, scope=request.actor.scope, **words), name_of=lambda one: one.name,
    )  # fmt: skip
    return listing.response("hotline/desks.html", {"may_keep": may})


@page("orders.keep_desks")
@require_POST
def area_desks(request: HttpRequest) -> HttpResponse:
    """A desk for each area that has none."""
    back = reverse("hotline:desks")

    def act() -> str:
        made = work.open_area_desks(by=request.actor, on=request.today)
        messages.success(request, f"已设立{made}个镇街、村居承办单位。" if made else "各镇街、村居都已有承办单位。")
        return back

    return press(request, act, back=back)


@page("orders.keep_desks")
@require_http_methods(["GET", "POST"])
def new_desk(request: HttpRequest) -> HttpResponse:
    form = forms.DeskForm(request.POST or None, scope=request.actor.scope)

    def act() -> str:
        made = work.keep_desk(by=request.actor, on=request.today, **form.cleaned_data)
        return reverse("hotline:desk", args=[made.pk])

    return _shown(request, form, act, "设立承办单位", "设立")


@page("orders.keep_desks")
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, desk_id: int) -> HttpResponse:
    """What a desk takes and when; its seat stays."""
    one = _found(desk_id)
    names = ("name", "kind", "area", "everywhere", "opens", "closes", "weekends", "duty")
    first = {name: getattr(one, name) for name in names} | {"codes": one.categories}
    form = forms.DeskForm(request.POST or None, initial=first, scope=request.actor.scope)
    del form.fields["area"]

    def act() -> str:
        work.keep_desk(by=request.actor, on=request.today, desk=one, area=one.area, fallback=one.fallback, **form.cleaned_data)
        return reverse("hotline:desks")

    close = reverse("hotline:close_desk", args=[one.pk]) if one.until is None else ""
    return _shown(request, form, act, one.name, "保存", close=close)


def _found(desk_id: int) -> Any:
    one = queries.desk_by_id(desk_id)
    if one is None:
        raise Http404
    return one


def _shown(request: HttpRequest, form: Any, act: Any, title: str, submit: str, close: str = "") -> HttpResponse:
    request.close_desk = close  # type: ignore[attr-defined]
    back = reverse(BACK[1])
    return carry_out(request, form, act, title=title, submit=submit, back=back, crumbs=((BACK[0], back),), said="已保存。")


@page("orders.keep_desks")
@require_POST
def close_desk(request: HttpRequest, desk_id: int) -> HttpResponse:
    one, back = _found(desk_id), reverse("hotline:desks")

    def act() -> str:
        work.close_desk(by=request.actor, on=request.today, desk=one)
        return back

    return press(request, act, back=reverse("hotline:desk", args=[one.pk]), said=f"{one.name}已停办。")
