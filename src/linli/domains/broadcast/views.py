"""Doors: messages and how they were received, receivers, what was sent to oneself, the page behind the address in a message."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.masking import mask_name, mask_phone
from linli.domains.broadcast import actions, forms, queries
from linli.domains.broadcast.rules import Arrived, DeliveryState, Group, MessageState, Office
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import Refused, page, public_page
from linli.kernel.publicity.actions import address_of, take_turn
from linli.kernel.registry.queries import person_by_id
from linli.kernel.ui.queries import Listing, area_name, moment
from linli.kernel.ui.rules import Badge, Column, Fact, Tone

PER_HOUR = 60
STATES = {
    MessageState.DRAFT: Tone.WARN, MessageState.SENDING: Tone.NOW, MessageState.SENT: Tone.GOOD, MessageState.DROPPED: Tone.QUIET,
}  # fmt: skip
RECEIVED = {
    DeliveryState.WAITING: Tone.NOW, DeliveryState.SENT: Tone.GOOD, DeliveryState.REFUSED: Tone.BAD,
    DeliveryState.FAILED: Tone.BAD,
}  # fmt: skip


def _state(one: Any) -> Badge:
    return Badge(MessageState(one.state).zh, STATES[MessageState(one.state)])


def _page(one: Any) -> str:
    return reverse("broadcast:message", args=[one.pk])


MESSAGES = (
    Column("text", "内容", value=lambda one: one.text[:30], link=_page),
    Column("group", "接收对象", value=lambda one: Group(one.group).zh),
    Column("place", "范围", kind="area", minor=True),
    Column("state", "状态", kind="state", value=_state),
    Column("sent_at", "发送时间", kind="moment", sort=True, minor=True),
    Column("wanted", "接收人数", kind="count"), Column("out", "已送达", kind="count", minor=True),
    Column("seen", "已读", kind="count"),
)  # fmt: skip


@page("broadcast.see")
def messages(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="群发短信", rows=lambda words: queries.messages_list(**words), columns=MESSAGES,
        filters=forms.MessageSearch, noun="条", name_of=lambda one: one.text[:20], empty="还没有群发短信。",
        export=recording(by=request.actor, verb="broadcast.export", kind="broadcast.message"),
    )  # fmt: skip
    return listing.response("broadcast/messages.html", {"may_draft": request.actor.may("broadcast.draft")})


@page("broadcast.draft")
@require_http_methods(["GET", "POST"])
def new_message(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    form = forms.Draft(request.POST or None, scope=actor.scope, groups=queries.choices_of(actor), initial={"place": actor.area})

    def act() -> str:
        given = form.cleaned_data
        made = actions.draft(by=actor, on=request.today, text=given["text"], group=Group(given["group"]), place=given["place"])
        return _page(made)

    if (answer := handle(request, form, act, said="已保存，核对以后发送。")) is not None:
        return answer
    words = {"form": form, "title": "拟写短信", "submit": "保存", "back": reverse("broadcast:messages"), "all": "群发短信"}
    return render(request, "broadcast/form_page.html", words, status=422 if form.is_bound else 200)


def _received(one: Any) -> Badge:
    return Badge(DeliveryState(one.state).zh, RECEIVED[DeliveryState(one.state)])


def _who(one: Any) -> str:
    return one.staff.name if one.staff else mask_name(one.person.name)


ARRIVED = {Arrived.DELIVERED: Tone.GOOD, Arrived.FAILED: Tone.BAD, Arrived.UNKNOWN: Tone.WARN}


def _arrived(one: Any) -> Badge:
    if one.state != DeliveryState.SENT:
        return Badge("")
    return Badge(Arrived(one.arrived).zh, ARRIVED[Arrived(one.arrived)]) if one.arrived else Badge("等待回报")


DELIVERIES = (
    Column("who", "接收人", value=_who), Column("area", "区域", kind="area", sort=True),
    Column("state", "状态", kind="state", value=_received),
    Column("arrived", "平台回报", kind="state", value=_arrived), Column("reason", "原因", minor=True),
    Column("sent_at", "发出时间", kind="moment", minor=True), Column("read_at", "阅读时间", kind="moment", sort=True),
)  # fmt: skip


@page("broadcast.see")
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: before it goes, to whom it would go; after, how it was received by each."""
    one, actor = queries.message_by_id(message_id), request.actor
    draft = one.state == MessageState.DRAFT
    own = one.group == Group.RESIDENTS and one.drafted_by_id == actor.staff_id
    listing = Listing(
        request, title="接收情况", rows=lambda words: queries.deliveries(one, **words), columns=DELIVERIES,
        filters=forms.DeliverySearch, noun="人", name_of=_who, empty="还没有发送。",
        export=recording(by=actor, verb="broadcast.export", kind="broadcast.message", subject=one.pk),
    )  # fmt: skip
    wanted = _wanted(one, request) if draft else one.wanted
    agreed = "只发给其中同意接收短信的" if one.group == Group.RESIDENTS else ""
    facts = [
        Fact("接收对象", Group(one.group).zh, note=agreed), Fact("范围", one.place, "area"), Fact("接收人数", wanted, "count"),
        Fact("拟稿", f"{one.drafted_by.name} {one.drafted_on}"),
        *([Fact("发送", f"{one.sent_by.name}"), Fact("发送时间", one.sent_at, "moment")] if one.sent_at else []),
    ]  # fmt: skip
    words = {
        "message": one, "badge": _state(one), "facts": facts, "may_send": draft and actor.may("broadcast.send") and not own,
        "may_drop": draft and actor.may("broadcast.draft"), "second": draft and own,
    }  # fmt: skip
    return listing.response("broadcast/message.html", words)


