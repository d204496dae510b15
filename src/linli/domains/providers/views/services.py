"""Service orders: the list, one with price, subsidy and course, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.masking import mask_name
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import Measure, Service
from linli.domains.providers.views.common import carry_out, page_of, provider_page, service_badge, told
from linli.kernel.access.actions import press, record_seen, recording
from linli.kernel.access.rules import Refused, page
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import content_of, enters_for, events_of, handles, may_reveal, order_by_id, serves
from linli.kernel.orders.rules import Move, Stage
from linli.kernel.ui.queries import Listing, moment
from linli.kernel.ui.rules import Column, Event, Fact

LIST = ("服务单", "providers:services")
COLUMNS = (
    Column("number", "单号", kind="code", value="order.number", sort="order__number", link=page_of),
    Column("service", "服务", value=lambda one: Service(one.service).zh, sort="service"),
    Column("item", "项目", minor=True),
    Column("provider", "服务商", value="provider.name", sort="provider__sort_key", minor=True),
    Column("place", "服务地点", kind="area", sort="place"),
    Column("wanted_on", "约定日期", kind="day", sort=True),
    Column("state", "状态", kind="state", value=service_badge),
    Column("price", "价款", kind="money", sort=True, total="price", minor=True),
    Column("subsidy", "补贴", kind="money", sort=True, total="subsidy", minor=True),
)  # fmt: skip


def trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the list."""
    return ((LIST[0], reverse(LIST[1])), *more)


@page("providers.see_orders")
def services(request: HttpRequest) -> HttpResponse:
    listing = Listing(
        request, title=LIST[0], rows=lambda words: queries.services(**words), columns=COLUMNS, noun="单",
        filters=lambda *args, **words: forms.ServiceSearch(*args, scope=request.actor.scope, **words),
        name_of=lambda one: one.order.number, empty="没有服务单。",
        export=recording(by=request.actor, verb="providers.export", kind="providers.service"),
    )  # fmt: skip
    return listing.response("providers/services.html", {"replies": _replies(request)})


def _replies(request: HttpRequest) -> int:
    return queries.replies().count() if request.actor.may("providers.enter_reply") else 0


@page("providers.see_orders")
@require_safe
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    return _shown(request, queries.service(service_id))


def _shown(request: HttpRequest, one: Any, revealed: str = "") -> HttpResponse:
    order, actor = order_by_id(one.order_id), request.actor
    record_seen(by=actor, verb="providers.read_service", kind="providers.service", subject=one.pk, area=one.area)
    offered = acts(request, one)
    words = {
        "one": one, "order": order, "badge": service_badge(one), "facts": _facts(request, one, order), "money": _money(one),
        "steps": one.outcome.get("steps", ()), "reasons": one.outcome.get("reasons", ()), "events": _events(actor, order),
        "offers": [(zh, href) for key, zh, href in offered if key not in PRESSED],
        "presses": [(zh, href) for key, zh, href in offered if key in PRESSED],
        "revealed": revealed, "may_reveal": may_reveal(actor, order) and not revealed,
        "code": queries.code_of(order.number) if actor.may("providers.enter_reply") and order.stage != Stage.CLOSED else "",
        "contests": list(one.contests.select_related("raised_by", "ruled_by").order_by("id")),
    }  # fmt: skip
    return render(request, "providers/service.html", words)


def _facts(request: HttpRequest, one: Any, order: Any) -> list[Fact]:
    mine = handles(request.actor, order)
    content = content_of(request.actor, order)
    moved = order.desk_id != one.provider.desk_id
    return [
        Fact("居民", content.caller if mine else mask_name(content.caller)),
        Fact("服务地点", one.place, "area", note=content.address if mine else ""),
        Fact("服务", f"{Service(one.service).zh}：{one.item}，{one.quantity}{Measure(one.measure).zh}"),
        Fact("服务商", one.provider.name, href=provider_page(one.provider),
             note=f"工单已改派给{order.desk.name}，请改选服务商" if moved and order.desk else ""),
        Fact("约定日期", one.wanted_on, "day"),
        Fact("上门", one.started_at, "moment"), Fact("完成", one.ended_at, "moment"),
        *([Fact("结算单", f"{one.statement.month:%Y年%-m月}", href=reverse("providers:statement", args=[one.statement_id]))]
          if one.statement_id else []),
        *([Fact("取消", f"{one.cancelled_on}，{one.cancelled_why}")] if one.cancelled_on else []),
    ]  # fmt: skip


def _money(one: Any) -> list[tuple[str, int]]:
    rows = [("约定价款", one.price), ("补贴", one.subsidy), ("居民自付", one.own)]
    return [*rows, ("裁定应结算", one.payable)] if one.payable != one.subsidy else rows


def _events(actor: Any, order: Any) -> list[Event]:
    return [
        Event(row.at, Move(row.move).zh, who=row.by.name if row.by else "系统", text=row.text)
        for row in reversed(events_of(actor, order))
    ]


PRESSED = {"accept", "close"}
ALONE = "这里没有其他服务商提供这项服务，不能改派。请取消后由热线受理，派给社区或志愿者。"
TITLES = {
    "accept": "签收", "begin": "登记上门", "finish": "登记完成", "close": "按取消办结", "resend": "改派", "cancel": "取消",
    "contest": "登记争议",
}  # fmt: skip


