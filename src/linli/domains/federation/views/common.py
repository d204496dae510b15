"""What the pages share: carrying out a form, the days of a year, an exported list in the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.domains.federation import forms
from linli.kernel.access.actions import handle, recording

Trail = tuple[tuple[str, str], ...]


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: Trail, said: str, **more: Any
) -> HttpResponse:
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], **more}
    return render(request, "federation/form_page.html", words, status=422 if form.is_bound else 200)


def chosen_days(request: HttpRequest) -> tuple[date, date]:
    """The days of the year that the address names, until today; of this year where it names none."""
    form, on = forms.YearSearch(request.GET, on=request.today), request.today
    year = (form.cleaned_data["year"] if form.is_valid() else None) or on.year
    return date(year, 1, 1), min(date(year, 12, 31), on)


def by_year(request: HttpRequest, blank: str = "本年", form: type[forms.YearSearch] = forms.YearSearch) -> Any:
    """The filter by year, for a list of this request."""
    return partial(form, on=request.today, blank=blank)


def exporting(request: HttpRequest, kind: str, subject: str = "") -> Callable[[str, int], None]:
    """The line in the trail for a list that is exported."""
    return recording(by=request.actor, verb="federation.export", kind=kind, subject=subject)
