"""The acts on an order: one page for each, with what it is about."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.hotline import forms
from linli.domains.hotline.views.common import carry_out, matter, page_of, trail
from linli.domains.hotline.views.order import OFFERS, asked_of, ground_of, offers, text_of, words_of
from linli.kernel.access.actions import press
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import Refused, page
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import AskKind
from linli.kernel.ui.queries import moment
from linli.kernel.ui.rules import Fact

SAID = {
    "contact": "已登记联系情况。", "handle": "已填写办理结果，等待回访。", "give-back": "已申请退单，等待裁定。",
    "help": "已请求协办。", "more-time": "已申请延期，等待裁定。", "stop": "已申请挂起，等待裁定。", "resume": "已恢复办理。",
    "dispatch": "已派单。", "call": "已登记回访。", "merge": "已并单。", "reopen": "已重新办理。", "supervise": "已发出督办。",
    "rule": "已裁定。", "name": "已指定知情人。",
}  # fmt: skip
PLAIN = {
    "contact": work.contact, "handle": work.handle, "give-back": work.give_back, "more-time": work.ask_time,
    "stop": work.ask_stop, "resume": work.resume, "supervise": work.supervise, "reopen": work.reopen, "call": work.call_back,
    "help": work.ask_help, "dispatch": work.dispatch,
}  # fmt: skip
SUBMIT = {"contact": "登记联系结果", "handle": "提交办理结果", "supervise": "发出督办"}
"""What the button does where the title says what the person does."""
CALLS = ("contact", "handle", "more-time", "call")
"""Acts before which somebody speaks with the caller, so that the number can be shown beside the form."""
TITLES = {key: zh for key, zh, *_ in OFFERS} | {"rule": "裁定", "name": "指定知情人"}


@page("orders.read")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, order_id: int, act: str) -> HttpResponse:
    """One act. It is offered on the order's page only where it is possible; here the action itself decides again."""
    one = queries.order_by_id(order_id)
    if act not in TITLES:
        raise Http404
    here = reverse("hotline:act", args=[one.pk, act])
    if request.method == "GET" and here not in [href for _, href in offers(request, one, asked_of(one))]:
        raise Refused("这件工单现在不能这样办理，或不由本岗位办理。请返回工单页，按页面上的按钮办理。")
    form, facts = _form(request, one, act), _facts(request, one, act)
    may_show = act in CALLS and queries.may_reveal(request.actor, one)
    if may_show and "show_phone" in request.POST:
        return _with_number(request, one, act, facts)

    def carry() -> str:
        _carry(request, one, act, form)
        seen = queries.orders(at=moment(request)).filter(pk=one.pk).exists()
        return page_of(one) if seen else _home(request)

    return carry_out(
        request, form, carry, title=f"{TITLES[act]}：{one.number}", submit=SUBMIT.get(act, TITLES[act]), back=page_of(one),
        said=SAID[act], crumbs=trail((one.number, page_of(one))), facts=facts,
        beside=("show_phone", "显示电话") if may_show else None,
    )  # fmt: skip


def _with_number(request: HttpRequest, one: Any, act: str, facts: list[Fact]) -> HttpResponse:
    """The form as it was typed so far, with the number in clear beside it; the look is in the trail as on the order's page."""
    number = work.reveal_phone(by=request.actor, at=moment(request), order=one)
    told = Fact("来电人电话", number, "code", href=f"tel:{number}", note="本次查看已留审计记录。")
    words = {"form": _form(request, one, act, typed=True), "facts": [told, *facts], "back": page_of(one)}
    words |= {"title": f"{TITLES[act]}：{one.number}", "submit": SUBMIT.get(act, TITLES[act]), "action": request.path}
    return render(request, "hotline/form_page.html", words | {"trail": trail((one.number, page_of(one)))})


def _home(request: HttpRequest) -> str:
    """Where an order that has gone to another seat is no longer seen."""
    return reverse("hotline:inbox" if request.actor.may("orders.handle") else "hotline:orders")


def _facts(request: HttpRequest, one: Any, act: str) -> list[Fact]:
    """What it is about stands beside the form: nobody calls back with the order in another window."""
    facts = [Fact("事项", matter(one.category)), Fact("主办单位", one.desk.name if one.desk else "待派单")]
    content = queries.content_of(request.actor, one)
    if not content.hidden:
        facts.append(Fact("诉求", text_of(request, one, content)))
        facts += [Fact("办理结果", one.result)] if one.result else []
    if act == "rule":
        ask = _ask(one)
        ground = "。".join(words for words in (ground_of(ask), ask.text) if words)
        facts += [Fact("申请", f"{AskKind(ask.kind).zh}，{ask.desk.name}"), Fact("理由", ground), *_days(one, ask)]
        facts.append(Fact("办结时限", one.handle_due, "moment"))
    return facts


def _days(one: Any, ask: Any) -> list[Fact]:
    return [Fact("申请延长", f"{ask.days}{queries.term_of(one).pace.zh}")] if ask.days else []


