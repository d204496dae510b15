"""Pages for residents. They use the public's connection and nothing else, and are forgotten soon after the term."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.days import SHANGHAI
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity import actions, forms, queries
from linli.kernel.publicity.rules import RECEIPT, MessageKind
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column

LINES = 200
LONGEST_KEPT = 300

COLUMNS = (
    Column("title", "公示", link=lambda row: reverse("publicity:public_notice", args=[row.pk])),
    Column("area_name", "区域", sort="area"),
    Column("published_on", "发布日期", kind="day", sort=True),
    Column("until", "公示至", kind="day", sort=True),
    Column("item_count", "条数", kind="count", minor=True),
)


def _short_lived(response: HttpResponse) -> HttpResponse:
    """A copy may be kept for five minutes at most and never past midnight; search engines keep none."""
    now = timezone.now().astimezone(SHANGHAI)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), SHANGHAI)
    seconds = min(LONGEST_KEPT, int((midnight - now).total_seconds()))
    response["Cache-Control"] = f"private, max-age={seconds}"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@public_page
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    areas, kinds = queries.choices_published(request.today)
    listing = Listing(
        request, title="公示", rows=lambda words: queries.published(on=request.today, **words), columns=COLUMNS,
        filters=partial(forms.PublicSearch, areas=areas, kinds=kinds), noun="份", empty="目前没有正在公示的事项。", export=None,
    )  # fmt: skip
    return _short_lived(listing.response("publicity/public_list.html"))


@public_page
@require_safe
def public_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    shown = queries.published_notice(notice_id, on=request.today)
    if shown is None:
        return _gone(request)
    page = Paginator(queries.published_items(shown), LINES).get_page(request.GET.get("page"))
    words = {"notice": shown, "sheet": queries.sheet(shown, page.object_list), "page": page}
    return _short_lived(render(request, "publicity/public_notice.html", words))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def public_message(request: HttpRequest, notice_id: int) -> HttpResponse:
    shown = queries.published_notice(notice_id, on=request.today)
    if shown is None or not shown.objection:
        return _gone(request)
    form = forms.Message(request.POST or None)
    if request.method == "POST" and form.is_valid() and (receipt := _send(request, form, shown)):
        return redirect("publicity:public_received", receipt)
    return render(request, "publicity/public_message.html", {"notice": shown, "form": form}, status=422 if form.is_bound else 200)


def _send(request: HttpRequest, form: forms.Message, shown) -> str | None:
    """Put the message into the inbox; None when it was refused, and the form says why."""
    words = form.cleaned_data
    number = words["item_number"]
    if number is not None and not queries.has_item(shown, number):
        form.add_error("item_number", f"这份公示没有第{number}号，请核对序号。")
        return None
    try:
        return actions.send_message(
            on=request.today, key=form.key, body=form.body, address=actions.address_of(request), notice_id=shown.pk,
            kind=MessageKind(words["kind"]), item_number=number, text=words["text"], name=words["name"] or "",
            contact=words["contact"] or "",
        )  # fmt: skip
    except Refused as fault:
        form.add_error(None, fault.message)
        return None


@public_page
@require_safe
def public_received(request: HttpRequest, receipt: str) -> HttpResponse:
    if not re.fullmatch(RECEIPT, receipt):
        return _gone(request)
    return render(request, "publicity/public_received.html", {"receipt": receipt})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "publicity/public_gone.html", status=404)
