"""Pages of single-key callers: the alarm board, a press, devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.days import SHANGHAI
from linli.domains.callers import actions, forms, queries
from linli.domains.callers.rules import KEYS, RUNGS, Function, PressState
from linli.kernel.access.actions import handle, record_seen, recording
from linli.kernel.access.actions import press as pressed
from linli.kernel.access.rules import Actor, page
from linli.kernel.orders.queries import order_page
from linli.kernel.registry.queries import person_by_id
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Event, Fact, Tone

BOARD, DEVICES, PRESSES = ("接警台", "callers:board"), ("单键呼叫器", "callers:devices"), ("按键记录", "callers:presses")
STATES = {
    PressState.WAITING: Badge("等待应答", Tone.BAD), PressState.TAKEN: Badge("处理中", Tone.NOW),
    PressState.PASSED: Badge("已转工单", Tone.QUIET), PressState.CLOSED: Badge("已处理", Tone.GOOD),
}  # fmt: skip


def at_of(request: HttpRequest) -> datetime:
    """This moment of the business day."""
    return datetime.combine(request.today, request.now.timetz())  # type: ignore[attr-defined]


def standing(device: Any) -> Badge:
    """How a device stands."""
    if device.ended_on:
        return Badge("已停用", Tone.QUIET)
    return Badge("失联", Tone.BAD) if device.silent_since else Badge("在用", Tone.GOOD)


def device_page(one: Any) -> str:
    return reverse("callers:device", args=[one.pk])


def press_page(one: Any) -> str:
    return reverse("callers:press", args=[one.pk])


def holder_of(one: Any) -> str:
    return one.device.holder if one.device else "未登记设备"


DEVICE_COLUMNS = (
    Column("name", "设备编号", kind="code", link=device_page), Column("holder", "使用人", kind="person", sort="sort_key"),
    Column("area", "社区（村）", kind="area", sort="area"), Column("address", "安装地址", minor=True),
    Column("heard_at", "最近信号", kind="moment", sort=True), Column("battery", "电量（%）", kind="count", minor=True),
    Column("standing", "状态", kind="state", value=standing),
)  # fmt: skip
PRESS_COLUMNS = (
    Column("received_at", "收到时间", kind="moment", sort=True, link=press_page),
    Column("function", "功能", value=lambda one: one.get_function_display()),
    Column("device_name", "设备编号", kind="code", minor=True),
    Column("holder", "使用人", kind="person", value="device.holder"), Column("area", "社区（村）", kind="area", sort="area"),
    Column("state", "状态", kind="state", value=lambda one: STATES[PressState(one.state)]),
    Column("repeats", "重复", kind="count", minor=True), Column("number", "工单", kind="code", value="order.number", minor=True),
)  # fmt: skip


@page("callers.answer")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Whoever answers leaves this page open: a press stands here within a second."""
    return render(request, "callers/board.html", _board(request))


@page("callers.answer")
@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """The board's own question, more than once a second: nothing to send while nothing has happened."""
    given = request.GET.get("mark", "")
    if given.isascii() and given.isdigit() and int(given[:18]) == queries.mark():
        request.quiet_about = {"callers."}  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    return render(request, "callers/alarms.html", _board(request))


def _board(request: HttpRequest) -> dict[str, Any]:
    mark = queries.mark()
    found = queries.alarms(at_of(request))
    waiting = sum(one.press.state == PressState.WAITING for one in found)
    return {"alarms": found, "mark": mark, "waiting": waiting, "rungs": [rung.zh for rung in RUNGS]}


@page("callers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def presses(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=PRESSES[0], rows=lambda words: queries.presses(**words), columns=PRESS_COLUMNS, order="-received_at",
        filters=forms.PressSearch, noun="次", name_of=holder_of, empty="还没有按键记录。",
        export=recording(by=request.actor, verb="callers.export", kind="callers.press"),
    )  # fmt: skip
    return listing.response("callers/list.html", {"title": PRESSES[0]})


