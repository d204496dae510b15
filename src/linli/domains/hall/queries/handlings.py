"""Reading what the counters took: lists, one handling with its papers, agent and words to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from linli.base.areas import scope_of
from linli.domains.hall.models import Custody, Errand, Handling, Mandate, Telling
from linli.domains.hall.queries.catalogue import catalogue
from linli.domains.hall.rules import Item
from linli.kernel.access.queries import staff_at
from linli.kernel.access.rules import Actor
from linli.kernel.cases.queries import flow_of
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE


def handlings(
    *, words: str = "", window: str = "", state: str = "", way: str = "", area: str = "", hall: str = "",
    first: date | None = None, last: date | None = None, late_on: date | None = None,
) -> QuerySet[Handling]:  # fmt: skip
    """Handlings of the present range, newest first. ``state``: open, closed, papers (missing), tell (something), waiting (for
    the result).

    ``words``: a receipt's number or the applicant's name. ``late_on``: past the promise on this day, or ended after it.
    """
    rows = Handling.objects.select_related("case", "taken_by").order_by("-id")
    if words:
        rows = rows.filter(Q(number=words) | Q(name=words) | Q(case__number=words))
    exact = {"window": window, "hall": hall}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if area:
        scope = scope_of(area)
        rows = rows.filter(area__gte=scope.lo, area__lt=scope.hi)
    if first:
        rows = rows.filter(taken_on__gte=first)
    if last:
        rows = rows.filter(taken_on__lte=last)
    if late_on:
        running = Q(case__closed_on=None, case__stop="", promised_on__lt=late_on)
        rows = rows.filter(running | Q(case__closed_on__gt=F("promised_on")))
    return _in_way(_in_state(rows, state), way)


def _in_state(rows: QuerySet[Handling], state: str) -> QuerySet[Handling]:
    if state == "waiting":
        return rows.filter(case__outcome="done", result_on=None)
    if state == "tell":
        return rows.filter(pk__in=Telling.objects.filter(told_on=None, wanted=True).values("handling"))
    if state == "papers":
        return rows.filter(case__state="open", case__stop="papers")
    return rows.filter(case__state=state) if state else rows


def _in_way(rows: QuerySet[Handling], way: str) -> QuerySet[Handling]:
    if way == "spot":
        return rows.filter(spot=True)
    return rows.filter(agency=True) if way == "agency" else rows


def handling(handling_id: int) -> Handling:
    """The handling. :raises Http404: there is none in the present range."""
    found = Handling.objects.select_related("case", "taken_by", "first").filter(pk=handling_id).first()
    if found is None:
        raise Http404
    return found


def handling_of(case: Any) -> Handling | None:
    """The handling of a case, if the case came from a counter."""
    return Handling.objects.select_related("case").filter(case_id=case.pk).first()


def handlings_of(person_id: int) -> QuerySet[Handling]:
    """What this person has under way or lately had, newest first."""
    return Handling.objects.select_related("case").filter(person_id=person_id).order_by("-id")


def beside(one: Handling) -> list[Handling]:
    """What was taken with the same form of one thing of life."""
    head = one.first_id or one.pk
    return list(Handling.objects.select_related("case").filter(Q(pk=head) | Q(first_id=head)).exclude(pk=one.pk).order_by("id"))


def item_of(one: Handling) -> Item:
    """The item in the version under which it was taken."""
    return catalogue().version(one.item, one.version)


def step_of(one: Handling) -> str:
    """Where the case stands, in words."""
    flow = flow_of(one.case)
    return flow.ending(one.case.outcome).zh if one.case.outcome else flow.step(one.case.step).zh


def promise_of(one: Handling) -> date | None:
    """The day that was promised; none while papers are awaited, for the day moves on with each day without them."""
    return None if one.case.state == "open" and one.case.stop == "papers" else one.promised_on


def phone_of(one: Handling) -> str:
    """The telephone in clear, for whoever has to call."""
    return keyring().open(bytes(one.phone_sealed), PHONE)


def papers_of(one: Handling) -> list[Custody]:
    """What was left with us, in order."""
    return list(Custody.objects.filter(handling=one).select_related("returned_by").order_by("id"))


def held(one: Handling) -> list[Custody]:
    """Originals that still lie with us."""
    return [paper for paper in papers_of(one) if paper.kept == "original" and paper.returned_on is None]


def tellings_of(one: Handling) -> list[Telling]:
    """What the applicant was or has to be told, in order."""
    return list(Telling.objects.filter(handling=one).select_related("told_by").order_by("id"))


def telling(telling_id: int) -> Telling:
    """One of them. :raises Http404: there is none in the present range."""
    found = Telling.objects.select_related("handling__case").filter(pk=telling_id).first()
    if found is None:
        raise Http404
    return found


def mandate_of(one: Handling) -> Mandate | None:
    """The mandate that stands, if there is one."""
    return Mandate.objects.filter(handling=one, ended_on=None).select_related("agent").first()


def mandates_of(one: Handling) -> list[Mandate]:
    """All mandates, the newest first."""
    return list(Mandate.objects.filter(handling=one).select_related("agent").prefetch_related("errands").order_by("-id"))


def errand(errand_id: int) -> Errand:
    """One task of an agent. :raises Http404: there is none in the present range."""
    found = Errand.objects.select_related("mandate__handling__case").filter(pk=errand_id).first()
    if found is None:
        raise Http404
    return found


def agents(places: Iterable[str], on: date) -> dict[int, str]:
    """Who may carry an item for somebody, by name: the staff of these places whose post can enter what an agent did."""
    return {one.pk: one.name for place in dict.fromkeys(places) for one in staff_at(place, on=on, right="hall.act")}


def open_errands(on: date) -> QuerySet[Errand]:
    """What agents have to do while the mandates hold."""
    return Errand.objects.filter(mandate__ended_on=None, mandate__until__gte=on, done_on=None)


def with_late_errands(on: date) -> Any:
    """The ids of handlings with an errand past its last day."""
    return open_errands(on).filter(due_on__lt=on).values("mandate__handling")


def errands_for(staff_id: int | None, on: date) -> QuerySet[Errand]:
    """What an agent has to do while the mandates hold, oldest last day first."""
    rows = open_errands(on).filter(mandate__agent_id=staff_id)
    return rows.select_related("mandate__handling").order_by("due_on", "id")


def to_be_told(by: Actor) -> QuerySet[Telling]:
    """What people must be told to do something and nobody has told them yet, taken by this hall."""
    rows = Telling.objects.filter(told_on=None, wanted=True, handling__hall=by.area)
    return rows.select_related("handling").order_by("since", "id")


def results_waiting(by: Actor) -> QuerySet[Handling]:
    """What is done and lies in this hall for the applicant."""
    return handlings(state="waiting", hall=by.area).order_by("case__closed_on", "id")
