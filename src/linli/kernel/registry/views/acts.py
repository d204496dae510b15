"""Entering and correcting people: one form, one action each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.kernel.access.rules import Refused, page
from linli.kernel.registry import actions, forms, queries
from linli.kernel.registry.views.common import carry_out, person_of
from linli.kernel.registry.views.moves import away_or


@page("registry.register")
def register(request: HttpRequest) -> HttpResponse:
    form = forms.Registration(request.POST or None, scope=request.actor.scope)

    def act() -> str:
        data = form.cleaned_data
        made = actions.register_person(
            by=request.actor, on=request.today, facts=form.facts, area=data["area"], since=data["since"]
        )
        return reverse("registry:person", args=[made.pk])

    back = reverse("registry:people")
    return carry_out(request, form, act, title="登记人员", back=back, submit="登记", said="已登记。", crumbs=(("人员", back),))


@page("registry.check_elsewhere")
def elsewhere(request: HttpRequest) -> HttpResponse:
    """The intake check: is this number registered anywhere in the district? The answer names the town only."""
    form, answer = forms.Elsewhere(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            answer = actions.known_elsewhere(by=request.actor, on=request.today, number=form.cleaned_data["number"])
        except Refused as fault:
            form.add_error("number", fault.message)
    words = {"form": form, "answer": answer, "asked": answer is not None}
    return render(request, "registry/elsewhere.html", words, status=422 if form.errors else 200)


@page("registry.correct")
def correct(request: HttpRequest, person_id: int) -> HttpResponse:
    shown = person_of(person_id)
    known = {
        name: getattr(shown, name)
        for name in ("name", "no_number_reason", "birth", "sex", "ethnic", "marital", "address", "registered_address", "version")
    }
    form = forms.Correction(request.POST or None, initial=known)

    def act() -> str:
        words = form.changes
        actions.correct_person(
            by=request.actor, on=request.today, person_id=shown.pk, version=form.cleaned_data["version"], **words
        )
        return reverse("registry:person", args=[shown.pk])

    return _about(request, shown, form, act, title="更正信息", submit="保存更正", said="已更正。")


@page("registry.correct")
def death(request: HttpRequest, person_id: int) -> HttpResponse:
    return _simple(
        request, person_id, forms.Death(request.POST or None), actions.record_death, title="登记死亡", submit="登记死亡",
        note="登记后，此人即离户，各项身份类别同时终止。",
    )  # fmt: skip


@page("registry.recognise_status")
def status(request: HttpRequest, person_id: int) -> HttpResponse:
    form = forms.StatusStart(request.POST or None, initial={"since": request.today})
    return _simple(request, person_id, form, actions.recognise_status, title="认定身份类别", submit="认定")


@page("registry.recognise_status")
def end_status(request: HttpRequest, status_id: int) -> HttpResponse:
    row = queries.status_by_id(status_id)
    if row is None:
        raise Http404
    form = forms.StatusEnd(request.POST or None, initial={"day": request.today})

    def act() -> str:
        actions.end_status(by=request.actor, on=request.today, status_id=row.pk, **form.cleaned_data)
        return reverse("registry:person", args=[row.person_id])

    return _about(request, person_of(row.person_id), form, act, title="终止认定", submit="终止认定")


@page("registry.register")
def account(request: HttpRequest, person_id: int) -> HttpResponse:
    form = forms.Account(request.POST or None)
    return _simple(
        request, person_id, form, actions.add_bank_account, title="登记银行账户", submit="登记账户",
        note="新账户启用后，原账户同时停用。",
    )  # fmt: skip


@page("registry.register")
def found(request: HttpRequest, person_id: int) -> HttpResponse:
    shown, form = person_of(person_id), forms.NewHousehold(request.POST or None)

    def act() -> str:
        made = actions.found_household(by=request.actor, on=request.today, head_id=shown.pk, **form.cleaned_data)
        return reverse("registry:household", args=[made.pk])

    return _about(request, shown, form, act, title="立户", submit="立户", said="已立户。")


@page("registry.register")
def leave(request: HttpRequest, person_id: int) -> HttpResponse:
    return _simple(
        request, person_id, forms.Leaving(request.POST or None), actions.leave_household, title="离户", submit="办理离户"
    )


@page("registry.move")
def move_alone(request: HttpRequest, person_id: int) -> HttpResponse:
    shown = person_of(person_id)
    form = forms.Moving(request.POST or None, scope=queries.district_of(request.actor.area))

    def act() -> str:
        moved = actions.move_person(by=request.actor, on=request.today, person_id=shown.pk, **form.cleaned_data)
        messages.success(request, moved.message)
        return away_or(moved, reverse("registry:person", args=[shown.pk]))

    note = "此人单独迁出，并从原家庭离户；整户迁移的在家庭页面办理。"
    return _about(request, shown, form, act, title="迁移", submit="办理迁移", note=note)


@page("registry.decide_duplicate")
def undo(request: HttpRequest, person_id: int) -> HttpResponse:
    """``person_id`` is the merged row."""
    row = queries.people_by_ids([person_id]).get(person_id)
    if row is None or row.merged_into_id is None:
        raise Http404
    form = forms.Undo(request.POST or None)

    def act() -> str:
        actions.undo_merge(by=request.actor, on=request.today, merged_id=row.pk, **form.cleaned_data)
        return reverse("registry:person", args=[row.pk])

    note = "撤销后，两条记录恢复为合并前的样子。"
    return _about(request, person_of(row.merged_into_id), form, act, title="撤销合并", submit="撤销合并", note=note)


def _simple(request: HttpRequest, person_id: int, form: Any, action: Callable[..., Any], **words: str) -> HttpResponse:
    """A form whose fields are the arguments of one action about one person."""
    shown = person_of(person_id)

    def act() -> str:
        action(by=request.actor, on=request.today, person_id=shown.pk, **form.cleaned_data)
        return reverse("registry:person", args=[shown.pk])

    return _about(request, shown, form, act, **words)


def _about(request: HttpRequest, shown: Any, form: Any, act: Callable[[], str], **words: str) -> HttpResponse:
    back = reverse("registry:person", args=[shown.pk])
    crumbs = (("人员", reverse("registry:people")), (shown.name, back))
    return carry_out(request, form, act, back=back, crumbs=crumbs, **words)