@page("callers.see")
@require_http_methods(["GET", "POST"])
def press(request: HttpRequest, press_id: int) -> HttpResponse:
    """One press: who, where, what is known; for whoever answered it also whom to call and what helpers must know."""
    one = queries.press_of(press_id)
    mine = one.state == PressState.TAKEN and one.taken_by_id == request.actor.staff_id
    form = forms.Close(request.POST or None)

    def act() -> str:
        return press_page(actions.close(by=request.actor, at=at_of(request), press=one, **form.cleaned_data))

    if mine and (done := handle(request, form, act, said="已处理。")) is not None:
        return done
    record_seen(by=request.actor, verb="callers.read", kind="callers.press", subject=one.pk, area=one.area, opened=mine)
    shown = {"press": one, "badge": STATES[PressState(one.state)], "holder": holder_of(one), "mine": mine, "form": form}
    shown |= {"facts": _facts(one, request.actor), "helps": _helps(one) if mine else [], "events": _events(one)}
    return render(request, "callers/press.html", shown, status=422 if mine and form.is_bound else 200)


def _facts(one: Any, by: Actor) -> list[Fact]:
    device = one.device
    facts = [
        Fact("收到时间", one.received_at, kind="moment"), Fact("功能", one.get_function_display()),
        Fact("设备编号", one.device_name, href=device_page(device) if device else ""),
        Fact("社区（村）", one.area, kind="area"),
    ]  # fmt: skip
    if device:
        facts += [
            Fact("使用人", device.holder, href=reverse("registry:person", args=[device.person_id])),
            Fact("地址", device.address),
        ]  # fmt: skip
    if one.repeats:
        facts.append(Fact("重复按键", f"{one.repeats}次"))
    if one.order:
        facts.append(Fact("工单", one.order.number, href=order_page(one.order_id) if by.may("orders.read") else ""))
    if one.taken_by:
        facts.append(Fact("接警", one.taken_by.name, note=f"{one.taken_at.astimezone(SHANGHAI):%H:%M:%S}"))
    return facts


def _helps(one: Any) -> list[Fact]:
    """What only whoever answers sees."""
    if one.device is None:
        return []
    found = [
        Fact(f"{row.name}{f'（{row.relation}）' if row.relation else ''}", number := queries.phone_of(row), href=f"tel:{number}")
        for row in queries.contacts_of(one.device_id)
    ]
    return [Fact("救助须知", queries.needs_of(one.device) or "没有登记"), *found]


def _events(one: Any) -> list[Event]:
    tones = {"escalated": Tone.WARN, "not_ordered": Tone.BAD, "closed": Tone.GOOD}
    return [
        Event(row.at, row.get_what_display(), row.by.name if row.by else "系统", row.text, tones.get(row.what, Tone.QUIET))
        for row in queries.events_of(one)
    ]


@page("callers.answer")
@require_POST
def answer(request: HttpRequest, press_id: int) -> HttpResponse:
    one = queries.press_of(press_id)
    act = lambda: press_page(actions.answer(by=request.actor, at=at_of(request), press=one))  # noqa: E731
    return pressed(request, act, back=press_page(one), said="已接警，请立即联系使用人。")


@page("callers.answer")
@require_http_methods(["GET", "POST"])
def send_for(request: HttpRequest, press_id: int) -> HttpResponse:
    one = queries.press_of(press_id)
    if one.order_id and request.method == "GET":
        return redirect(press_page(one))
    form = forms.Send(request.POST or None, scope=request.actor.scope)

    def act() -> str:
        return press_page(actions.send_for(by=request.actor, at=at_of(request), press=one, **form.cleaned_data))

    crumbs = ((BOARD[0], reverse(BOARD[1])), (holder_of(one), press_page(one)))
    facts = _facts(one, request.actor)
    return carry_out(request, form, act, title="补建工单", submit="建单派单", crumbs=crumbs, said="已建单。", facts=facts)


@page("callers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=DEVICES[0], rows=lambda words: queries.devices(**words), columns=DEVICE_COLUMNS, order="name",
        filters=forms.DeviceSearch, noun="台", name_of=lambda one: one.name, empty="还没有安装呼叫器；在居民页面办理安装。",
        export=recording(by=request.actor, verb="callers.export", kind="callers.device"),
    )  # fmt: skip
    return listing.response("callers/list.html", {"title": DEVICES[0]})


