"""Reading requests of the present scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.domains.relief.models import Request
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import people_by_ids

AGAIN = {
    "relief": ~Q(renewed="", former=None), "aid": ~Q(past=[]),
    "back": Q(state="revoked", ordered_on__isnull=False, claimed_back_on=None),
}  # fmt: skip
"""What an auditor looks through: relief after relief, relief beside other aid, money of revoked relief that is still out."""


def requests(
    *, state: str = "", event: str = "", fast: str = "", words: str = "", step: str = "", again: str = ""
) -> QuerySet[Request]:
    """Requests, newest first; ``words`` is the beginning of a name or a case's number; ``fast``: "yes" or "no"; ``again``: a key
    of AGAIN.

    The people are not joined: they may live outside of the present scope, and the request would be hidden with them.
    """
    found = Request.objects.select_related("case", "former__case").order_by("-id")
    exact = {"state": state, "event": event, "case__step": step}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if fast:
        found = found.filter(fast=fast == "yes")
    if again:
        found = found.filter(AGAIN[again])
    if words:
        found = found.filter(Q(case__number=words) | Q(name__gte=words, name__lt=words + "\U0010ffff"))
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


def members_of(one: Request) -> list[tuple[str, int | None]]:
    """Whom a request is for: names, and the person's number where the present scope may open it."""
    known = people_by_ids(one.members)
    return [(name, pk if pk in known else None) for pk, name in zip(one.members, one.names, strict=True)]


def waiting_for_money() -> QuerySet[Request]:
    """Granted requests whose payment order was not made yet, the longest waiting first."""
    return requests(state="granted").filter(ordered_on=None).order_by("decided_on", "id")


def to_claim_back() -> QuerySet[Request]:
    """Revoked requests whose money was ordered or paid and not taken back yet, oldest first."""
    return requests(again="back").order_by("decided_on", "id")


def without_papers() -> QuerySet[Request]:
    """Help given at once whose papers are still to come, the longest waiting first."""
    found = requests(state="granted", fast="yes", step="papers").filter(case__state="open")
    return found.order_by("decided_on", "id")


def asking_for_goods() -> QuerySet[Request]:
    """Requests, under way or granted, that ask for goods and got none yet, the longest waiting first."""
    found = requests().filter(state__in=["open", "granted"], parcels=None).exclude(wants="")
    return found.order_by("applied_on", "id")
