"""The registers of the network: one page that leads to them, a session of the joint office, the monthly sheet of opinions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.domains.hall import forms, queries
from linli.domains.hall.books import BOOKS, DUTIES
from linli.domains.hall.rules.network import SESSIONS, Source
from linli.kernel.access.rules import page
from linli.kernel.duties.queries import duties_for, rotas_for
from linli.kernel.registry.queries import area_name


@page("hall.see")
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Halls, windows, points, systems, sessions and opinions of this area, and the recurring work that belongs to them."""
    both = queries.both_centres(request.today).values("area").distinct().count()
    actor, may = request.actor, request.actor.may("duties.see")
    rotas = {duty.key for duty in rotas_for(actor)}
    mine = {duty.key for duty in DUTIES if duty.key in (rotas if duty.is_rota else duties_for(actor))} if may else set()
    words = {"books": BOOKS, "duties": DUTIES, "both": both, "mine": mine}
    return render(request, "hall/network.html", words)


@page("figures.see")
@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """The public service centre: five systems under one roof, each with who answers for it and its work of day and month."""
    form = forms.CentreDay(request.GET or None)
    day = _asked(form, "day", request.today)
    words = {"form": form, "day": day, "area_name": area_name(request.actor.area, day)}
    return render(request, "hall/centre.html", words | {"systems": queries.systems_of(day, request.actor.area, request.actor)})


def _asked(form: Any, name: str, today: date) -> date:
    """What was asked for, else today; the form says why it was not taken."""
    asked: date | None = form.cleaned_data[name] if form.is_bound and form.is_valid() else None
    if asked and asked > today:
        form.add_error(name, f"还没有到，最晚可以看{today}，下面是今天的。")
    return asked if asked and asked <= today else today


@page("hall.serve")
@require_safe
def hold_session(request: HttpRequest, subject: str) -> HttpResponse:
    """A session is entered in its register, which does the duty."""
    return redirect(reverse("records:new", args=[SESSIONS]))


@page("hall.see")
@require_safe
def opinion_sheet(request: HttpRequest) -> HttpResponse:
    """The summary sheet of a month (社情民意汇总表), by topic and source; prints on A4."""
    form = forms.SheetMonth(request.GET or None)
    month = _asked(form, "month", request.today)
    words = {
        "form": form, "month": month, "sources": [source.zh for source in Source],
        "area_name": area_name(request.actor.area, month), "lines": queries.opinions_of(month, request.actor.area),
    }  # fmt: skip
    return render(request, "hall/opinion_sheet.html", words)