@page("callers.see")
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, device_id: int) -> HttpResponse:
    """A device: its holder, keys, whom it calls for, and every press of it."""
    one = queries.device_of(device_id)
    record_seen(by=request.actor, verb="callers.read", kind="callers.device", subject=one.pk, area=one.area)
    keys = "；".join(f"{key}号键{Function(one.keys[str(key)]).zh}" for key in KEYS if str(key) in one.keys)
    kin = "、".join(f"{row.name}{f'（{row.relation}）' if row.relation else ''}" for row in queries.contacts_of(one.pk))
    facts = [
        Fact("使用人", one.holder, href=reverse("registry:person", args=[one.person_id])),
        Fact("社区（村）", one.area, kind="area"),
        Fact("安装地址", one.address), Fact("安装", f"{one.installed_on}，{one.installed_by.name}"), Fact("按键", keys),
        Fact("紧急联系人", kin, note="电话在应答呼叫时显示"), Fact("救助须知", "已登记" if one.needs_sealed else "没有登记"),
        Fact("最近信号", one.heard_at, kind="moment"),
        *([Fact("停用", f"{one.ended_on}，{one.ended_why}")] if one.ended_on else []),
    ]  # fmt: skip
    listing = Listing(
        request, title="按键记录", rows=lambda words: queries.presses(device=one.pk), columns=PRESS_COLUMNS, order="-received_at",
        noun="次", name_of=holder_of, empty="还没有按键记录。",
        export=recording(by=request.actor, verb="callers.export", kind="callers.press"),
    )  # fmt: skip
    return listing.response("callers/device.html", {"device": one, "badge": standing(one), "facts": facts})


@page("callers.install")
@require_http_methods(["GET", "POST"])
def install(request: HttpRequest, person_id: int) -> HttpResponse:
    person = person_by_id(person_id)
    if person is None:
        raise queries.Refused("没有这位居民，或不在本辖区内。")
    form = forms.SetUp(request.POST or None, new=True)

    def act() -> str:
        return device_page(actions.install(by=request.actor, at=at_of(request), person_id=person.pk, **form.words))

    record_seen(by=request.actor, verb="callers.install", kind="registry.person", subject=person.pk, area=person.area)
    facts = [Fact("使用人", person.name), Fact("居住地", person.area, kind="area")]
    title = f"安装单键呼叫器：{person.name}"
    return carry_out(request, form, act, title=title, submit="登记", crumbs=trail(), said="已登记。", facts=facts)


@page("callers.install")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, device_id: int) -> HttpResponse:
    one = queries.device_of(device_id)
    form = forms.SetUp(request.POST or None, new=False, initial=_known(one))

    def act() -> str:
        return device_page(actions.set_up(by=request.actor, at=at_of(request), device=one, **form.words))

    record_seen(by=request.actor, verb="callers.set_up", kind="callers.device", subject=one.pk, area=one.area)
    facts = [Fact("使用人", one.holder), Fact("设备编号", one.name)]
    crumbs = trail((one.name, device_page(one)))
    return carry_out(request, form, act, title="修改呼叫器", submit="保存", crumbs=crumbs, said="已保存。", facts=facts)


def _known(one: Any) -> dict[str, Any]:
    """The form as the device stands."""
    known: dict[str, Any] = {"address": one.address, "needs": queries.needs_of(one)}
    known |= {f"key_{key}": one.keys.get(str(key), "") for key in KEYS}
    for rank, row in enumerate(queries.contacts_of(one.pk)[: forms.ROWS], 1):
        known |= {f"kin_name_{rank}": row.name, f"kin_relation_{rank}": row.relation, f"kin_phone_{rank}": queries.phone_of(row)}
    return known


@page("callers.install")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, device_id: int) -> HttpResponse:
    one = queries.device_of(device_id)
    form = forms.End(request.POST or None)

    def act() -> str:
        return device_page(actions.end_device(by=request.actor, on=request.today, device=one, **form.cleaned_data))

    facts = [Fact("使用人", one.holder), Fact("设备编号", one.name)]
    crumbs = trail((one.name, device_page(one)))
    return carry_out(request, form, act, title="停用呼叫器", submit="停用", crumbs=crumbs, said="已停用。", facts=facts)


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list of devices."""
    return ((DEVICES[0], reverse(DEVICES[1])), *more)


def carry_out(
    request: HttpRequest, form: Any, act: Callable[[], str], *, title: str, submit: str, crumbs: tuple[tuple[str, str], ...],
    said: str, facts: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form with what it is about; when it is sent and stands, act once and go where the act says."""
    if (answer := handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "title": title, "submit": submit, "trail": crumbs, "back": crumbs[-1][1], "facts": facts}
    return render(request, "callers/form_page.html", words, status=422 if form.is_bound else 200)
