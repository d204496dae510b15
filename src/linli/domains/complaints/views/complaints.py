"""The list of complaints and petitions, taking one, its page, who is complained of, and a leader's notice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.masking import mask_phone, without_numbers
from linli.domains.complaints import actions, forms, queries
from linli.domains.complaints.rules import is_petition
from linli.domains.complaints.views.common import (
    caller_name,
    carry_out,
    late_badge,
    matter_zh,
    page_of,
    stage_badge,
    trail,
)
from linli.kernel.access.actions import recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries as orders
from linli.kernel.orders.rules import Channel, Move, Stage, after
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Column, Event, Fact


def _columns(request: HttpRequest) -> tuple[Column, ...]:
    at = moment(request)
    return (
        Column("number", "工单号", kind="code", sort=True, link=page_of),
        Column("matter", "事项", value=lambda one: matter_zh(one.category), sort="category"),
        Column("about", "被投诉单位", value=lambda one: one.about.name if one.about else ""),
        Column("caller", "投诉人", value=lambda one: caller_name(request, one), minor=True),
        Column("desk", "承办单位", value=lambda one: one.desk.name if one.desk else "待分办", minor=True),
        Column("received_at", "受理时间", kind="moment", sort=True, minor=True),
        Column("handle_due", "办结时限", kind="moment", sort=True, minor=True),
        Column("stage", "状态", kind="state", value=stage_badge, sort="stage"),
        Column("clock", "时限", kind="state", value=lambda one: late_badge(one, at)),
    )


@page("complaints.see")
def complaints(request: HttpRequest) -> HttpResponse:
    """All of the present scope; leaders find what is overdue with one filter."""
    at = moment(request)
    listing = Listing(
        request, title="投诉和信访", rows=lambda words: queries.complaints(at=at, **words), columns=_columns(request),
        filters=forms.searching(queries.units(request.today), request.actor.scope), noun="件",
        name_of=lambda one: one.number, empty="没有投诉和信访。",
        export=recording(by=request.actor, verb="complaints.export", kind="orders.order"),
    )  # fmt: skip
    return listing.response("complaints/complaints.html", {"late": queries.complaints(at=at, late="yes", stage="open").count()})


@page("complaints.take")
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """By telephone, visit, letter or the supervision number."""
    form = forms.taking(request.POST or None, scope=request.actor.scope, units=queries.units(request.today))
    taken: list[Any] = []

    def act() -> str:
        given = form.cleaned_data
        staff = queries.staff_of_unit(given["about"], given["about_staff"], request.today)
        words = {"intake": form.intake(staff), "paper": form.paper()}
        taken.append(actions.take_complaint(by=request.actor, at=moment(request), **words))
        return reverse("complaints:complaints")

    said = "已受理并分办；投诉由被投诉单位以外的单位办理。"
    return carry_out(request, form, act, title="受理投诉和信访", submit="受理并分办", back=reverse("complaints:complaints"),
                     crumbs=trail(), said=said)  # fmt: skip


@page("complaints.see")
@require_safe
def complaint(request: HttpRequest, order_id: int) -> HttpResponse:
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    petition, content = queries.petition_of(one), orders.content_of(request.actor, one)
    mine = orders.handles(request.actor, one)
    words = {
        "order": one, "matter": matter_zh(one.category), "badges": [stage_badge(one), late_badge(one, moment(request))],
        "content": content, "text": content.text if mine else without_numbers(content.text),
        "facts": _facts(request, one, content), "clocks": orders.clocks_of(one, moment(request)),
        "petition": petition, "written": queries.written(request.actor, one, petition),
        "remedies": queries.remedies_of(petition), "offers": _offers(request, one, petition), "events": _events(request, one),
        "work": orders.order_page(one.pk) if request.actor.may("orders.read") else "",
        "answers": queries.answers().filter(order=one) if not content.hidden else (),
    }  # fmt: skip
    return render(request, "complaints/complaint.html", words)


def _facts(request: HttpRequest, one: Any, content: Any) -> list[Fact]:
    phone = mask_phone(orders.phone_of(one)) if one.phone_sealed and not content.hidden else ""
    name = content.caller if one.confidential and not content.hidden else caller_name(request, one)
    staff = [Fact("被投诉人", one.about_staff.name)] if one.about_staff and not content.hidden else []
    days = queries.clock_days(one)
    about = [Fact("被投诉单位", one.about.name if one.about else "没有登记")]
    if is_petition(one.category) and one.about is None:
        about = []
    return [
        *about, *staff,
        Fact("承办单位", one.desk.name if one.desk else "待分办"), Fact("来源", Channel(one.channel).zh),
        Fact("投诉人", name), Fact("电话", phone, "code"), Fact("事发地", one.place, "area", note=content.address),
        Fact("受理时间", one.received_at, "moment"), Fact("办结时限", one.handle_due, "moment", note=orders.term_of(one).source),
        *([Fact("办理用时", f"{days}个工作日" if days else "当日办结")] if days is not None else []),
    ]  # fmt: skip


def _events(request: HttpRequest, one: Any) -> list[Event]:
    return [
        Event(row.at, Move(row.move).zh, who=row.by.name if row.by else "系统", text=without_numbers(row.text))
        for row in reversed(orders.events_of(request.actor, one))
    ]


def _offers(request: HttpRequest, one: Any, petition: Any) -> list[tuple[str, str]]:
    """What this reader may do now."""
    actor, reads = request.actor, orders.is_reader(request.actor, one)
    there = queries.answers().filter(order=one, state__in=["draft", "up"]).exists()
    wanted = (
        ("accused", "登记被投诉对象", actor.may("orders.dispatch") and reads and one.stage in _BEFORE),
        ("write", "写公开反馈", actor.may("complaints.write") and reads and one.handled_at is not None and not there),
        ("supervise", "督办", actor.may("orders.supervise") and after(Stage(one.stage), Move.SUPERVISED) is not None),
    )  # fmt: skip
    found = [(zh, reverse(f"complaints:{name}", args=[one.pk])) for name, zh, offered in wanted if offered]
    return [*queries.petition_acts(actor, one, petition), *found]


_BEFORE = (Stage.NEW, Stage.SENT, Stage.WORKING, Stage.SUSPENDED)


@page("orders.dispatch")
@require_http_methods(["GET", "POST"])
def accused(request: HttpRequest, order_id: int) -> HttpResponse:
    """Who is complained of, when it was not known or not entered: an order that lies there goes elsewhere."""
    one = queries.complaint(order_id)
    work.note_opened(by=request.actor, order=one)
    initial = {"about": one.about_id, "about_staff": one.about_staff.name if one.about_staff else ""}
    form = forms.accusing(request.POST or None, queries.units(request.today), initial)

    def act() -> str:
        given = form.cleaned_data
        staff = queries.staff_of_unit(given["about"], given["about_staff"], request.today)
        work.set_accused(
            by=request.actor, at=moment(request), order=one, about=given["about"], about_staff=staff, why=given["why"]
        )
        return page_of(one)

    return carry_out(
        request, form, act, title=f"登记被投诉对象：{one.number}", submit="登记", back=page_of(one),
        crumbs=trail((one.number, page_of(one))), said="已登记，现由被投诉单位以外的单位办理。",
    )  # fmt: skip


@page("orders.supervise")
@require_http_methods(["GET", "POST"])
def supervise(request: HttpRequest, order_id: int) -> HttpResponse:
    """A leader or the district demands that it is settled."""
    one = queries.complaint(order_id)
    if request.method == "GET" and after(Stage(one.stage), Move.SUPERVISED) is None:
        raise Refused("这件已经办理答复，不需要督办。")
    form = forms.Why(request.POST or None)

    def act() -> str:
        work.supervise(by=request.actor, at=moment(request), order=one, why=form.cleaned_data["why"])
        return page_of(one)

    return carry_out(
        request, form, act, title=f"督办：{one.number}", submit="发出督办", back=page_of(one),
        crumbs=trail((one.number, page_of(one))), said="已发出督办。",
    )  # fmt: skip
