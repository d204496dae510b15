"""Rosters by month, the own shift, and swaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.areas import level_of
from linli.base.days import official_calendar
from linli.kernel.access.actions import attempt
from linli.kernel.access.rules import page
from linli.kernel.duties import actions, forms, queries
from linli.kernel.duties.rules import Everywhere, SwapState
from linli.kernel.duties.views.lists import around, chosen_month
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

ROTAS = (
    Column("zh", "值班安排", link=lambda duty: reverse("duties:roster", args=[duty.key])),
    Column("words", "要求"),
    Column("rhythm", "频次", value=lambda duty: duty.rhythm.zh),
    Column("basis", "依据", minor=True),
)


@page("duties.see")
@require_http_methods(["GET", "HEAD", "POST"])
def rosters(request: HttpRequest) -> HttpResponse:
    """The rotas that this post keeps or is told of."""
    rows = queries.rotas_for(request.actor)
    listing = Listing(request, rows=rows, columns=ROTAS, title="值班表", noun="项", ident="key", empty="本岗位没有值班安排。")
    return listing.response("duties/rosters.html")


@page("duties.see")
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, key: str) -> HttpResponse:
    """A month of one rota in one area: who is on duty, who is lacking; set by whoever may, printed on A4."""
    duty = next((one for one in queries.rotas_for(request.actor) if one.key == key), None)
    if duty is None:
        raise Http404
    month, area, choose = chosen_month(request)
    days = queries.roster(key, area, month)
    may = request.actor.may("duties.roster") and isinstance(duty.who, Everywhere) and level_of(area) is duty.who.level
    staff = [(str(one.pk), one.name) for one in queries.may_serve(area, request.today, key)] if may else []
    form = forms.RosterDay(request.POST or None, staff=staff) if may else None
    here = f"{reverse('duties:roster', args=[key])}?month={month:%Y-%m}&area={area}"
    if request.method == "POST" and form is not None and form.is_valid():

        def act() -> str:
            first = form.cleaned_data["day"]
            last = form.cleaned_data["through"] or first
            chosen = [int(one) for one in form.cleaned_data["staff"]]
            for number in range((last - first).days + 1):
                words = {"duty": key, "area": area, "day": first + timedelta(days=number), "staff": chosen}
                actions.set_roster(by=request.actor, on=request.today, **words)
            return here

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已排班。")
            return redirect(answer)
    before, after = around(month)
    context = {
        "duty": duty, "month": month, "area": area, "before": before, "after": after, "choose": choose, "form": form,
        "days": [(day, not official_calendar().is_working(day.day), day.day == request.today) for day in days],
        "lacking": sum(1 for day in days if day.lacking and day.day >= request.today), "mine": request.actor.staff_id,
    }  # fmt: skip
    return render(request, "duties/roster.html", context, status=422 if form is not None and form.is_bound else 200)


def _shift_facts(shift: Any, duty: Any) -> list[Fact]:
    facts = [
        Fact("事项", duty.zh), Fact("日期", shift.day, "day"), Fact("所在地", shift.area, "area"),
        Fact("值班人", shift.staff.name), Fact("要求", duty.words),
    ]  # fmt: skip
    if shift.attended_on:
        facts += [Fact("到岗登记", shift.attended_on, "day"), Fact("值班记事", shift.note or None)]
    return facts


@page("duties.see")
@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """One shift: the person on duty says that he or she came, or asks another to take it."""
    one = queries.shift_in_area(by=request.actor, shift_id=shift_id)
    duty = queries.duty_on(one.duty, one.day)
    own = one.staff_id == request.actor.staff_id and request.actor.may("duties.do") and one.attended_on is None
    shown = request.method == "POST" or (own and one.day == request.today)  # a second click meets its first answer
    form = forms.Attending(request.POST or None) if shown else None
    if request.method == "POST" and form is not None and form.is_valid():

        def act() -> str:
            actions.attend(by=request.actor, on=request.today, shift_id=one.pk, **form.cleaned_data)
            return reverse("duties:shift", args=[one.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已登记到岗。")
            return redirect(answer)
    asking = forms.Asking(staff=_others(one, request)) if own and one.day >= request.today else None
    context = {"shift": one, "duty": duty, "facts": _shift_facts(one, duty), "form": form, "asking": asking}
    return render(request, "duties/shift.html", context, status=422 if form is not None and form.is_bound else 200)


def _others(one: Any, request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in queries.may_serve(one.area, request.today, one.duty) if row.pk != one.staff_id]


@page("duties.do")
@require_http_methods(["GET", "POST"])
def ask_swap(request: HttpRequest, shift_id: int) -> HttpResponse:
    one = queries.shift_in_area(by=request.actor, shift_id=shift_id)
    form = forms.Asking(request.POST or None, staff=_others(one, request))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.ask_swap(by=request.actor, on=request.today, shift_id=one.pk, **form.cleaned_data)
            return reverse("duties:shift", args=[one.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已提出换班，待对方同意。")
            return redirect(answer)
    context = {"form": form, "back": reverse("duties:shift", args=[one.pk]), "title": "申请换班", "submit": "提出换班"}
    return render(request, "duties/act.html", context, status=422 if form.is_bound else 200)


@page("duties.do")
@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, swap_id: int) -> HttpResponse:
    """A request to take a shift, for the one who is asked."""
    one = queries.swap_in_area(by=request.actor, swap_id=swap_id)
    duty = queries.duty_on(one.shift.duty, one.shift.day)
    waits = request.method == "POST" or (one.state == SwapState.ASKED and one.to_id == request.actor.staff_id)
    form = forms.Answering(request.POST or None) if waits else None
    if request.method == "POST" and form is not None and form.is_valid():

        def act() -> str:
            agree = form.cleaned_data["agree"] == "yes"
            actions.answer_swap(by=request.actor, on=request.today, swap_id=one.pk, agree=agree)
            return reverse("duties:swap", args=[one.pk])

        if answer := attempt(by=request.actor, form=form, act=act):
            messages.success(request, "已答复。")
            return redirect(answer)
    facts = [
        Fact("事项", duty.zh), Fact("日期", one.shift.day, "day"), Fact("申请人", one.asked_by.name),
        Fact("请谁接替", one.to.name), Fact("原因", one.why), Fact("状态", SwapState(one.state).zh),
    ]  # fmt: skip
    context = {"swap": one, "facts": facts, "form": form}
    return render(request, "duties/swap.html", context, status=422 if form is not None and form.is_bound else 200)
