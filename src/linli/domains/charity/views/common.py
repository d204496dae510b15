"""What the pages of charity share: carrying out a form or a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access.actions import handle


def carry_out(
    request: HttpRequest, form: Any, do: Callable[..., Any], *, title: str, back: str, submit: str, said: str, **words: Any
) -> HttpResponse:
    """Do this action with what was filled in, once, and go back; show the form alone when something is wrong with it."""

    def act() -> str:
        do(by=request.actor, on=request.today, **words, **form.cleaned_data)
        return back

    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    context = {"form": form, "title": title, "back": back, "submit": submit}
    return render(request, "charity/form_page.html", context, status=422)
