"""What the pages share: finding the person or household of the address, and carrying out a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access.actions import handle, recording
from linli.kernel.registry import queries


def person_of(person_id: int) -> Any:
    """The person of the address (the survivor of a merged one); an address of another area does not exist."""
    person = queries.person_by_id(person_id)
    if person is None:
        raise Http404
    return person


def household_of(household_id: int) -> Any:
    """The household of the address."""
    household = queries.household_by_id(household_id)
    if household is None:
        raise Http404
    return household


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, back: str, submit: str, said: str = "已办理。",
    crumbs: tuple[tuple[str, str], ...] = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "back": back, "submit": submit, "steps": crumbs, "note": note}
    return render(request, "registry/form.html", words, status=422 if form.is_bound else 200)


def export_of(request: HttpRequest) -> Any:
    """The hook that writes the audit line of an export; None for who may not export."""
    if not request.actor.may("registry.export"):
        return None
    return recording(by=request.actor, verb="registry.export", kind="registry.person")
