"""Posting families: what waits in each community, what is on show, passing on afterwards."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linli.domains.assistance import actions, forms, queries
from linli.kernel.access.actions import handle, press
from linli.kernel.access.rules import page


def _steps(request: HttpRequest) -> tuple[str, ...]:
    """The steps at which this actor posts."""
    return ("second",) if request.actor.may("assistance.approve") else ("first", "notice")


@page("assistance.post")
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """Families that wait to be posted, by community, and those on show with their last day."""
    steps = [
        (key, queries.POSTS[key], sorted(Counter(one.area for one in queries.waiting(key)).items()),
         queries.on_show(key, request.today), forms.PassPosted(auto_id=f"{key}_%s"))
        for key in _steps(request)
    ]  # fmt: skip
    return render(request, "assistance/postings.html", {"steps": steps})


@page("assistance.post")
@require_POST
def draft(request: HttpRequest, step: str, area: str) -> HttpResponse:
    """Draft the notice of a community; it is looked at in the public form before it goes up."""
    if step not in _steps(request):
        raise Http404
    back = reverse("assistance:postings")

    def act() -> str:
        made = actions.draft_posting(by=request.actor, on=request.today, step=step, area=area)
        if len(made) == 1:
            messages.success(request, "公示稿已拟好。请核对后发布。")
            return reverse("publicity:notice", args=[made[0].pk])
        names = "、".join(f"“{one.kind_zh}”" for one in made)
        messages.success(request, f"已拟好{len(made)}份公示稿：{names}。请从下面的“待发布”逐份打开，核对后发布。")
        return back

    return press(request, act, back=back)


@page("assistance.post")
@require_POST
def pass_on(request: HttpRequest, step: str) -> HttpResponse:
    """Pass on every family whose days on show are over."""
    if step not in _steps(request):
        raise Http404
    form, back = forms.PassPosted(request.POST), reverse("assistance:postings")

    def act() -> str:
        lines: list[Any] = actions.pass_posted(by=request.actor, on=request.today, step=step, **form.cleaned_data)
        messages.success(request, f"已办理{sum(line.done for line in lines)}件。")
        for line in [line for line in lines if not line.done][:20]:
            messages.warning(request, f"{line.number}：{line.message}")
        return back

    if (answer := handle(request, form, act)) is not None:
        return answer
    words = {"form": form, "title": "公示期满办理", "submit": "办理", "back": back}
    return render(request, "assistance/form_page.html", words, status=422)
