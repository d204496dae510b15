"""The tree of areas on a day, the history of each, and the changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.base.days import parse_day
from linli.kernel.access.rules import page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import ORGANISATION_KINDS, PLACE_KINDS, AreaKind, Succession
from linli.kernel.registry.views.common import carry_out
from linli.kernel.ui.rules import Event


@page("registry.see_areas")
@require_GET
def areas(request: HttpRequest) -> HttpResponse:
    """The whole district on a day; today unless another is asked for."""
    asked, fault, on = request.GET.get("day", "").strip(), "", request.today
    try:
        on = parse_day(asked) if asked else on
    except ValueError as wrong:
        fault = str(wrong)
    tree = queries.area_tree(request.actor.area[:6] + "000000", on)
    words = {"tree": tree, "day": on, "asked": asked, "fault": fault, "kinds": {kind.value: kind.zh for kind in AreaKind},
             "changes": _changes(request), "can_change": request.actor.may("registry.change_areas")}  # fmt: skip
    return render(request, "registry/areas.html", words, status=422 if fault else 200)


def _changes(request: HttpRequest) -> list[Event]:
    rows = list(queries.successions()[:100])
    names = queries.area_names(frozenset(code for row in rows for code in (row.old, row.new)), request.today)
    return [
        Event(row.day, f"{names.get(row.old, row.old)}{Succession(row.kind).zh}为{names.get(row.new, row.new)}",
              text=f"{row.old} → {row.new}" + (f"，{row.document}" if row.document else ""))
        for row in rows
    ]  # fmt: skip


@page("registry.see_areas")
@require_GET
def area(request: HttpRequest, code: str) -> HttpResponse:
    rows = queries.history_of_area(code)
    if not rows or not queries.district_of(request.actor.area).contains(code):
        raise Http404
    steps = queries.successions_of(code)
    names = queries.area_names(frozenset(c for row in steps for c in (row.old, row.new)), request.today)
    words = {
        "glance": _glance(request, code), "code": code,
        "rows": [(row, AreaKind(row.kind).zh) for row in rows], "name": rows[0].name,
        "present": queries.area_on_day(code, request.today),
        "steps": [(row, names.get(row.old, row.old), names.get(row.new, row.new), Succession(row.kind).zh) for row in steps],
        "below": queries.areas_below(code, request.today), "can_change": request.actor.may("registry.change_areas"),
    }  # fmt: skip
    return render(request, "registry/area.html", words)


def _glance(request: HttpRequest, code: str) -> list[tuple[str, str, str]]:
    """Residents and units of the area in one look, each number with the list behind it; for those who may read them there."""
    if not request.actor.may("registry.read") or not request.actor.scope.contains(code):
        return []
    found, here = queries.at_a_glance(code, request.today), f"?area={code}"
    people, units, places = (reverse(f"registry:{name}") + here for name in ("people", "organisations", "places"))
    lines = [("居民", f"{found.people}人", people), ("家庭", f"{found.households}户", people)]
    lines += [(zh, f"{found.organisations[kind]}个", f"{units}&kind={kind}")
              for kind, zh in ORGANISATION_KINDS.items() if kind in found.organisations]
    lines += [(zh, f"{found.places[kind]}个", f"{places}&kind={kind}")
              for kind, zh in PLACE_KINDS.items() if kind in found.places]
    return [*lines, ("登记的房间", f"{found.rooms}间", places)] if found.rooms else lines


@page("registry.change_areas")
def found_area(request: HttpRequest) -> HttpResponse:
    form = forms.Founding(request.POST or None)

    def act() -> str:
        return actions.found_area(by=request.actor, on=request.today, **form.cleaned_data).code

    return _change(request, form, act, title="设立区划", submit="设立")


@page("registry.change_areas")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    present, form = _present(request, code), forms.Renaming(request.POST or None)

    def act() -> str:
        return actions.rename_area(by=request.actor, on=request.today, code=code, **form.cleaned_data).code

    return _change(request, form, act, title=f"{present.name}更名", submit="更名")


@page("registry.change_areas")
def merge(request: HttpRequest) -> HttpResponse:
    form = forms.Merging(request.POST or None, initial={"olds": "\n".join(request.GET.getlist("old"))})

    def act() -> str:
        words = {"olds": form.cleaned_data["olds"], "new": form.new, "document": form.cleaned_data["document"]}
        return actions.merge_areas(by=request.actor, on=request.today, **words).code

    note = "办理后立即生效：原区划今天撤销，人员、家庭和办件全部划入新区划；镇街合并的，所属村（居）一并划转改码。"
    return _change(request, form, act, title="合并区划", submit="合并", note=note)


@page("registry.change_areas")
def turn(request: HttpRequest, code: str) -> HttpResponse:
    present, form = _present(request, code), forms.Turning(request.POST or None)

    def act() -> str:
        words = {"old": code, "new": form.new, "document": form.cleaned_data["document"]}
        return actions.turn_area(by=request.actor, on=request.today, **words).code

    note = "办理后立即生效：原区划今天撤销，全部人员、家庭、办件和所属村（居）划入新区划。"
    return _change(request, form, act, title=f"{present.name}改设", submit="改设", note=note)


@page("registry.change_areas")
def split(request: HttpRequest, code: str) -> HttpResponse:
    present, form = _present(request, code), forms.Splitting(request.POST or None)

    def act() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "kind"}
        actions.split_area(by=request.actor, on=request.today, old=code, **data)
        return code

    return _change(request, form, act, title=f"{present.name}拆分", submit="拆分")


def _present(request: HttpRequest, code: str) -> Any:
    present = queries.area_on_day(code, request.today)
    if present is None or not request.actor.covers(code):
        raise Http404
    return present


def _change(request: HttpRequest, form: Any, change: Callable[[], str], **words: str) -> HttpResponse:
    """Carry out a change; it answers with the code whose page is shown then."""
    back = reverse("registry:areas")
    return carry_out(
        request, form, lambda: reverse("registry:area", args=[change()]), back=back, crumbs=(("区划", back),), **words
    )
