"""Posting requests: what waits in each community, what is on show, passing on afterwards."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linli.domains.relief import actions, forms, queries
from linli.domains.relief.views.common import carry_out
from linli.kernel.access.actions import press
from linli.kernel.access.rules import page


@page("relief.post")
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    words = {
        "areas": sorted(Counter(one.area for one in queries.waiting()).items()), "shown": queries.on_show(request.today),
        "form": forms.PassPosted(),
    }  # fmt: skip
    return render(request, "relief/postings.html", words)


@page("relief.post")
@require_POST
def draft(request: HttpRequest, area: str) -> HttpResponse:
    """Draft the notice of a community; it is looked at in the public form before it goes up."""

    def act() -> str:
        made = actions.draft_posting(by=request.actor, on=request.today, area=area)
        return reverse("publicity:notice", args=[made.pk])

    return press(request, act, back=reverse("relief:postings"), said="公示稿已拟好。请核对后发布。")


@page("relief.post")
@require_POST
def pass_on(request: HttpRequest) -> HttpResponse:
    """Pass on every request whose days on show are over."""
    form, back = forms.PassPosted(request.POST), reverse("relief:postings")

    def act() -> str:
        lines = actions.pass_posted(by=request.actor, on=request.today, **form.cleaned_data)
        messages.success(request, f"已办理{sum(line.done for line in lines)}件。")
        for line in [line for line in lines if not line.done][:20]:
            messages.warning(request, f"{line.number}：{line.message}")
        return back

    return carry_out(request, form, act, title="公示期满办理", submit="办理", back=back, said="")
