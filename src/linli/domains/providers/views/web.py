"""For residents, without an account: services and prices, asking for one, confirming one; with the public's connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from linli.domains.providers import actions, forms, queries
from linli.kernel.access.queries import business_moment
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, has_turn, may_look_up
from linli.kernel.publicity.queries import progress_page

PER_HOUR = 20


def _taken(form: Any, act: Callable[[], object]) -> bool:
    """Act; whether it was taken. A refusal stands at its field."""
    try:
        act()
    except Refused as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        return False
    return True


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def web(request: HttpRequest) -> HttpResponse:
    """What there is at which price, and the form to ask for it."""
    on = request.today
    days = [on + timedelta(days=number) for number in range(actions.MOST_DAYS + 1)]
    words = {"services": queries.public_services(on), "places": queries.public_places(on), "days": days}
    form = forms.WebWish(request.POST or None, **words)
    told: list[Any] = []
    turn = {"on": on, "address": address_of(request), "per_hour": PER_HOUR, "page": "providers.wish"}
    if form.is_bound and form.is_valid() and has_turn(form, **turn):
        _taken(form, lambda: told.append(actions.wish_from_web(on=on, **form.cleaned_data)))
    words = {"form": form, "groups": queries.public_offers(on), "told": told[0] if told else None, "way": progress_page()}
    return render(request, "providers/web.html", words, status=422 if form.is_bound and not told else 200)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def web_confirm(request: HttpRequest) -> HttpResponse:
    """Whoever holds number and code says how it went, once for each visit."""
    form = forms.WebReply(request.POST or None)
    thanked = False
    if form.is_bound and form.is_valid() and may_look_up(
        request, form, page="providers.confirm", number=form.cleaned_data["number"]
    ):
        at = business_moment()
        thanked = _taken(form, lambda: actions.reply_from_web(at=at, **form.cleaned_data))
    words = {"form": form, "thanked": thanked}
    return render(request, "providers/web_confirm.html", words, status=422 if form.is_bound and not thanked else 200)