def _ask(one: Any) -> Any:
    found = queries.asks().filter(order=one).first()
    if found is None:
        raise Refused("这件工单没有等待裁定的申请，请刷新后再看。")
    found.order = one
    return found


def _form(request: HttpRequest, one: Any, act: str, typed: bool = False) -> Any:
    """The form of an act; ``typed``: not judged yet, only shown again with what stands in it."""
    data, at = request.POST or None, moment(request)
    if act == "dispatch":
        return forms.dispatching(data, _ranked(one, at))
    if act == "rule":
        ask = _ask(one)
        return forms.ruling(data, _ranked(one, at, without=ask.desk_id) if ask.kind == AskKind.RETURN else None)
    if act == "merge":
        alike = queries.repeats(one, request.today)
        return forms.merging(data, [(row.pk, f"{row.number}　{matter(row.category)}") for row in alike])
    if act == "name":
        there = staff_at(one.area, on=request.today)
        return forms.naming(data, [(staff.pk, staff.name) for staff in there])
    form = forms.ACT_FORMS[act](initial=request.POST.dict()) if typed else forms.ACT_FORMS[act](data)
    if act == "handle":
        form.owed_by(queries.helpers_owing(one))
    if act == "more-time":
        form.at_most(queries.longest_more(one), queries.term_of(one).pace.zh)
    if act == "help":
        others = [(str(row.pk), row.name) for row in _near(one, request)]
        form.fields["desk_id"].choices = [("", "请选择"), *others]
    return form


def _ranked(one: Any, at: Any, without: int | None = None) -> list[tuple[int, str]]:
    found = [row for row in work.proposed(one, at) if row.desk not in (without, one.desk_id)]
    return [(row.desk, f"{row.zh}（{'；'.join(row.reasons)}）") for row in found]


def _near(one: Any, request: HttpRequest) -> list[Any]:
    """Desks that may help: the departments, the street and the community of the place, the centre."""
    town = f"{one.place[:9]}000"
    return [
        row for row in queries.desks(on=request.today)
        if row.pk != one.desk_id and (row.everywhere or row.fallback or row.area in (one.place, town))
    ]  # fmt: skip


def _goal(given: dict[str, Any]) -> Any:
    """The order to merge into: chosen, or named by its number."""
    if given["main"]:
        return queries.order_by_id(given["main"])
    if (found := queries.order_by_number(given["number"])) is None:
        raise Refused("没有这个工单号，或它不由本岗位办理，请核对。", field="number")
    return found


def _carry(request: HttpRequest, one: Any, act: str, form: Any) -> None:
    words = {"by": request.actor, "at": moment(request)}
    if act == "rule":
        ask = _ask(one)
        rules = work.rule_return if ask.kind == AskKind.RETURN else work.rule_time
        rules(**words, ask=ask, **form.cleaned_data)
    elif act == "merge":
        work.merge(**words, order=one, main=_goal(form.cleaned_data), why=form.cleaned_data["why"])
    elif act == "name":
        work.name_reader(**words, order=one, **form.cleaned_data)
    else:
        PLAIN[act](**words, order=one, **form.cleaned_data)


@page("orders.handle")
@require_POST
def sign(request: HttpRequest, order_id: int) -> HttpResponse:
    one = queries.order_by_id(order_id)
    words = {"by": request.actor, "at": moment(request), "order": one}

    def act() -> str:
        work.sign(**words)
        return page_of(one)

    return press(request, act, back=page_of(one), said="已签收，请尽快联系来电人。")


@page("orders.reveal")
@require_POST
def phone(request: HttpRequest, order_id: int) -> HttpResponse:
    """The number in clear, once, in the answer; kept nowhere. The look is in the trail with the order as its purpose."""
    one = queries.order_by_id(order_id)
    number = work.reveal_phone(by=request.actor, at=moment(request), order=one)
    return render(request, "hotline/order.html", words_of(request, one, number))


@page("orders.handle")
@require_http_methods(["GET", "POST"])
def helping(request: HttpRequest, help_id: int) -> HttpResponse:
    """What another desk asks this one to help with, and the answer."""
    one = queries.help_by_id(help_id)
    back = reverse("hotline:inbox")
    facts = [
        Fact("工单号", one.number), Fact("事项", matter(one.category)), Fact("主办单位", one.asked_from.name),
        Fact("请求时间", one.asked_at, "moment"), Fact("地点", one.address), Fact("协办事项", one.what),
    ]  # fmt: skip
    if one.answered_at or not queries.serves(request.actor, one.desk):
        facts += [Fact("协办答复", one.answer or "还没有答复")]
        return render(request, "hotline/help.html", {"facts": facts, "number": one.number, "back": back})
    form = forms.HelpAnswer(request.POST or None)

    def answer() -> str:
        work.give_help(by=request.actor, at=moment(request), help_id=one.pk, **form.cleaned_data)
        return back

    return carry_out(
        request, form, answer, title=f"协办：{one.number}", submit="答复", back=back, crumbs=(("本单位工单", back),),
        said="已答复协办。", facts=facts,
    )  # fmt: skip


