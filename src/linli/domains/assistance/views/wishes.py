"""What came over the network, for the community that was chosen: read it, take it up as an application, or say why not."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.masking import mask_id, mask_phone
from linli.domains.assistance import actions, forms, queries
from linli.domains.assistance.rules.wishes import Decline, WishState
from linli.domains.assistance.views.applications import applying
from linli.domains.assistance.views.common import acting, page_of
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, DaysLeft, Fact, Tone

TONES = {WishState.OPEN: Tone.NOW, WishState.TAKEN: Tone.GOOD, WishState.DECLINED: Tone.QUIET}


def _here(one: Any) -> str:
    return reverse("assistance:wish", args=[one.pk])


def _badge(one: Any) -> Badge:
    state = WishState(one.state)
    return Badge(state.zh, TONES[state])


def _case(one: Any) -> str:
    return one.application.case.number if one.application else ""


@page("assistance.read")
def wishes(request: HttpRequest) -> HttpResponse:
    link = _here if request.actor.may("assistance.answer") else None
    columns = (
        Column("number", "网上申请编号", kind="code", link=link),
        Column("name", "申请人", kind="person"), Column("area", "村（社区）", kind="area", sort="area"),
        Column("agent", "代办人", value=lambda one: "有" if one.agent else "—", minor=True),
        Column("since", "提交日期", kind="day", sort=True),
        Column("left", "答复期限", kind="days_left", value=lambda one: _left(one, request)),
        Column("state", "状态", kind="state", value=_badge),
        Column("case", "案件编号", kind="code", value=_case, minor=True),
    )  # fmt: skip
    listing = Listing(
        request, title="网上救助申请", rows=lambda words: queries.wishes(**words), columns=columns,
        filters=partial(forms.WishSearch, scope=request.actor.scope), noun="份", name_of=lambda one: one.number,
        empty="没有网上申请。",
        export=recording(by=request.actor, verb="assistance.export", kind="assistance.wish"),
    )  # fmt: skip
    return listing.response("assistance/wishes.html")


def _left(one: Any, request: HttpRequest) -> DaysLeft | None:
    return DaysLeft((queries.wish_due(one.since, one.area).day - request.today).days) if one.state == WishState.OPEN else None


@page("assistance.answer")
@require_safe
def wish(request: HttpRequest, wish_id: int) -> HttpResponse:
    """What somebody told, whether the registry knows the applicant, and what to do next."""
    one = queries.wish_of(wish_id)
    record_seen(by=request.actor, verb="assistance.wish", kind="assistance.wish", subject=one.pk, area=one.area)
    return _shown(request, one)


def _shown(request: HttpRequest, one: Any, clear: tuple[str, str] | None = None) -> HttpResponse:
    waiting = one.state == WishState.OPEN
    words = {
        "wish": one, "badge": _badge(one), "facts": _facts(one, clear), "waiting": waiting, "clear": clear,
        "person": queries.applicant_of(one) if waiting else None, "due": queries.wish_due(one.since, one.area),
    }  # fmt: skip
    return render(request, "assistance/wish.html", words)


def _facts(one: Any, clear: tuple[str, str] | None) -> list[Fact]:
    facts = [Fact("村（社区）", one.area, "area"), Fact("提交日期", one.since, "day")]
    facts = [Fact("个人信息清除日期", one.forgotten_on, "day"), *facts] if one.forgotten_on else _told(one, clear) + facts
    if one.application:
        facts.append(Fact("救助申请", one.application.case.number, "code", href=page_of(one.application)))
    if one.answered_on:
        facts.append(Fact("答复", f"{one.answered_on:%Y年%-m月%-d日}，{one.by.name if one.by else ''}".rstrip("，")))
    return facts


def _told(one: Any, clear: tuple[str, str] | None) -> list[Fact]:
    identity, phone = clear or (mask_id(queries.wish_identity(one)), mask_phone(queries.wish_phone(one)))
    return [
        Fact("申请人", one.name), *([Fact("身份证号", identity, "code")] if identity else []), Fact("联系电话", phone, "code"),
        Fact("住址", one.address), Fact("代办人", f"{one.agent}（{one.agent_tie}）" if one.agent else "本人申请"),
    ]  # fmt: skip


@page("assistance.answer")
@require_POST
def wish_numbers(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Identity number and telephone in clear, once, on this page; nothing of it stands in an address."""
    one = queries.wish_of(wish_id)
    return _shown(request, one, actions.reveal_wish(**acting(request), wish=one))


@page("assistance.answer")
@require_http_methods(["GET", "POST"])
def take_wish(request: HttpRequest, wish_id: int) -> HttpResponse:
    """The form of an application at the door, filled from what was told and what the registry knows."""
    one = queries.wish_of(wish_id)
    person = queries.applicant_of(one) if one.state == WishState.OPEN else None
    if request.method != "POST" and person is None:
        return redirect(_here(one))
    first = {"statement": one.text, "agent": one.agent, "agent_tie": one.agent_tie}

    def act(words: Any) -> str:
        return page_of(actions.take_wish(**acting(request), wish=one, words=words))

    note = f"来自网上申请{one.number}。请电话或当面和申请人核对，申请书请本人补签。"
    return applying(request, person, act, first=first, back=_here(one), note=note)


@page("assistance.answer")
@require_http_methods(["GET", "POST"])
def decline_wish(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Say why it does not become an application, and whom to ask."""
    one = queries.wish_of(wish_id)
    form = forms.DeclineWish(request.POST or None)

    def act() -> str:
        words = form.cleaned_data | {"reason": Decline(form.cleaned_data["reason"])}
        actions.decline_wish(**acting(request), wish=one, **words)
        return _here(one)

    if (answer := handle(request, form, act, said="已经答复，申请人查进度时看得到。")) is not None:
        return answer
    words = {"form": form, "wish": one, "back": _here(one)}
    return render(request, "assistance/wish_decline.html", words, status=422 if form.is_bound else 200)