def _wanted(one: Any, request: HttpRequest) -> int:
    group = Group(one.group)
    found = queries.residents(one.place, request.today) if group is Group.RESIDENTS else None
    return (queries.members(group, one.place, request.today) if found is None else found).count()


@page("broadcast.consent")
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, person_id: int) -> HttpResponse:
    """Whether a resident has agreed to messages; agreeing, and what was withdrawn before."""
    person = _person(person_id)
    back, known = reverse("registry:person", args=[person.pk]), queries.consents_of(person.pk)
    running = next((one for one in known if one.until is None), None)
    facts = [Fact("居民", person.name), Fact("电话", "已登记" if person.phone_sealed else "没有登记，登记后才能收到短信")]
    facts += [
        Fact("撤回" if one.until else "同意", f"{one.since} {one.get_way_display()}", note=_ended(one)) for one in known
    ]
    words: dict[str, Any] = {
        "title": "短信同意", "submit": "登记同意", "back": back, "all": person.name, "facts": facts, "person": person,
        "running": running,
    }  # fmt: skip
    form = forms.Agree(request.POST or None, initial={"since": request.today})

    def act() -> str:
        actions.give_consent(by=request.actor, on=request.today, person=person, **form.cleaned_data)
        return back

    if running is None:
        if (answer := handle(request, form, act, said="已登记同意，今天起可以向他发送短信。")) is not None:
            return answer
        words["form"] = form
    return render(request, "broadcast/consent.html", words, status=422 if form.is_bound else 200)


def _person(person_id: int) -> Any:
    found = person_by_id(person_id)
    if found is None:
        raise Http404
    return found


def _ended(one: Any) -> str:
    return f"{one.entered_by.name}登记" + (f"；{one.until}撤回，{one.ended_by.name}登记" if one.until else "")


