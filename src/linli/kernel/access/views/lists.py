"""Saved views: the bar above every list sends its name and filter here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linli.kernel.access import actions
from linli.kernel.access.rules import page


@page("access.keep_view")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filter, and show the list with it."""
    sent = {name: request.POST.get(name, "") for name in ("page", "name", "words")}
    words = actions.keep_view(by=request.actor, on=request.today, **sent)
    messages.success(request, "已保存为视图。")
    return redirect(f"{sent['page']}?{words}")


@page("access.keep_view")
@require_POST
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget one, and show the whole list."""
    address = actions.drop_view(by=request.actor, on=request.today, view_id=view_id)
    messages.success(request, "已删去视图。")
    return redirect(address)
