"""Saved views: the bar above every list sends its name and filter here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linli.kernel.access import actions
from linli.kernel.access.rules import page
from linli.kernel.ui.forms import Confirm


@page("access.keep_view")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filter, and show the list with it."""
    sent = {name: request.POST.get(name, "") for name in ("page", "name", "words")}

    def act() -> str:
        return f"{sent['page']}?{actions.keep_view(by=request.actor, on=request.today, **sent)}"

    return _once(request, act, "已保存为视图。")


@page("access.keep_view")
@require_POST
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget one, and show the whole list."""
    return _once(request, lambda: actions.drop_view(by=request.actor, on=request.today, view_id=view_id), "已删去视图。")


def _once(request: HttpRequest, act: Callable[[], str], said: str) -> HttpResponse:
    """Act once and go where the act says; what the office refuses is a page of its own, for the list has no room for it."""
    form = Confirm(request.POST)
    form.is_valid()
    answer = actions.once(by=request.actor, key=form.key, body=form.body, act=act)
    messages.success(request, said)
    return redirect(answer)
