"""What the pages share: carrying out a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access.actions import handle


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: tuple[tuple[str, str], ...],
    said: str = "已办理。", facts: Any = (), note: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], "facts": facts, "note": note}
    return render(request, "medical/form_page.html", words, status=422 if form.is_bound else 200)