def acts(request: HttpRequest, one: Any) -> list[tuple[str, str, str]]:
    """What this reader may do with the order where it stands: (key, words, address)."""
    return [(key, TITLES[key], reverse("providers:service_act", args=[one.pk, key])) for key in _open_acts(request.actor, one)]


def _open_acts(actor: Any, one: Any) -> list[str]:
    order = order_by_id(one.order_id)
    mine = (serves(actor, order.desk) or enters_for(actor, order.desk)) and actor.may("providers.serve")
    here, running = order.desk_id == one.provider.desk_id, one.cancelled_on is None
    came = one.started_at is not None and one.round == order.round
    offered = (
        ("accept", mine and here and running and order.stage == Stage.SENT),
        ("begin", mine and here and running and order.stage == Stage.WORKING and not came),
        ("finish", mine and here and running and came and one.ended_at is None),
        ("close", mine and not running and order.stage in (Stage.SENT, Stage.WORKING)),
        ("resend", actor.may("providers.resend") and running and _movable(one, order, here)),
        ("cancel", actor.may("providers.resend") and running and one.started_at is None and order.stage != Stage.CLOSED),
        ("contest", actor.may("providers.contest") and one.ended_at is not None and one.subsidy and not one.statement_id
         and not one.contests.filter(ruled_on=None).exists()),
    )  # fmt: skip
    return [key for key, stands in offered if stands]


def _movable(one: Any, order: Any, here: bool) -> bool:
    return order.stage in (Stage.NEW, Stage.SENT, Stage.WORKING) and (one.ended_at is None or one.round < order.round or not here)


@page("providers.see_orders")
@require_http_methods(["GET", "POST"])
def service_act(request: HttpRequest, service_id: int, act: str) -> HttpResponse:
    """One act; the action itself decides again whether it is possible."""
    one = queries.service(service_id)
    if act not in TITLES:
        raise Http404
    if act in PRESSED:
        return _pressed(request, one, act)
    if request.method == "GET" and act not in _open_acts(request.actor, one):
        raise Refused("这张服务单现在不能这样办理，或不由本岗位办理。请返回，按页面上的按钮办理。")
    form = _form(request, one, act)

    def carry() -> str:
        _carry(request, one, act, form)
        return page_of(one)

    facts = [Fact("服务", f"{Service(one.service).zh}：{one.item}"), Fact("服务商", one.provider.name),
             Fact("约定价款", one.price, "money"), Fact("约定日期", one.wanted_on, "day")]  # fmt: skip
    title, crumbs = f"{TITLES[act]}：{one.order.number}", trail((one.order.number, page_of(one)))
    if act == "resend" and not form.fields["choice"].choices:
        words = {"title": title, "trail": crumbs, "back": page_of(one), "facts": facts, "note": ALONE}
        return render(request, "providers/form_page.html", words, status=422 if form.is_bound else 200)
    return carry_out(
        request, form, carry, title=title, submit=TITLES[act], back=page_of(one), crumbs=crumbs, facts=facts,
    )  # fmt: skip


def _pressed(request: HttpRequest, one: Any, act: str) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    do = actions.accept if act == "accept" else actions.close_cancelled

    def carry() -> str:
        do(by=request.actor, at=moment(request), service=one)
        return page_of(one)

    return press(request, carry, back=page_of(one), said="已签收。" if act == "accept" else "已办结，等待回访。")


def _form(request: HttpRequest, one: Any, act: str) -> Any:
    now = moment(request)
    first = {"day": request.today, "clock": f"{now:%H:%M}"}
    data = request.POST or None
    if act == "resend":
        return forms.Resend(data, choices=_others(one, now, max(one.wanted_on, request.today)))
    if act in ("begin", "finish"):
        return (forms.Begin if act == "begin" else forms.Finish)(data, initial=first)
    return (forms.Cancel if act == "cancel" else forms.NewContest)(data)


def _others(one: Any, at: Any, on: Any) -> list[tuple[str, str]]:
    found = queries.choices(one.place, Service(one.service), at, on)
    return [
        (f"{each.one.offer}:{each.one.price}", told(each, one.quantity)) for each in found if each.one.provider != one.provider_id
    ]


def _carry(request: HttpRequest, one: Any, act: str, form: Any) -> None:
    by, at, on, data = request.actor, moment(request), request.today, form.cleaned_data
    if act == "begin":
        actions.begin(by=by, at=at, service=one, started_at=form.moment())
    elif act == "finish":
        actions.finish(by=by, at=at, service=one, ended_at=form.moment(), result=data["result"])
    elif act == "resend":
        picked = forms.chosen(data["choice"])
        assert picked is not None
        actions.send_elsewhere(by=by, at=at, service=one, offer_id=picked[0], agreed=picked[1], why=data["why"])
    elif act == "cancel":
        actions.cancel(by=by, on=on, service=one, why=data["why"])
    else:
        actions.contest(by=by, on=on, service=one, ground=data["ground"], text=data["text"])


@page("providers.see_orders")
@require_POST
def phone(request: HttpRequest, service_id: int) -> HttpResponse:
    """The number in clear, once, for whoever handles the order now; the trail says so."""
    one = queries.service(service_id)
    order = order_by_id(one.order_id)
    if not may_reveal(request.actor, order):
        raise Refused("只有正在办理这张服务单的人可以查看电话。")
    shown = work.reveal_phone(by=request.actor, at=moment(request), order=order)
    return _shown(request, one, shown)


