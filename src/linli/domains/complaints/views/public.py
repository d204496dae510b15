"""Pages for residents: answers that everybody may read, a form for a complaint or petition, and how it stands."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.complaints import actions, forms, queries
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, may_look_up
from linli.kernel.publicity.rules import RECEIPT
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column

NOT_FOUND = "没有这个回执号。请对照提交后显示的回执号核对，10位字母和数字。"
COLUMNS = (
    Column("title", "投诉和信访", link=lambda one: reverse("complaints:public_answer", args=[one.pk])),
    Column("matter", "事项", minor=True),
    Column("unit", "承办单位"),
    Column("received_on", "受理日期", kind="day", minor=True),
    Column("replied_on", "答复日期", kind="day", minor=True),
    Column("published_on", "公开日期", kind="day"),
)


@public_page
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What was asked and what came of it, by month and words."""
    listing = Listing(
        request, title="办理结果", rows=lambda words: queries.public_answers(**words), columns=COLUMNS, noun="件", export=None,
        filters=partial(forms.PublicSearch, months=queries.months_public()), empty="没有公开的办理结果。",
    )  # fmt: skip
    return listing.response("complaints/public.html")


@public_page
@require_safe
def public_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    shown = queries.public_answer(answer_id)
    return render(request, "complaints/public_answer.html", {"shown": shown}, status=200 if shown else 404)


def _turn(request: HttpRequest, form: Any) -> bool:
    return may_look_up(request, form, page="complaints.progress", number=form.cleaned_data["receipt"])


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def write_letter(request: HttpRequest) -> HttpResponse:
    form = forms.Write(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            given = form.cleaned_data
            receipt = actions.send_letter(
                on=request.today, key=form.key, body=form.body, address=address_of(request), kind=given["kind"],
                centre=given["centre"], content=form.content(),
            )  # fmt: skip
            return redirect("complaints:received", receipt)
        except Refused as fault:
            form.add_error(None, fault.message)
    return render(request, "complaints/public_write.html", {"form": form}, status=422 if form.is_bound else 200)


@public_page
@require_safe
def received(request: HttpRequest, receipt: str) -> HttpResponse:
    known = receipt if re.fullmatch(RECEIPT, receipt) else ""
    return render(request, "complaints/public_received.html", {"receipt": known}, status=200 if known else 404)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """How a letter stands, by its receipt, which travels in the body."""
    form, told = forms.LookUp(request.POST or None), None
    if form.is_bound and form.is_valid() and _turn(request, form):
        told = queries.progress(form.cleaned_data["receipt"])
        if not told:
            form.add_error("receipt", NOT_FOUND)
    words = {"form": form, "told": told, "receipt": form.cleaned_data.get("receipt", "") if told else ""}
    return render(request, "complaints/public_progress.html", words, status=422 if form.is_bound and not told else 200)
