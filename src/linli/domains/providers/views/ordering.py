"""Ordering a service: who and what, who may serve at what price, and the order; also for what a resident asked on the web."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.areas import Level, level_of
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.rules import WishState
from linli.domains.providers.views.common import page_of, told
from linli.kernel.access.actions import attempt, record_seen
from linli.kernel.access.rules import Refused, page
from linli.kernel.orders.rules import Channel
from linli.kernel.registry.queries import clear_phone, person_by_id, person_by_number, search
from linli.kernel.registry.rules import read_phone
from linli.kernel.ui.queries import moment
from linli.kernel.ui.rules import Fact

MOST = 8


@page("providers.order")
@require_http_methods(["GET", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """By telephone, at the counter, or on the round of a community worker."""
    own = level_of(request.actor.area) is Level.COMMUNITY
    first = {
        "channel": Channel.ROUND.value if own else Channel.PHONE.value, "wanted_on": request.today,
        "place": request.actor.area if own else "",
    }  # fmt: skip
    return _order(request, first)


@page("providers.enter_reply")
@require_http_methods(["GET", "POST"])
def wish_order(request: HttpRequest, wish_id: int) -> HttpResponse:
    """The order that follows from a wish; the resident was called and told the price."""
    wish = queries.wish(wish_id)
    if wish.state != WishState.OPEN:
        raise Refused("这条网上预约已经办理，请返回列表。")
    first = {
        "channel": Channel.WEB.value, "wanted_on": max(wish.wanted_on, request.today), "place": wish.place,
        "service": wish.service, "address": wish.address, "caller": wish.name, "phone": queries.phone_of(wish), "text": wish.text,
    }  # fmt: skip
    record_seen(by=request.actor, verb="providers.wish", kind="providers.wish", subject=wish.pk, area=wish.area)
    return _order(request, first, wish)


def _order(request: HttpRequest, first: dict[str, Any], wish: Any = None) -> HttpResponse:
    form = forms.OrderService(request.POST or None, initial=first, scope=request.actor.scope)
    person, looked = None, False
    if request.method == "POST" and form.is_valid():
        person = _person(request, form)
        given = _given(form, person)
        form.know(given)
        looked = not form.errors and form.need(given["place"], given["caller"], given["phone"])
        if looked:
            found = queries.choices(given["place"], form.cleaned_data["service"], moment(request), given["wanted_on"])[:MOST]
            form.offer(_lines(form, found, person, given))
            if request.POST.get("act") == "order" and (answer := _take(request, form, given, person, wish)) is not None:
                return answer
    words = {
        "form": form, "looked": looked, "person": person, "wish": wish, "facts": _facts(person, form) if person else [],
        "choices": looked and "choice" in form.fields,
    }  # fmt: skip
    return render(request, "providers/new_service.html", words, status=422 if form.is_bound and form.errors else 200)


def _person(request: HttpRequest, form: Any) -> Any:
    """The registered resident, by identity number, or by telephone or name as at the console."""
    number = form.cleaned_data["number"]
    if not number:
        return _found(request, form) if form.cleaned_data["find"] else None
    person = person_by_number(number)
    record_seen(by=request.actor, verb="providers.find", kind="registry.person", subject=person.pk if person else "")
    if person is None:
        form.add_error("number", "本辖区没有登记这个身份证号。请核对；不登记的可以不填，由本人付费。")
    return person


def _found(request: HttpRequest, form: Any) -> Any:
    """The one whom the words mean; of several the one who was chosen."""
    words = form.cleaned_data["find"]
    with suppress(ValueError):
        words = read_phone(words) or words
    rows = [row for row in search(words, on=request.today, limit=MOST).rows if not row.died]
    record_seen(by=request.actor, verb="providers.find", kind="registry.search", found=len(rows))
    if not rows:
        form.add_error("find", "本辖区没有查到这位居民。请核对；不登记的可以不填，由本人付费。")
        return None
    told = [(str(row.id), f"{row.name}，{row.age}岁，{row.area_name}，{row.number or '没有身份证号'}") for row in rows]
    picked = told[0][0] if len(told) == 1 else form.choose(told)
    return person_by_id(int(picked)) if picked else None


def _given(form: Any, person: Any) -> dict[str, Any]:
    """What is known of the person needs not be typed; what was typed stays."""
    data = form.cleaned_data
    given = {name: data[name] for name in ("channel", "place", "address", "caller", "phone", "wanted_on", "quantity", "text")}
    if person is not None:
        known = {"place": person.area, "address": person.address, "caller": person.name, "phone": clear_phone(person)}
        given |= {name: given[name] or value for name, value in known.items()}
    return given


def _lines(form: Any, found: list[Any], person: Any, given: dict[str, Any]) -> list[tuple[str, str]]:
    lines = []
    for choice in found:
        price = choice.one.price * given["quantity"]
        outcome, _, _ = queries.subsidy_of(
            person, form.cleaned_data["service"], price, given["wanted_on"], given["place"], quantity=given["quantity"]
        )
        lines.append((f"{choice.one.offer}:{choice.one.price}", told(choice, given["quantity"], outcome.amount)))
    return lines


def _facts(person: Any, form: Any) -> list[Fact]:
    """As whom the resident would be helped, and why not."""
    data = form.cleaned_data
    facts = [Fact("登记居民", person.name, "person"), Fact("住址", person.area, "area", note=person.address)]
    if "service" in data and "wanted_on" in data:
        outcome, payee, _ = queries.subsidy_of(person, data["service"], 100_00, data["wanted_on"], person.area)
        facts.append(Fact("补贴", payee.zh if payee else "不补贴", note="；".join(one.zh for one in outcome.reasons)))
    return facts


def _take(request: HttpRequest, form: Any, given: dict[str, Any], person: Any, wish: Any) -> HttpResponse | None:
    picked = forms.chosen(request.POST.get("choice", ""))
    if picked is None:
        offered = "choice" in form.fields
        form.add_error("choice" if offered else None, "请选择服务商。" if offered else "这里没有服务商提供这项服务。")
        return None
    made: list[Any] = []
    known = person.pk if person else None
    equal = actions.warn_of_equal(
        by=request.actor, offer_id=picked[0], wanted_on=given["wanted_on"], phone=given["phone"], person_id=known
    )
    if equal and not form.warn(equal):
        return None

    def act() -> str:
        one = actions.order_service(
            by=request.actor, at=moment(request), offer_id=picked[0], agreed=picked[1], wish=wish, person_id=known,
            again=bool(equal), **given,
        )  # fmt: skip
        made.append(one)
        return page_of(one) if request.actor.covers(one.area) else reverse("providers:new_service")

    answer = attempt(by=request.actor, form=form, act=act)
    if answer is None:
        return None
    for one in made:
        number = one.order.number
        code = queries.code_of(number)
        messages.success(request, f"服务单 {number} 已派给{one.provider.name}，请告知居民单号和确认码 {code}。")
    return redirect(answer)
