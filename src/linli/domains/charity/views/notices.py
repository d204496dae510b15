"""The town's notice, the batch that passes after it, and the published list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linli.domains.charity import actions, forms, queries
from linli.kernel.access.actions import attempt
from linli.kernel.access.rules import page
from linli.kernel.publicity.queries import notice as notice_by_id


@page("charity.notice")
@require_POST
def draft(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft the notice and look at it in the public form before it goes up."""
    one = queries.campaign(campaign_id)
    made = actions.draft_notice_for(by=request.actor, on=request.today, campaign=one)
    messages.success(request, f"公示稿已拟好，共{made.item_count}户。请核对后发布。")
    return redirect(reverse("publicity:notice", args=[made.pk]))


@page("charity.notice")
@require_POST
def show(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Publish a draft that was looked at."""
    draft = notice_by_id(notice_id)
    if draft is None:
        raise Http404
    shown = actions.show_notice(by=request.actor, on=request.today, notice=draft)
    messages.success(request, f"已发布，公示至{shown.until}（含当日）。期间停止计时，期满后方可上报。")
    return redirect(reverse("publicity:notice", args=[shown.pk]))


@page("charity.review")
@require_POST
def pass_on(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Pass everything whose notice is over to the federation."""
    one, form = queries.campaign(campaign_id), forms.PassNoticed(request.POST)
    back = reverse("charity:campaign", args=[campaign_id])
    if form.is_valid():
        lines = []

        def act() -> str:
            lines.extend(actions.pass_noticed(by=request.actor, on=request.today, campaign=one, **form.cleaned_data))
            return back

        if answer := attempt(by=request.actor, form=form, act=act):
            done = sum(line.done for line in lines)
            messages.success(request, f"已上报{done}件。")
            for line in [line for line in lines if not line.done][:20]:
                messages.warning(request, f"{line.number}：{line.message}")
            return redirect(answer)
    context = {"form": form, "title": "公示期满上报", "back": back, "submit": "上报"}
    return render(request, "charity/form_page.html", context, status=422)


@page("charity.publish")
@require_POST
def publish(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft the list of the helped and look at it in the public form before it goes up."""
    made = actions.draft_list(by=request.actor, on=request.today, campaign=queries.campaign(campaign_id))
    messages.success(request, f"名单稿已拟好，共{made.item_count}户。请核对后发布。")
    return redirect(reverse("publicity:notice", args=[made.pk]))
