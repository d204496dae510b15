"""The page of a unit, and who is there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.base.masking import mask_name
from linli.kernel.access.rules import Refused, page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import ORGANISATION_KINDS, UnitRole
from linli.kernel.registry.views.common import carry_out
from linli.kernel.ui.rules import Fact


@page("registry.read")
@require_GET
def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A unit with its people."""
    unit = _unit(organisation_id)
    facts = [
        Fact("类别", ORGANISATION_KINDS[unit.kind]), Fact("统一社会信用代码", unit.uscc, "code"),
        Fact("所在地", unit.area, "area"), Fact("地址", unit.address), Fact("登记日期", unit.since, "day"),
        *([Fact("注销日期", unit.until, "day")] if unit.until else []),
    ]  # fmt: skip
    rows = queries.unit_members(unit, request.today)
    may = request.actor.may("registry.organise") and unit.until is None
    words = {"unit": unit, "facts": facts, "members": [_shown(request, *row) for row in rows], "may": may}
    return render(request, "registry/organisation.html", words)


def _shown(request: HttpRequest, row: Any, person: Any) -> dict[str, Any]:
    """Who is there as this reader sees it: the name in full only near the people, and none of who moved out of the area."""
    name = "已迁出本辖区的人员" if person is None else person.name if request.actor.near else mask_name(person.name)
    href = "" if person is None else reverse("registry:person", args=[person.pk])
    note = "已登记死亡" if person is not None and person.died_on else ""
    return {"row": row, "name": name, "href": href, "role": UnitRole(row.role).zh, "note": note}


@page("registry.organise")
def new_unit_member(request: HttpRequest, organisation_id: int) -> HttpResponse:
    unit, form = _unit(organisation_id), forms.NewUnitMember(request.POST or None)
    back = reverse("registry:organisation", args=[unit.pk])

    def act() -> str:
        data = form.cleaned_data
        person = queries.person_by_number(data.pop("number"))
        if person is None:
            raise Refused("本辖区内没有登记过这个人，请先登记人员。", field="number")
        actions.join_unit(by=request.actor, on=request.today, organisation_id=unit.pk, person_id=person.pk, **data)
        return back

    crumbs = (("单位", reverse("registry:organisations")), (unit.name, back))
    title = f"登记{unit.name}的人员"
    return carry_out(request, form, act, title=title, back=back, submit="登记人员", said="已登记。", crumbs=crumbs)


@page("registry.organise")
def leave_unit(request: HttpRequest, member_id: int) -> HttpResponse:
    row, form = queries.unit_member_by_id(member_id), forms.LeavingUnit(request.POST or None)
    if row is None:
        raise Http404
    back = reverse("registry:organisation", args=[row.organisation_id])

    def act() -> str:
        actions.leave_unit(by=request.actor, on=request.today, member_id=row.pk, **form.cleaned_data)
        return back

    crumbs = (("单位", reverse("registry:organisations")), (row.organisation.name, back))
    title = f"{UnitRole(row.role).zh}离开{row.organisation.name}"
    return carry_out(request, form, act, title=title, back=back, submit="办理离开", crumbs=crumbs)


def _unit(organisation_id: int) -> Any:
    unit = queries.organisation_by_id(organisation_id)
    if unit is None:
        raise Http404
    return unit
