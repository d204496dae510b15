"""The operator's console: who is calling, what they want, what to say, who deals with it; one page, by keyboard.

Every part works without scripts by its button; with them the caller, the categories and the draft follow the typing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.base.areas import Level, level_of
from linli.base.masking import mask_phone
from linli.base.text import plain, tidy
from linli.domains.hotline import actions, forms, queries
from linli.domains.hotline.views.common import clock_badge, matter, page_of, stage_badge
from linli.domains.hotline.views.line import WISHES, line_words, obey, own_call
from linli.kernel.access.actions import attempt, press, record_seen
from linli.kernel.access.rules import page
from linli.kernel.calls.actions import tie
from linli.kernel.calls.queries import number_of
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import order_by_id, proposal
from linli.kernel.orders.rules import OPEN, Lane, Stage, alarming, category, find_categories
from linli.kernel.registry.queries import clear_phone, people_by_ids
from linli.kernel.registry.rules import read_phone
from linli.kernel.ui.queries import moment

KEPT = (
    "channel", "phone", "caller", "text", "category", "place", "address", "kind", "confidential", "answer", "person", "find",
    "wanted", "call",
)  # fmt: skip
OF_CALLER = ("call", "phone", "caller", "address", "place", "person", "find")
MORE = "supplement:"
ACTS = {"send": "派单", "urgent": "紧急派单", "keep": "暂存待派", "answer": "当场答复"}


@page("orders.take")
@require_http_methods(["GET", "POST"])
def console(request: HttpRequest) -> HttpResponse:
    """The form with everything beside it; what was typed before a crash stands in it again."""
    if request.method == "GET":
        draft = queries.draft_of(request.actor)
        begun = draft or _begun(request)
        form = forms.Take(initial=begun, scope=request.actor.scope)
        return _shown(request, form, begun, found_draft=bool(draft))
    typed = {name: request.POST.get(name, "") for name in KEPT}
    typed["category"] = request.POST.get("pick") or typed["category"]
    wish = request.POST.get("act", "")
    if wish == "fresh":
        return press(request, lambda: _forget(request), back=reverse("hotline:console"))
    if wish.startswith(MORE):
        return _supplement(request, typed, _number(wish.removeprefix(MORE)) or 0)
    if wish in ACTS and (answer := _take(request, typed, wish)) is not None:
        return answer
    if wish in ACTS:
        return _shown(request, request.refused_form, typed, status=422)  # type: ignore[attr-defined]
    fault = obey(request, wish) if wish in WISHES and request.actor.may("calls.answer") else ""
    if wish != "draft":
        _fill(request, typed)
    _keep(request, typed)
    if wish == "draft":
        return render(request, "hotline/alarms.html", {"alarms": _alarms(typed)})
    form = forms.Take(initial=typed, scope=request.actor.scope)
    return _shown(request, form, typed, line_fault=fault)


def _keep(request: HttpRequest, typed: dict[str, str]) -> None:
    """Keep what was typed. What is only shown again after a session's end was not sent: that is no draft yet."""
    if not getattr(request.POST, "unsent", False):
        actions.keep_draft(by=request.actor, at=request.now, fields=typed)


def _forget(request: HttpRequest) -> str:
    actions.drop_draft(by=request.actor)
    return reverse("hotline:console")


def _begun(request: HttpRequest) -> dict[str, str]:
    """What a fresh form knows: a community's worker takes what was said in the own community, an operator who is on the line."""
    area = request.actor.area
    own = level_of(area) is Level.COMMUNITY
    typed = dict.fromkeys(KEPT, "") | {"channel": "round" if own else "phone", "place": area if own else ""}
    _fill(request, typed)
    return typed


def _fill(request: HttpRequest, typed: dict[str, str]) -> None:
    """What is known of the caller stands in the form without being asked; what was typed stays.

    The next call takes over a form in which nothing was written of the one before.
    """
    call = own_call(request)
    if call is not None and typed["call"] != str(call.pk) and not (_written(typed) and _of_another(typed, call)):
        typed |= dict.fromkeys(OF_CALLER, "") if _of_another(typed, call) else {}
        _called(request, typed, call)
    _let_go(request, typed)
    with suppress(ValueError):
        typed["phone"] = typed["phone"] or read_phone(typed["find"])
    person = people_by_ids([one]).get(one) if (one := _number(typed["person"])) else None
    if person is not None:
        for name, value in _known(person).items():
            typed[name] = typed[name] or value


