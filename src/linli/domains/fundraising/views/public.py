"""For donors: what became of a gift, with the receipt's number and check word. Only the public's connection is used."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.fundraising import forms, queries
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, take_turn

PER_HOUR = 60
NOT_FOUND = "票据编号和校验码不相符，请对照票据核对后再查。如仍查不到，请与开具票据的单位联系。"


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer. The check word travels in the body, never in an address."""
    form = forms.Query(request.POST or None, initial={"number": request.GET.get("number", "")[:60]})
    shown = None
    if form.is_bound and form.is_valid():
        shown = _find(request, form)
    status = 422 if form.is_bound and shown is None else 200
    return render(request, "fundraising/query.html", {"form": form, "shown": shown}, status=status)


def _find(request: HttpRequest, form: forms.Query) -> Any:
    """The receipt; None with a word on the form when it does not fit or this address asks too often."""
    try:
        take_turn(on=request.today, address=address_of(request), per_hour=PER_HOUR, page="fundraising.query")
    except Refused as fault:
        form.add_error(None, fault.message)
        return None
    shown = queries.published_receipt(form.cleaned_data["number"], form.cleaned_data["word"])
    if shown is None:
        form.add_error(None, NOT_FOUND)
    return shown
