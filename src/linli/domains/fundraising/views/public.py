"""For donors: what became of a gift, with the receipt's number and check word. Only the public's connection is used."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.fundraising import forms, queries
from linli.kernel.access.rules import public_page


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer. The check word travels in the body, never in an address."""
    form = forms.Query(request.POST or None, initial={"number": request.GET.get("number", "")[:60]})
    shown = None
    if form.is_bound and form.is_valid():
        shown = queries.published_receipt(form.cleaned_data["number"], form.cleaned_data["word"])
        if shown is None:
            form.add_error(None, "票据编号和校验码不相符，请对照票据核对后再查。如仍查不到，请与开具票据的单位联系。")
    status = 422 if form.is_bound and shown is None else 200
    return render(request, "fundraising/query.html", {"form": form, "shown": shown}, status=status)