def _known(person: Any) -> dict[str, str]:
    return {"caller": person.name, "place": person.area, "address": person.address, "phone": clear_phone(person)}


def _of_another(typed: dict[str, str], call: Any) -> bool:
    """Whether the form is of somebody else than who is on the line: of another call, or of a visitor who was entered before."""
    if typed["call"]:
        return typed["call"] != str(call.pk)
    phone = typed["phone"]
    if not phone and (one := _number(typed["person"])):
        person = people_by_ids([one]).get(one)
        phone = clear_phone(person) if person is not None else ""
    return bool(typed["phone"] or typed["person"]) and _digits(phone) != _digits(number_of(call))


def _digits(phone: str) -> str:
    return plain(phone).replace("-", "")


def _call_of(request: HttpRequest, typed: dict[str, str]) -> int | None:
    """The call of which this form came: never that of somebody else who is on the line by now."""
    call = own_call(request)
    return _number(typed["call"]) or (call.pk if call is not None and not _of_another(typed, call) else None)


def _let_go(request: HttpRequest, typed: dict[str, str]) -> None:
    """Somebody else is looked for: who was chosen before is the caller no more, nor is what stood in the form of them."""
    find, chosen = tidy(typed["find"])[:40], _number(typed["person"])
    if not find or chosen is None or _written(typed):
        return
    if chosen in {one.person.pk for one in queries.callers(find, request.today)[0]}:
        return
    before = people_by_ids([chosen]).get(chosen)
    known = _known(before) if before is not None else {}
    typed |= {"person": ""} | {name: "" for name, value in known.items() if typed[name] == value}


def _written(typed: dict[str, str]) -> bool:
    """Whether somebody wrote down what the caller wants."""
    return any(typed.get(name, "").strip() for name in ("text", "category", "answer"))


def _called(request: HttpRequest, typed: dict[str, str], call: Any) -> None:
    """The call on the line: its number, and whom it belongs to when it belongs to one person alone."""
    number = number_of(call)
    typed["call"], typed["phone"] = str(call.pk), typed["phone"] or number
    people = queries.callers(number, request.today)[0] if number and not typed["person"] else []
    if len(people) == 1:
        typed["person"] = str(people[0].person.pk)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 15 else None


def _take(request: HttpRequest, typed: dict[str, str], wish: str) -> HttpResponse | None:
    sent = request.POST.copy()
    sent["category"] = typed["category"]
    form = forms.Take(sent, scope=request.actor.scope)
    request.refused_form = form  # type: ignore[attr-defined]
    if not form.is_valid():
        _keep(request, typed)
        return None
    taken: list[Any] = []

    def act() -> str:
        given = form.given(urgent=wish == "urgent") | {"person": _number(typed["person"])}
        words = {"by": request.actor, "at": moment(request), "intake": work.Intake(**given)}
        if wish == "answer":
            taken.append(work.answer_at_once(**words, answer=form.cleaned_data["answer"]))
        else:
            taken.append(work.take(**words, send=wish != "keep", desk_id=_number(request.POST.get("desk_id", ""))))
        if call := _call_of(request, typed):
            tie(by=request.actor, call_id=call, order_id=taken[0].id)
        actions.drop_draft(by=request.actor)
        return reverse("hotline:console")

    answer = attempt(by=request.actor, form=form, act=act)
    if answer is None:
        _keep(request, typed)
        return None
    if taken:
        messages.success(request, _said(taken[0], wish))
    return redirect(answer)


def _supplement(request: HttpRequest, typed: dict[str, str], order_id: int) -> HttpResponse:
    """What was typed goes to the order that is open already, and no second one is sent; refused, it stands in the form again."""
    _keep(request, typed)

    def act() -> str:
        one = order_by_id(order_id)
        work.supplement(by=request.actor, at=moment(request), order=one, text=typed["text"])
        if call := _call_of(request, typed):
            tie(by=request.actor, call_id=call, order_id=one.pk)
        actions.drop_draft(by=request.actor)
        return reverse("hotline:console")

    return press(request, act, back=reverse("hotline:console"), said="已补充到原工单，承办单位会看到。")


def _in_hand(order: Any) -> bool:
    """Whether it is still dealt with, by itself or with the one into which it was merged."""
    return order.stage in (*OPEN, Stage.MERGED)


