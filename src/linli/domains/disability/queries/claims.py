"""Claims, their entitlements, and the part of the case page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.domains.disability.models import CareFact, Claim
from linli.domains.disability.queries.judging import judge
from linli.domains.disability.rules import CARE, LIVING
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.queries import amounts_of, entitlements_of
from linli.law.words import doubts


def claims(*, words: str = "", state: str = "") -> QuerySet[Claim]:
    """Claims of the present scope, newest first; ``words`` is the beginning of a name or a case's number."""
    found = Claim.objects.select_related("case", "person").order_by("-id")
    if state:
        found = found.filter(state=state)
    if words:
        after = words[:-1] + chr(ord(words[-1]) + 1)
        found = found.filter(Q(case__number=words) | Q(person__name__gte=words, person__name__lt=after))
    return found


def claim(claim_id: int) -> Claim:
    """The claim with this id. :raises Refused: there is none in the present scope."""
    found = claims().filter(pk=claim_id).first()
    if found is None:
        raise Refused("没有这份补贴申请，或它不在本辖区内。")
    return found


def claim_of_case(case_id: int) -> Claim | None:
    """The claim that this case decides."""
    return claims().filter(case=case_id).first()


def standing(people: Sequence[int]) -> Claim | None:
    """The granted claim of one of these people."""
    return claims().filter(person__in=people, state="granted").first()


def claim_of_person(people: Sequence[int]) -> Claim | None:
    """The claim that helps one of these people, or the last one that was made."""
    return standing(people) or claims().filter(person__in=people).first()


def cares_of(one: Claim) -> list[CareFact]:
    """What was stated about care, the latest first."""
    return list(one.cares.select_related("entered_by").order_by("-since", "-id"))


def drawn(people: Sequence[int], since: date) -> list[Any]:
    """The entitlements of the two programmes that are not over by this month."""
    found = entitlements_of(people).filter(programme__in=[LIVING.key, CARE.key])
    return [row for row in found if row.until is None or row.until > since]


def aside(one: Claim, month: date) -> list[tuple[Any, int]]:
    """What is drawn in a month beside each other, this and every other programme: stacking made visible."""
    rows = list(entitlements_of([one.person_id], month=month))
    sums = amounts_of(rows, month)
    return [(row, sums.get(row.pk, 0)) for row in rows]


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """What the case page shows: the law's answer so far; once it is decided the case tells it."""
    one = claim_of_case(case.pk) if by.may("disability.read") else None
    if one is None or one.state != "open":
        return {"claim": one} if one else {}
    try:
        _, outcome = judge(one)
    except Refused as fault:
        return {"claim": one, "fault": fault.message, "warnings": [fault.message]}
    against = [] if outcome.granted else [reason.zh for reason in outcome.reasons]
    return {"claim": one, "outcome": outcome, "doubts": doubts(outcome.values), "warnings": against}
