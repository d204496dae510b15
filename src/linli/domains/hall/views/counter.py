"""The counter in three steps: find the person, choose the item, tick the papers and print the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.base.areas import Level, level_of
from linli.domains.hall import actions, forms, queries
from linli.domains.hall.rules import Act, Channel, Item, offered, time_at
from linli.domains.hall.views.common import COUNTER, badge_of, carry_out, page_of
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import Found, clear_phone, person_acts, person_by_id, search
from linli.kernel.ui.rules import Fact

RECENT = 5


@page("hall.take")
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """The first step. What is typed travels in the body: numbers of people never stand in an address."""
    form = forms.FindPerson(request.POST or None)
    found: Found | None = None
    if request.method == "POST" and form.is_valid():
        found = search(form.cleaned_data["words"], on=request.today)
        record_seen(by=request.actor, verb="hall.find", kind="registry.search", found=len(found.rows))
        if len(found.rows) == 1 and not found.more and not found.rows[0].died:
            return redirect("hall:choose", found.rows[0].id)
    words = {"form": form, "found": found}
    return render(request, "hall/counter.html", words, status=422 if form.is_bound and found is None else 200)


def _person(request: HttpRequest, person_id: int) -> Any:
    found = person_by_id(person_id)
    if found is None:
        raise Http404
    return found


@page("hall.take")
@require_safe
def choose(request: HttpRequest, person_id: int) -> HttpResponse:
    """The second step: the item, by words, code or first letters; Enter goes on when only one is meant."""
    person, words = _person(request, person_id), request.GET.get("words", "").strip()[:40]
    record_seen(by=request.actor, verb="hall.open", kind="registry.person", subject=person.pk, area=person.area)
    found = offered(queries.items(on=request.today, words=words), request.actor.area)
    if words and len(found) == 1:
        return redirect("hall:take", person.pk, found[0].code)
    mine = [(one, badge_of(one, request.today)) for one in queries.handlings_of(person.pk)[:RECENT]]
    bundles = [one for one in queries.catalogue().bundles if len(_of_bundle(request, one)) > 1]
    shown = {"person": person, "words": words, "windows": _by_window(found, _level(request)), "count": len(found)}
    shown |= {"mine": mine, "bundles": bundles}
    return render(request, "hall/choose.html", shown)


def _level(request: HttpRequest) -> Level:
    return Level(level_of(request.actor.area))


def _by_window(found: tuple[Item, ...], level: Level) -> list[tuple[str, list[tuple[Item, str]]]]:
    windows: dict[str, list[tuple[Item, str]]] = {}
    for item in found:
        windows.setdefault(item.window.zh, []).append((item, time_at(item, level)))
    return list(windows.items())


def _of_bundle(request: HttpRequest, bundle: Any) -> list[Item]:
    found = (queries.item_on(code, request.today) for code in bundle.codes)
    return list(offered([item for item in found if item and item.handler is None], request.actor.area))


def _staff(request: HttpRequest, area: str) -> list[tuple[int, str]]:
    """Who may be the agent: the cadres of the applicant's community, and whoever sits at this counter."""
    return list(queries.agents((area, request.actor.area), request.today).items())


def _agent(form: Any) -> actions.Mandating | None:
    if not form.wanted:
        return None
    given = form.cleaned_data
    acts = tuple(Act(act) for act in given["acts"])
    return actions.Mandating(int(given["agent"]), acts, given["until"], given["proof"])


@page("hall.take")
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, person_id: int, item: str) -> HttpResponse:
    """The third step: papers ticked, telephone, agent if wanted; then the receipt."""
    person, one = _person(request, person_id), queries.item_on(item, request.today)
    if one is None or not one.taken_at(_level(request)):
        raise Http404
    if one.handler is not None:
        return _by_its_business(request, person, one)
    ends_here = one.spot and _level(request) <= one.decided
    first = {"phone": clear_phone(person), "ended": ends_here, "acts": [act.value for act in Act]}
    form = forms.Take(
        request.POST or None, initial=first, item=one, ends_here=ends_here, staff=_staff(request, person.area)
    )

    def act() -> str:
        given = form.cleaned_data
        made = actions.take(
            by=request.actor, on=request.today, person_id=person.pk, code=one.code, papers=given["papers"], phone=given["phone"],
            channel=Channel(given["channel"]), ended=bool(given.get("ended")), agent=_agent(form),
        )  # fmt: skip
        return reverse("hall:receipt", args=[made.pk])

    return carry_out(
        request, form, act, title=f"{one.zh}：{person.name}", submit="受理并出具收件单", said="已受理。",
        back=reverse("hall:choose", args=[person.pk]), crumbs=_trail(person), facts=_facts(one, _level(request)),
        note="请先核对原件。缺少的材料会一次性写在告知书上，不用另外填写。",
    )  # fmt: skip


def _by_its_business(request: HttpRequest, person: Any, one: Item) -> HttpResponse:
    """The item has an application of its own: on to it; who may not take it is told who does."""
    assert one.handler is not None
    address = reverse(one.handler.page, args=[person.pk])
    if address in dict(person_acts(request.actor, person.pk)):
        return redirect(address)
    return render(request, "hall/elsewhere.html", {"person": person, "item": one, "trail": _trail(person)})


def _trail(person: Any) -> tuple[tuple[str, str], ...]:
    return ((COUNTER[0], reverse(COUNTER[1])), (person.name, reverse("hall:choose", args=[person.pk])))


def _facts(item: Item, level: Level) -> list[Fact]:
    known = "、".join(f"{paper.zh}（{paper.known}）" for paper in item.not_asked)
    return [
        Fact("谁可以办", item.who), Fact("承诺时限", f"{time_at(item, level)}（法定{item.legal.zh}）"),
        Fact("依据", "；".join(one.zh for one in item.basis)), *([Fact("不用交", known)] if known else []),
    ]  # fmt: skip


@page("hall.take")
@require_http_methods(["GET", "POST"])
def take_bundle(request: HttpRequest, person_id: int, bundle: str) -> HttpResponse:
    """One thing of life: one form, several items behind it."""
    person = _person(request, person_id)
    one = next((found for found in queries.catalogue().bundles if found.key == bundle), None)
    if one is None:
        raise Http404
    items = _of_bundle(request, one)
    if not items:
        raise Http404
    timed = [(item, time_at(item, _level(request))) for item in items]
    first = {"phone": clear_phone(person), "codes": [item.code for item in items], "acts": [act.value for act in Act]}
    form = forms.TakeBundle(request.POST or None, initial=first, bundle=one, items=timed, staff=_staff(request, person.area))

    def act() -> str:
        given = form.cleaned_data
        made = actions.take_bundle(
            by=request.actor, on=request.today, person_id=person.pk, key=one.key, codes=given["codes"], papers=given["papers"],
            phone=given["phone"], agent=_agent(form),
        )  # fmt: skip
        return page_of(made[0])

    return carry_out(
        request, form, act, title=f"一件事“{one.zh}”：{person.name}", submit="一起受理", said="已一起受理，各事项分别计时。",
        back=reverse("hall:choose", args=[person.pk]), crumbs=_trail(person),
        note="填一张表，一起办；每个事项有自己的收件单和时限。",
    )  # fmt: skip