def _same(request: HttpRequest, typed: dict[str, str], find: str, people: list[Any], past: list[Any]) -> list[dict[str, Any]]:
    """Open orders of this very caller about the same matter: the one who is chosen, or whose number it is."""
    group, by_number = typed.get("category", "")[:4], False
    with suppress(ValueError):
        by_number = bool(read_phone(find))
    mine = [
        row for one in people for row in one.past
        if typed.get("person") == str(one.person.pk) or (by_number and not typed.get("person"))
    ]  # fmt: skip
    found = {row.pk: row for row in [*past, *mine] if _in_hand(row) and not row.confidential and row.category[:4] == group}
    return [_past(request, row) | {"pk": row.pk, "desk": row.desk.name if row.desk else "待派单"} for row in found.values()]


def _other(line: Any, typed: dict[str, str]) -> str:
    """Of whom the words in the form are, when it is not who is on the line."""
    call = line.own if line else None
    if call is None or typed.get("call", "") == str(call.pk):
        return ""
    if typed.get("call"):
        return "上一个来电"
    mixed = call.order_id is None and _written(typed) and _of_another(dict.fromkeys(KEPT, "") | typed, call)
    return "另一位来电人" if mixed else ""


def _said(taken: Any, wish: str) -> str:
    if wish == "answer":
        return f"工单 {taken.number} 已当场答复办结。"
    if not taken.desk:
        return f"工单 {taken.number} 已受理，待派单。"
    return f"工单 {taken.number} 已派给{taken.desk}：{'；'.join(taken.reasons)}。"


def _shown(
    request: HttpRequest, form: Any, typed: dict[str, str], *, found_draft: bool = False, status: int = 200, line_fault: str = ""
) -> HttpResponse:
    phone = line_words(request, line_fault)
    first, number, tied = phone.get("first"), phone.get("first_number", ""), typed.get("call", "")
    newer = number if first and str(first.pk) != tied and not _written(typed) else ""
    find = tidy(typed.get("find", ""))[:40] or newer or typed.get("phone", "") or number
    wanted = tidy(typed.get("wanted", ""))
    people, past = queries.callers(find, request.today) if find else ([], [])
    if find:
        record_seen(by=request.actor, verb="hotline.caller", kind="registry.search", found=len(people))
    chosen = category(typed.get("category", ""))
    typed = typed | {"pick": typed.get("category", "")}
    words = {
        "form": form, "typed": typed, "find": find, "wanted": wanted, "callers": [_caller(request, one) for one in people],
        "past": [_past(request, one) for one in past], "searched": bool(find), "found_draft": found_draft,
        "categories": find_categories(wanted) if wanted else [], "chosen": chosen,
        "alarms": _alarms(typed), "same": _same(request, typed, find, people, past),
        "may_supplement": request.actor.may("orders.supplement"),
        "articles": queries.matching_articles(request.today, words=wanted, category=typed.get("category", "")),
        "proposal": _proposal(request, chosen, typed), "acts": ACTS, "may_answer": request.actor.may("orders.answer"),
        "other_call": _other(phone.get("line"), typed),
    } | phone  # fmt: skip
    return render(request, "hotline/console.html", words, status=status)


def _alarms(typed: dict[str, str]) -> list[Any]:
    """What must be said first: by the words of danger, or by the category that was chosen."""
    chosen = category(typed.get("category", ""))
    return alarming(typed.get("text", "")) or ([chosen] if chosen and chosen.script else [])


def _proposal(request: HttpRequest, chosen: Any, typed: dict[str, str]) -> list[Any]:
    place = typed.get("place", "")
    if chosen is None or len(place) != 12 or not place.isdigit():
        return []
    return proposal(place=place, category=chosen, lane=Lane(chosen.lane), at=moment(request))[:3]


def _caller(request: HttpRequest, one: Any) -> dict[str, Any]:
    phone = clear_phone(one.person)
    return {
        "head": f"{one.home.head.name}户" if one.home and one.home.head else "家庭",
        "person": one.person, "age": one.age, "home": one.home, "phone": mask_phone(phone) if phone else "",
        "past": [_past(request, order) for order in one.past],
    }  # fmt: skip


def _past(request: HttpRequest, one: Any) -> dict[str, Any]:
    what = "保密事项" if one.confidential else matter(one.category)
    return {
        "number": one.number, "href": page_of(one), "what": what, "badge": stage_badge(one), "day": one.received_at,
        "clock": clock_badge(one, moment(request)),
    }  # fmt: skip
