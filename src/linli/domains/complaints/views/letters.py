"""The box of letters from the public page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.domains.complaints import actions, forms, queries
from linli.domains.complaints.rules import LetterKind
from linli.domains.complaints.views.common import carry_out
from linli.kernel.access.actions import handle, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone


def _address(one: Any) -> str:
    return reverse("complaints:letter", args=[one.receipt])


def _said(content: dict[str, str]) -> str:
    """What the order says: the sender's own words, and whom they named in theirs."""
    named = [f"{zh}：{content[key]}" for key, zh in (("unit", "反映的单位"), ("staff", "工作人员")) if content[key]]
    return f"{content['text']}\n（{'；'.join(named)}）" if named else content["text"]


def _state(one: Any) -> Badge:
    if one.done_on is None:
        return Badge("待拆阅", Tone.WARN)
    return Badge(f"已受理 {one.order}", Tone.GOOD) if one.order else Badge("不予受理")


COLUMNS = (
    Column("receipt", "回执号", kind="code", link=_address),
    Column("kind", "类别", value=lambda one: LetterKind(one.kind).zh),
    Column("centre", "反映受理中心", value=lambda one: "是" if one.centre else "", minor=True),
    Column("received_on", "收到日期", kind="day", sort="received_at"),
    Column("state", "状态", kind="state", value=_state),
    Column("done_by", "经办人", value=lambda one: one.done_by.name if one.done_by else "", minor=True),
)


@page("complaints.collect")
def letters(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="网上来信", rows=lambda words: queries.letters(**words), columns=COLUMNS, filters=forms.LetterSearch,
        noun="封", ident="receipt", name_of=lambda one: one.receipt, empty="没有网上来信。",
    )  # fmt: skip
    return listing.response("complaints/letters.html")


@page("complaints.collect")
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, receipt: str) -> HttpResponse:
    """Read it, and take it: the form knows already what was written."""
    one = queries.letter(receipt, request.actor)
    record_seen(by=request.actor, verb="complaints.open", kind="complaints.letter", subject=one.receipt)
    content = queries.content_of_letter(one)
    if one.done_on is not None:
        words = {"letter": one, "badge": _state(one), "content": content}
        return render(request, "complaints/letter.html", words)
    initial = {"channel": "web", "caller": content["name"], "phone": content["phone"]}
    form = forms.taking(
        request.POST or None, scope=request.actor.scope, units=queries.units(request.today), every=True, initial=initial,
        told=True,
    )  # fmt: skip

    def act() -> str:
        given = form.cleaned_data
        staff = queries.staff_of_unit(given["about"], given["about_staff"], request.today)
        actions.take_letter(
            by=request.actor, at=moment(request), letter=one, intake=form.intake(staff, _said(content)), paper=form.paper()
        )
        return reverse("complaints:letters")

    if (answer := handle(request, form, act, said="已受理并分办。")) is not None:
        return answer
    facts = [
        Fact("类别", LetterKind(one.kind).zh), Fact("反映的单位", content["unit"]),
        Fact("反映的工作人员", content["staff"] or "没有写"), Fact("收到日期", one.received_on, "day"),
        Fact("姓名", content["name"] or "没有写"), Fact("电话", content["phone"] or "没有写"),
    ]  # fmt: skip
    words = {"letter": one, "badge": _state(one), "facts": facts, "form": form, "content": content}
    return render(request, "complaints/letter.html", words, status=422 if form.is_bound else 200)


@page("complaints.collect")
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, receipt: str) -> HttpResponse:
    one = queries.letter(receipt, request.actor)
    if one.done_on is not None and request.method == "GET":
        raise Refused("这封来信已经办理。")
    form = forms.SetAside(request.POST or None)

    def act() -> str:
        actions.set_letter_aside(by=request.actor, on=request.today, letter=one, **form.cleaned_data)
        return reverse("complaints:letters")

    return carry_out(
        request, form, act, title=f"不予受理：{one.receipt}", submit="不予受理", back=_address(one), said="已登记不予受理。",
        crumbs=(("网上来信", reverse("complaints:letters")), (one.receipt, _address(one))),
    )  # fmt: skip
