"""Setting what a document asks of a figure in a year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.kernel.access.actions import handle
from linli.kernel.access.rules import page
from linli.kernel.figures import actions, forms
from linli.kernel.figures.rules import year_period
from linli.kernel.figures.views.figures import address, chosen, figure_or_404


@page("figures.target")
@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, key: str) -> HttpResponse:
    """The target of a year for one area; a new one takes the place of the former, which is kept."""
    one = figure_or_404(key)
    period, area, _ = chosen(request)
    first = {"year": period.last.year, "area": area}
    form = forms.SetTarget(request.POST or None, initial=first, scope=request.actor.scope, unit=one.unit, on=request.today)

    def act() -> str:
        given = form.cleaned_data
        actions.set_target(by=request.actor, on=request.today, key=one.key, **given)
        return address("figures:figure", one, year_period(given["year"]), given["area"])

    if (answer := handle(request, form, act, said="目标已登记。")) is not None:
        return answer
    words = {"figure": one, "form": form, "back": address("figures:figure", one, period, area)}
    return render(request, "figures/target.html", words, status=422 if form.is_bound else 200)
