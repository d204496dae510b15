"""The town's notice, the batch that passes after it, and the published list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linli.domains.charity import actions, forms, queries
from linli.kernel.access.actions import handle, press
from linli.kernel.access.rules import page


@page("charity.notice")
@require_POST
def draft(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft the notice; it is looked at in the public form before it goes up."""
    return _draft(request, campaign_id, actions.draft_notice_for, "公示稿已拟好。请核对后发布。")


@page("charity.publish")
@require_POST
def publish(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft the list of the helped; it is looked at in the public form before it goes up."""
    return _draft(request, campaign_id, actions.draft_list, "名单稿已拟好。请核对后发布。")


def _draft(request: HttpRequest, campaign_id: int, do: Callable[..., Any], said: str) -> HttpResponse:
    one = queries.campaign(campaign_id)

    def act() -> str:
        made = do(by=request.actor, on=request.today, campaign=one)
        return reverse("publicity:notice", args=[made.pk])

    return press(request, act, back=reverse("charity:campaign", args=[one.pk]), said=said)


@page("charity.review")
@require_POST
def pass_on(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Pass everything whose notice is over to the federation."""
    one, form = queries.campaign(campaign_id), forms.PassNoticed(request.POST)
    back = reverse("charity:campaign", args=[campaign_id])

    def act() -> str:
        lines = actions.pass_noticed(by=request.actor, on=request.today, campaign=one, **form.cleaned_data)
        messages.success(request, f"已上报{sum(line.done for line in lines)}件。")
        for line in [line for line in lines if not line.done][:20]:
            messages.warning(request, f"{line.number}：{line.message}")
        return back

    if (answer := handle(request, form, act)) is not None:
        return answer
    context = {"form": form, "title": "公示期满上报", "back": back, "submit": "上报"}
    return render(request, "charity/form_page.html", context, status=422)
