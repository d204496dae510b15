"""The page of a household, and what is done with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.rules import KIN, HouseholdKind
from linli.kernel.registry.views.common import carry_out, household_of
from linli.kernel.registry.views.moves import away_or
from linli.kernel.registry.views.people import events
from linli.kernel.ui.rules import Fact


@page("registry.read")
@require_GET
def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """The whole family: members, what they receive, what happened."""
    home, on, may = household_of(household_id), request.today, request.actor.may
    record_seen(by=request.actor, verb="registry.open", kind="registry.household", subject=home.pk, area=home.area)
    rows = queries.memberships_of(home, on)
    people = [row.person for row in rows]
    kin = {row.person.pk: KIN[row.kin] for row in rows}
    words = {
        "household": home, "facts": _facts(home), "ended": home.until is not None and home.until <= on,
        "members": [(row, kin[row.id]) for row in queries.rows_of(people, on)],
        "benefits": _benefits(people, on), "benefit_pages": queries.benefit_pages(request.actor, household=home.pk),
        "head_is_here": home.head_id in kin, "events": events(queries.timeline_of_household(home, on, request.actor)),
        "can_write": may("registry.register"), "can_move": may("registry.move"),
    }  # fmt: skip
    return render(request, "registry/household.html", words)


def _benefits(people: list[Any], on: Any) -> list[dict[str, Any]]:
    names = {person.pk: person.name for person in people}
    return [asdict(line) | {"name": names.get(line.person_id, "")} for line in queries.benefits_of(people, on)]


def _facts(home: Any) -> list[Fact]:
    return [
        Fact("户主", home.head.name, href=reverse("registry:person", args=[home.head_id])),
        Fact("户别", HouseholdKind(home.kind).zh),
        Fact("居住地", home.area, "area"),
        Fact("住址", home.address),
        Fact("户号", home.number, "code"),
        Fact("家庭编号", home.pk, "code"),
        Fact("立户日期", home.since, "day"),
    ]


@page("registry.register")
def join(request: HttpRequest, household_id: int) -> HttpResponse:
    home = household_of(household_id)
    form = forms.Joining(request.POST or None, initial={"person_id": request.GET.get("person")})

    def act() -> str:
        data = form.cleaned_data
        person = queries.person_by_number(data["number"]) if data["number"] else queries.person_by_id(data["person_id"])
        if person is None:
            raise Refused("本辖区内没有登记过这个人，请先登记人员。", field="number")
        words = {"person_id": person.pk, "kin": data["kin"], "since": data["since"]}
        actions.join_household(by=request.actor, on=request.today, household_id=home.pk, **words)
        return reverse("registry:household", args=[home.pk])

    return _about(request, home, form, act, title="加入成员", submit="加入", said="已加入。")


@page("registry.register")
def head(request: HttpRequest, household_id: int) -> HttpResponse:
    home = household_of(household_id)
    members = [(person.pk, person.name) for person in queries.members_of(home, request.today)]
    form = forms.head_change(request.POST or None, members)

    def act() -> str:
        words = {"head_id": form.cleaned_data["head"], "kin": form.kin, "day": form.cleaned_data["day"]}
        actions.change_head(by=request.actor, on=request.today, household_id=home.pk, **words)
        return reverse("registry:household", args=[home.pk])

    return _about(request, home, form, act, title="变更户主", submit="变更户主", said="已变更户主。")


@page("registry.move")
def move(request: HttpRequest, household_id: int) -> HttpResponse:
    home = household_of(household_id)
    form = forms.Moving(request.POST or None, scope=queries.district_of(request.actor.area))

    def act() -> str:
        moved = actions.move_household(by=request.actor, on=request.today, household_id=home.pk, **form.cleaned_data)
        messages.success(request, moved.message)
        return away_or(moved, reverse("registry:household", args=[home.pk]))

    note = "迁往其他社区（村）的，办理后由迁入地管理，本社区不再看到这户的信息。"
    return _about(request, home, form, act, title="整户迁移", submit="办理迁移", note=note)


def _about(request: HttpRequest, home: Any, form: Any, act: Any, **words: str) -> HttpResponse:
    back = reverse("registry:household", args=[home.pk])
    crumbs = (("人员", reverse("registry:people")), (f"{home.head.name}户", back))
    return carry_out(request, form, act, back=back, crumbs=crumbs, **words)
