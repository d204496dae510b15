"""Help asked for on the web: the residents' pages with the public's connection, and the community's desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules import WishState
from linli.domains.assistance.views.common import acting, page_of
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.rules import Refused, page, public_page
from linli.kernel.publicity.actions import take_turn
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

PER_HOUR = 20
TONES = {WishState.OPEN: Tone.NOW, WishState.TAKEN: Tone.GOOD, WishState.DECLINED: Tone.QUIET}


def _badge(one: Any) -> Badge:
    state = WishState(one.state)
    return Badge(state.zh, TONES[state])


COLUMNS = (
    Column("number", "网上申请编号", kind="code", link=lambda one: reverse("assistance:wish", args=[one.pk])),
    Column("name", "申请人", kind="person"),
    Column("area", "所在地", kind="area", sort="area"),
    Column("since", "提交日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=_badge, sort="state"),
)


def _turn(request: HttpRequest, page_: str) -> None:
    take_turn(on=request.today, address=request.META.get("REMOTE_ADDR", ""), per_hour=PER_HOUR, page=page_)  # type: ignore[attr-defined]


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A family asks to be taken up, without an account."""
    form, number = forms.Ask(request.POST or None, places=queries.public_places(request.today)), ""
    if form.is_bound and form.is_valid():
        try:
            _turn(request, "assistance.ask")
            number = actions.ask_on_web(on=request.today, **form.cleaned_data)
        except Refused as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.message)
    status = 422 if form.is_bound and not number else 200
    return render(request, "assistance/ask.html", {"form": form, "number": number}, status=status)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """What became of it, for number and telephone together."""
    form, lines = forms.Follow(request.POST or None), None
    if form.is_bound and form.is_valid():
        try:
            _turn(request, "assistance.asked")
            lines = queries.public_progress(**form.cleaned_data)
            if lines is None:
                raise Refused("编号和电话不相符，请对照提交时告知的编号。")
        except Refused as fault:
            form.add_error(None, fault.message)
    status = 422 if form.is_bound and not lines else 200
    return render(request, "assistance/asked.html", {"form": form, "lines": lines}, status=status)


@page("assistance.read")
def wishes(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="网上救助申请", rows=lambda words: queries.wishes(**words), columns=COLUMNS, noun="份",
        filters=forms.WishSearch, name_of=lambda one: one.number, empty="没有网上申请。",
        export=recording(by=request.actor, verb="assistance.export", kind="assistance.wish"),
    )  # fmt: skip
    return listing.response("assistance/wishes.html")


@page("assistance.read")
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, wish_id: int) -> HttpResponse:
    """One wish with whom to call; the application that was taken for it, or why none was."""
    one, back = queries.wish_of(wish_id), reverse("assistance:wishes")
    record_seen(by=request.actor, verb="assistance.wish", kind="assistance.wish", subject=one.pk, area=one.area)
    form = forms.AnswerWish(request.POST or None)

    def act() -> str:
        actions.answer_wish(**acting(request), wish=one, **form.cleaned_data)
        return back

    if (answer := handle(request, form, act, said="已登记，申请人凭编号和电话可以看到。")) is not None:
        return answer
    may = one.state == WishState.OPEN and request.actor.may("assistance.apply")
    facts = [
        Fact("申请人", one.name), Fact("所在地", one.area, "area", note=one.address),
        *([Fact("电话", queries.wish_phone(one), "code")] if may else []), Fact("提交日期", one.since, "day"),
        *([Fact("代办人", f"{one.agent}（{one.agent_tie}）")] if one.agent else []), Fact("家庭遇到的困难", one.text),
        Fact("状态", WishState(one.state).zh, note=one.answer),
        *([Fact("案件", one.application.case.number, "code", href=page_of(one.application))] if one.application else []),
    ]  # fmt: skip
    words = {"wish": one, "form": form, "facts": facts, "may": may, "back": back}
    return render(request, "assistance/wish.html", words, status=422 if form.is_bound else 200)
