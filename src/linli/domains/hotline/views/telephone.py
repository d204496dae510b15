"""The telephone's own pages: signing on to an extension, all calls, one call, dialling; and the door of the exchange."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import mask_phone
from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out, page_of
from linli.gateways.telephony import Unreadable, read_push
from linli.kernel.access.actions import press, recording
from linli.kernel.access.queries import business_moment
from linli.kernel.access.rules import open_page, page
from linli.kernel.calls import actions, queries
from linli.kernel.calls.rules import CallEnding, FollowUp, State
from linli.kernel.orders.actions import reveal_phone
from linli.kernel.orders.queries import order_by_id
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

CALLS, CONSOLE = ("通话记录", "hotline:telephone"), ("受理台", "hotline:console")
LARGEST = 8192
"""Bytes of an event that are read."""
DIALLING = "已请话机拨打，请接听本分机。"


def state_of(one: Any) -> Badge:
    """How a call stands, and what it asks for."""
    if one.follow == FollowUp.DUE:
        return Badge("待回电", Tone.BAD)
    if one.state == State.RINGING:
        return Badge("振铃", Tone.WARN)
    if one.state == State.TALKING:
        return Badge("通话中", Tone.NOW)
    if one.answered_at or one.handed_at:
        return Badge("已接听", Tone.GOOD)
    return Badge({FollowUp.DONE: "未接，已回电", FollowUp.JOINED: "未接，并入前次"}.get(FollowUp(one.follow), "未接"), Tone.QUIET)


def number_shown(one: Any) -> str:
    """The masked number of a call."""
    number = queries.number_of(one)
    return mask_phone(number) if number else "号码未显示"


def lasted(one: Any) -> str:
    """How long it was talked, in minutes and seconds."""
    begun = one.answered_at or one.handed_at
    if not begun or not one.ended_at:
        return ""
    seconds = max(0, int((one.ended_at - begun).total_seconds()))
    return f"{seconds // 60}分{seconds % 60:02d}秒"


def call_page(one: Any) -> str:
    return reverse("hotline:call", args=[one.pk])


COLUMNS = (
    Column("began_at", "时间", kind="moment", sort=True, link=call_page),
    Column("number", "号码", kind="code", value=number_shown),
    Column("direction", "方向", value=lambda one: one.get_direction_display(), minor=True),
    Column("extension", "分机", kind="code", sort=True, minor=True),
    Column("operator", "坐席", value=lambda one: one.operator.name if one.operator else "", minor=True),
    Column("lasted", "时长", value=lasted, minor=True), Column("state", "状态", kind="state", value=state_of),
    Column("order", "工单", kind="code", value=lambda one: one.order.number if one.order else "", minor=True),
)  # fmt: skip


@page("calls.see")
@require_http_methods(["GET", "HEAD", "POST"])
def telephone(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=CALLS[0], rows=lambda words: queries.calls(**words), columns=COLUMNS, order="-began_at",
        filters=forms.CallSearch, noun="次", name_of=number_shown, empty="还没有通话记录。",
        export=recording(by=request.actor, verb="calls.export", kind="calls.call"),
    )  # fmt: skip
    return listing.response("hotline/calls.html", {"title": CALLS[0]})


@page("calls.see")
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, call_id: int) -> HttpResponse:
    """One call; of a missed one what came of calling back."""
    one = queries.call_by_id(call_id)
    due = one.follow == FollowUp.DUE and request.actor.may("calls.answer")
    form = forms.Returned(request.POST or None)

    def act() -> str:
        return call_page(actions.call_returned(by=request.actor, at=moment(request), call=one, **form.cleaned_data))

    words = {
        "title": f"{one.get_direction_display()}：{number_shown(one)}", "submit": "登记回电", "back": reverse(CALLS[1]),
        "crumbs": ((CALLS[0], reverse(CALLS[1])),), "facts": _facts(request, one),
    }  # fmt: skip
    if not due:
        return render(request, "hotline/call.html", words | {"call": one, "badge": state_of(one)})
    words |= {"note": f"还有{one.repeats}次未接来电是这个号码打来的。"} if one.repeats else {}
    dialling = reverse("hotline:dial_call", args=[one.pk]) if queries.extension_of(request.actor) else ""
    return carry_out(request, form, act, said="已登记回电。", button=("拨打", dialling) if dialling else None, **words)


def _facts(request: HttpRequest, one: Any) -> list[Fact]:
    facts = [
        Fact("时间", one.began_at, "moment"), Fact("号码", number_shown(one), "code"), Fact("拨打", one.dialled, "code"),
        Fact("分机", one.extension), Fact("坐席", one.operator.name if one.operator else ""),
        Fact("通话时长", lasted(one)), Fact("结束", CallEnding(one.ending).zh if one.ending else ""),
        Fact("录音编号", one.recording, "code"),
    ]  # fmt: skip
    if one.order:
        facts.append(Fact("工单", one.order.number, href=page_of(one.order) if request.actor.may("orders.read") else ""))
    if one.followed_at:
        who = one.followed_by.name if one.followed_by else "系统"
        facts.append(Fact("回电", one.follow_note, note=f"{who}，{one.followed_at:%Y-%m-%d %H:%M}"))
    return [fact for fact in facts if fact.value]


@page("calls.answer")
@require_http_methods(["GET", "POST"])
def extension(request: HttpRequest) -> HttpResponse:
    """Where this person sits."""
    own = queries.extension_of(request.actor)
    form = forms.SignOn(request.POST or None, initial={"number": own})

    def act() -> str:
        actions.sign_on(by=request.actor, at=moment(request), **form.cleaned_data)
        return reverse(CONSOLE[1])

    return carry_out(
        request, form, act, title="登录分机", submit="登录", back=reverse(CONSOLE[1]), said="已登录分机，来电会显示在受理台。",
        crumbs=((CONSOLE[0], reverse(CONSOLE[1])),), facts=[Fact("现在的分机", own)] if own else [],
        note="登录以后，来电显示在受理台，点“接听”或按Alt+N接起；别人登录同一个分机，本机随之退出。",
        button=("退出分机", reverse("hotline:sign_off")) if own else None,
    )  # fmt: skip


@page("calls.answer")
@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    def act() -> str:
        actions.sign_off(by=request.actor)
        return reverse(CONSOLE[1])

    return press(request, act, back=reverse(CONSOLE[1]), said="已退出分机，来电不再显示。")


@page("calls.answer")
@require_POST
def dial_call(request: HttpRequest, call_id: int) -> HttpResponse:
    """Ring the own telephone, and then the caller of this call."""
    one = queries.call_by_id(call_id)

    def act() -> str:
        actions.dial(by=request.actor, at=moment(request), number=queries.number_of(one))
        return call_page(one)

    return press(request, act, back=call_page(one), said=DIALLING)


@page("calls.answer")
@require_POST
def dial_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Ring the own telephone, and then the caller of an order; who may not read the number may not dial it."""
    one = order_by_id(order_id)

    def act() -> str:
        number = reveal_phone(by=request.actor, at=moment(request), order=one)
        actions.dial(by=request.actor, at=moment(request), number=number, order=one.pk)
        return page_of(one)

    return press(request, act, back=page_of(one), said=DIALLING)


@csrf_exempt
@open_page
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """What an exchange pushes. It proves itself by the secret that it was given, in the header or as a password."""
    if not settings.EXCHANGE_SECRET:
        raise Http404
    if not _proven(request):
        answer = HttpResponse("unknown exchange\n", status=401, content_type="text/plain")
        answer["WWW-Authenticate"] = 'Basic realm="linli"'
        return answer
    try:
        event = read_push(_said(request), at=business_moment())
    except Unreadable as fault:
        return HttpResponse(f"{fault}\n", status=400, content_type="text/plain")
    if event is not None:
        actions.hear(by=queries.machines_here()[0], event=event)
    return HttpResponse(status=204)


def _proven(request: HttpRequest) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    return bool(given) and constant_time_compare(given, settings.EXCHANGE_SECRET)


def _said(request: HttpRequest) -> Mapping[str, str]:
    """The fields of a push, sent as a form or as JSON. :raises Unreadable: too long, or neither."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Unreadable(f"at most {LARGEST} bytes")
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("no JSON") from fault
    if not isinstance(said, dict):
        raise Unreadable("no object")
    return {str(name): value if isinstance(value, str) else "" for name, value in said.items()}

