"""Reading requests of the present scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from linli.domains.relief.models import Request
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import people_by_ids


def requests(*, state: str = "", event: str = "", fast: str = "", words: str = "", step: str = "") -> QuerySet[Request]:
    """Requests, newest first; ``words`` is the beginning of a name or a case's number; ``fast``: "yes" or "no"."""
    found = Request.objects.select_related("case", "person", "former").order_by("-id")
    exact = {"state": state, "event": event, "case__step": step}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if fast:
        found = found.filter(fast=fast == "yes")
    if words:
        after = words[:-1] + chr(ord(words[-1]) + 1)
        found = found.filter(Q(case__number=words) | Q(person__name__gte=words, person__name__lt=after))
    return found


def request(request_id: int) -> Request:
    """The request with this id; Refused when there is none in the present scope."""
    found = requests().filter(pk=request_id).first()
    if found is None:
        raise Refused("没有这份临时救助申请，或它不在本辖区内。")
    return found


def request_of_case(case_id: int) -> Request | None:
    """The request that this case is about."""
    return requests().filter(case_id=case_id).first()


def members_of(one: Request) -> list[Any]:
    """The people whom a request is for, the applicant first."""
    known = people_by_ids(one.members)
    return [known[pk] for pk in one.members if pk in known]


def waiting_for_money() -> QuerySet[Request]:
    """Granted requests whose payment order was not made yet, the longest waiting first."""
    return requests(state="granted").filter(ordered_on=None).order_by("decided_on", "id")


def asking_for_goods() -> QuerySet[Request]:
    """Requests, under way or granted, that ask for goods and got none yet, the longest waiting first."""
    found = requests().filter(state__in=["open", "granted"], parcels=None).exclude(wants="")
    return found.order_by("applied_on", "id")
