"""One occurrence: what is owed, what was done; entering it, and taking an entry back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.base.fields import FieldKind, show_value
from linli.kernel.access.actions import attempt, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.duties import actions, forms, queries
from linli.kernel.duties.rules import Duty, TaskState
from linli.kernel.duties.views.lists import badge
from linli.kernel.files.queries import files_of
from linli.kernel.ui.queries import area_name
from linli.kernel.ui.rules import Fact


def _facts(row: Any, duty: Duty) -> list[Fact]:
    facts = [
        Fact(duty.subject_zh, row.subject_zh, href=row.href), Fact("所在地", row.area, "area"), Fact("要求", duty.words),
        Fact("频次", duty.rhythm.zh), Fact("依据", duty.basis), Fact("办理期间", f"{row.first:%Y-%m-%d} 至 {row.last:%Y-%m-%d}"),
    ]  # fmt: skip
    if row.late_after != row.last:
        facts.append(Fact("逾期界限", row.late_after, "day"))
    if row.done_on:
        facts += [Fact("办理日期", row.done_on, "day"), Fact("办理人", row.done_by.name if row.done_by else None),
                  Fact("登记日期", row.entered_on, "day")]  # fmt: skip
        facts += [Fact(one.head, _said(one, row.proof.get(one.key))) for one in duty.fields if one.kind is not FieldKind.FILE]
        facts += [Fact("时长", f"{row.minutes}分钟")] if row.minutes else []
        facts += [Fact("备注", row.note)] if row.note else []
    return facts


def _said(field: Any, value: Any) -> str | None:
    if field.kind is FieldKind.AREA and value:
        return area_name(str(value))
    return show_value(field, value) or None


@page("duties.see")
@require_GET
def occurrence(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    row, duty = queries.occurrence_in_area(by=request.actor, occurrence_id=occurrence_id)
    record_seen(by=request.actor, verb="duties.open", kind="duties.occurrence", subject=row.pk, area=row.area)
    may = request.actor.may("duties.do") and request.actor.may(duty.permission) and not duty.is_rota
    owed = row.state == TaskState.OWED and row.first <= request.today
    act = reverse(duty.act, args=[row.subject]) if duty.act else reverse("duties:do", args=[row.pk])
    context = {
        "row": row, "duty": duty, "state": badge(row, request.today), "facts": _facts(row, duty),
        "files": list(files_of("duties.occurrence", row.pk)) if row.proof else [], "act": act if may and owed else "",
        "taking_back": forms.TakingBack() if may and row.state == TaskState.DONE and not row.evidence else None,
    }  # fmt: skip
    return render(request, "duties/occurrence.html", context)


@page("duties.do")
@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Enter what was done; short enough for a phone."""
    row, duty = queries.occurrence_in_area(by=request.actor, occurrence_id=occurrence_id)
    if duty.act:
        return redirect(duty.act, row.subject)
    if request.method == "GET" and row.state != TaskState.OWED:
        raise Refused("这一次已经办理，或不再需要办理。")
    initial = {"done_on": min(request.today, row.last)}
    made = forms.done_form(duty)
    form = made(request.POST or None, request.FILES or None, initial=initial, scope=request.actor.scope)

    def act() -> str:
        values, files = forms.split(duty, form.cleaned_data)
        words = {name: form.cleaned_data.get(name) for name in ("done_on", "minutes")} | {"note": form.cleaned_data["note"]}
        actions.do_duty(by=request.actor, on=request.today, occurrence_id=row.pk, values=values, files=files, **words)
        return reverse("duties:occurrence", args=[row.pk])

    return _carry_out(request, row, duty, form, act, title="登记办理", submit="登记", said="已登记。")


@page("duties.do")
@require_POST
def take_back(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    row, duty = queries.occurrence_in_area(by=request.actor, occurrence_id=occurrence_id)
    form = forms.TakingBack(request.POST)

    def act() -> str:
        actions.take_back(by=request.actor, on=request.today, occurrence_id=row.pk, why=form.cleaned_data["why"])
        return reverse("duties:occurrence", args=[row.pk])

    return _carry_out(request, row, duty, form, act, title="撤回登记", submit="撤回", said="已撤回，仍需办理。")


def _carry_out(request: HttpRequest, row: Any, duty: Duty, form: Any, act: Callable[[], str], **words: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (answer := attempt(by=request.actor, form=form, act=act)):
        messages.success(request, words["said"])
        return redirect(answer)
    back = reverse("duties:occurrence", args=[row.pk])
    context = {"form": form, "row": row, "duty": duty, "back": back, "name": f"{duty.zh}：{row.subject_zh}", **words}
    return render(request, "duties/act.html", context, status=422 if form.is_bound else 200)
