"""The application at the door, in three steps: who applies, to which campaign, and what only she can tell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from linli.domains.charity import actions, forms, queries
from linli.domains.charity.rules import HELPED, group_of
from linli.kernel.access.actions import handle, record_seen
from linli.kernel.access.rules import page
from linli.kernel.ledgers.actions import helped_already
from linli.kernel.registry.queries import (
    GONE,
    household_of,
    keep_find,
    kept_find,
    members_of,
    members_of_many,
    person_by_id,
    search,
)
from linli.kernel.ui.rules import Step

NOBODY = "本辖区内没有找到这样的人员。请核对后再查；确为本辖区居民的，请先在居民登记中建档。"
STAGES = ("申请人", "救助批次", "填写受理")


def _stages(now: int) -> list[Step]:
    return [Step(label, "done" if place < now else "now" if place == now else "todo") for place, label in enumerate(STAGES)]


@page("charity.submit")
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Who applies? What is typed goes in the body, and only the mark of what was found into the address."""
    form, found = forms.FindApplicant(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        found = search(form.cleaned_data["words"], on=request.today)
        record_seen(by=request.actor, verb="charity.find", kind="registry.search", found=len(found.rows))
        if len(found.rows) == 1 and not found.more:
            return redirect(_next(request, found.rows[0].id))
        if found.rows:
            return redirect(_here(request, found=keep_find(request.session, found)))
        form.add_error("words", NOBODY)
    elif mark := request.GET.get("found", ""):
        found = kept_find(request.session, mark, request.today)
        if found is None:
            messages.warning(request, GONE)
            return redirect(_here(request))
    rows = _with_homes(request, found.rows) if found else []
    context = {"form": form, "rows": rows, "more": found is not None and found.more, "stages": _stages(0)}
    return render(request, "charity/apply.html", context, status=422 if form.is_bound else 200)


def _campaign(request: HttpRequest) -> str:
    """The campaign that was chosen before the person, if any."""
    chosen = request.GET.get("campaign", "")
    return chosen if chosen.isascii() and chosen.isdecimal() and len(chosen) < 16 else ""


def _here(request: HttpRequest, **words: str) -> str:
    chosen = _campaign(request)
    asked = urlencode(words | ({"campaign": chosen} if chosen else {}))
    return reverse("charity:apply") + (f"?{asked}" if asked else "")


def _next(request: HttpRequest, person_id: int) -> str:
    chosen = _campaign(request)
    return reverse("charity:apply_to", args=[person_id, chosen]) if chosen else reverse("charity:apply_for", args=[person_id])


def _with_homes(request: HttpRequest, rows: list[Any]) -> list[tuple[Any, str, str]]:
    """Each person with the way on and the names of the household."""
    homes = members_of_many({row.household_id for row in rows if row.household_id}, request.today)
    names = {pk: "、".join(one.name for one in members[:3]) + (f"等{len(members)}人" if members[3:] else "")
             for pk, members in homes.items()}  # fmt: skip
    return [(row, _next(request, row.id), names.get(row.household_id, "")) for row in rows]


@page("charity.submit")
@require_safe
def apply_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """To which campaign? Those that are open to her, with what speaks against it; those that are not, with the reason."""
    person = _person(request, person_id)
    household = household_of(person, request.today)
    offers = queries.offers_for(person, household, request.today)
    shown = [(one, _against(request, one, household) if one.open else ()) for one in offers]
    context = {"offers": [pair for pair in shown if pair[0].open], "closed": [one for one, _ in shown if not one.open]}
    context |= queries.known_family(person, request.today) | {"stages": _stages(1)}
    return render(request, "charity/apply_for.html", context)


@page("charity.submit")
@require_http_methods(["GET", "POST"])
def apply_to(request: HttpRequest, person_id: int, campaign_id: int) -> HttpResponse:
    """The application itself: nothing is asked that is known, and nothing that this project does not need."""
    person, chosen = _person(request, person_id), queries.campaign(campaign_id)
    household = household_of(person, request.today)
    offer = queries.offer_for(person, household, chosen, request.today)
    if request.method == "GET" and not offer.open:
        return redirect("charity:apply_for", person.pk)
    form = forms.Apply(request.POST or None, request.FILES or None, project=offer.project, grade=offer.grade)

    def act() -> str:
        made = actions.apply_at_the_door(
            by=request.actor, on=request.today, campaign=chosen, person_id=person.pk, papers=form.received(),
            photos=form.photos(), **form.answers,
        )  # fmt: skip
        return reverse("charity:application", args=[made.pk])

    if (answer := handle(request, form, act, said="申请已受理，已进入村居初核。")) is not None:
        return answer
    context = queries.known_family(person, request.today) | {
        "form": form, "offer": offer, "against": _against(request, offer, household), "stages": _stages(2),
        "photos": len(request.FILES) if form.is_bound else 0,
    }  # fmt: skip
    return render(request, "charity/apply_to.html", context, status=422 if form.is_bound else 200)


def _person(request: HttpRequest, person_id: int) -> Any:
    person = person_by_id(person_id)
    if person is None:
        raise Http404
    record_seen(by=request.actor, verb="charity.apply", kind="registry.person", subject=person.pk, area=person.area)
    return person


def _against(request: HttpRequest, offer: queries.Offer, household: Any) -> tuple[str, ...]:
    """What speaks against it, with what another town of the district may have given already."""
    if hasattr(request, "typed_before"):  # a page that is only shown again does not ask the district
        return offer.against
    people = members_of(household, request.today) if household else [offer.person]
    other = helped_already(
        by=request.actor, on=request.today, group=group_of(offer.campaign.project), period=str(offer.campaign.year),
        persons=[one.pk for one in people],
    )  # fmt: skip
    return offer.against if other is None else (*(said for said in offer.against if said != HELPED.zh), other.message)