@page("broadcast.consent")
@require_POST
def withdraw(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _person(person_id)

    def act() -> str:
        actions.withdraw_consent(by=request.actor, on=request.today, person=person)
        return reverse("registry:person", args=[person.pk])

    back = reverse("broadcast:consent", args=[person.pk])
    return press(request, act, back=back, said="已撤回，今天起不再向他发送短信。")


@page("broadcast.send")
@require_POST
def send(request: HttpRequest, message_id: int) -> HttpResponse:
    one = queries.message_by_id(message_id)

    def act() -> str:
        actions.send(by=request.actor, on=request.today, at=moment(request), message=one)
        return _page(one)

    return press(request, act, back=_page(one), said="已交发送，每人一条。")


@page("broadcast.draft")
@require_POST
def drop(request: HttpRequest, message_id: int) -> HttpResponse:
    one = queries.message_by_id(message_id)

    def act() -> str:
        actions.drop(by=request.actor, on=request.today, message=one)
        return reverse("broadcast:messages")

    return press(request, act, back=_page(one), said="已撤销。")


RECEIVERS = (
    Column("staff.name", "使用人", link=lambda one: reverse("broadcast:receiver", args=[one.pk])),
    Column("office", "职务", value=lambda one: Office(one.office).zh), Column("area", "区域", kind="area", sort=True),
    Column("device", "设备编号", kind="code", minor=True), Column("since", "配发", kind="day", sort=True, minor=True),
    Column("ended_on", "停用", kind="day", minor=True),
)  # fmt: skip


@page("broadcast.equip")
def receivers(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title="移动信息接收机", rows=lambda words: queries.receivers(**words), columns=RECEIVERS,
        filters=lambda *args, **words: forms.ReceiverSearch(*args, scope=request.actor.scope, **words), noun="台",
        name_of=lambda one: one.staff.name, empty="还没有登记接收机。",
        export=recording(by=request.actor, verb="broadcast.export_receivers", kind="broadcast.receiver"),
    )  # fmt: skip
    return listing.response("broadcast/receivers.html")


@page("broadcast.equip")
@require_http_methods(["GET", "POST"])
def new_receiver(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    holders = queries.holders(actor, request.today)
    choices = [(f"{staff}:{area}", f"{name}　{area_name(area)}") for staff, name, area in holders]
    form = forms.Equip(request.POST or None, staff=choices)

    def act() -> str:
        given = dict(form.cleaned_data)
        staff, _, area = given.pop("staff").partition(":")
        given["office"] = Office(given["office"])
        actions.equip(by=actor, on=request.today, staff=int(staff), area=area, **given)
        return reverse("broadcast:receivers")

    if (answer := handle(request, form, act, said="已登记。")) is not None:
        return answer
    back = reverse("broadcast:receivers")
    words = {"form": form, "title": "登记接收机", "submit": "登记", "back": back, "all": "移动信息接收机"}
    return render(request, "broadcast/form_page.html", words, status=422 if form.is_bound else 200)


@page("broadcast.equip")
@require_safe
def receiver(request: HttpRequest, receiver_id: int) -> HttpResponse:
    one = queries.receiver_by_id(receiver_id)
    record_seen(by=request.actor, verb="broadcast.open", kind="broadcast.receiver", subject=one.pk, area=one.area)
    facts = [
        Fact("使用人", one.staff.name), Fact("职务", Office(one.office).zh), Fact("区域", one.area, "area"),
        Fact("号码", mask_phone(queries.phone_of(one.phone_sealed)), "code"), Fact("设备编号", one.device, "code"),
        Fact("配发", one.since, "day"), *([Fact("停用", one.ended_on, "day")] if one.ended_on else []),
    ]  # fmt: skip
    return render(request, "broadcast/receiver.html", {"receiver": one, "facts": facts})


@page("broadcast.equip")
@require_POST
def end_receiver(request: HttpRequest, receiver_id: int) -> HttpResponse:
    one, back = queries.receiver_by_id(receiver_id), reverse("broadcast:receivers")

    def act() -> str:
        actions.end_receiver(by=request.actor, on=request.today, receiver=one)
        return back

    return press(request, act, back=back, said="已停用。")


MINE = (
    Column("text", "内容"), Column("sent_at", "收到时间", kind="moment", sort=True),
    Column("read_at", "阅读时间", kind="moment"),
)  # fmt: skip


@page("broadcast.read")
def mine(request: HttpRequest) -> HttpResponse:
    """What was sent to this person; what is not read yet stands above with its button."""
    found = queries.mine(request.actor)
    listing = Listing(
        request, title="我的短信", rows=lambda words: found, columns=MINE, noun="条", name_of=lambda one: one.text[:20],
        empty="还没有发给您的短信。", export=recording(by=request.actor, verb="broadcast.export_mine", kind="broadcast.delivery"),
    )  # fmt: skip
    return listing.response("broadcast/mine.html", {"waiting": list(found.filter(read_at=None)[:20])})


@page("broadcast.read")
@require_POST
def read(request: HttpRequest, delivery_id: int) -> HttpResponse:
    here, one = reverse("broadcast:mine"), queries.own_delivery(request.actor, delivery_id)

    def act() -> str:
        actions.mark_read(by=request.actor, at=moment(request), delivery_id=one.pk)
        return here

    return press(request, act, back=here, said="已确认。")


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, code: str) -> HttpResponse:
    """The text behind the address in a message. Opening it says nothing yet: programs of telephones open addresses, too."""
    if not code.isascii() or not code.isprintable():
        raise Http404
    try:
        take_turn(on=request.today, address=address_of(request), per_hour=PER_HOUR, page="broadcast.told")
    except Refused as fault:
        return render(request, "broadcast/told.html", {"fault": fault.message}, status=429)
    if request.method == "POST":
        actions.confirm_by_code(code=code, at=moment(request))
    shown = queries.told_by_code(code)
    words = {"shown": shown, "form": forms.Confirm()}
    return render(request, "broadcast/told.html", words, status=404 if shown is None else 200)
