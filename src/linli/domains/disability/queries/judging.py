"""What people are in a month by the registry, and the law's answer to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q

from linli.base.dated import NoValue
from linli.base.reasons import Outcome
from linli.domains.disability.models import CareFact, Claim
from linli.domains.disability.queries.law import law_now
from linli.domains.disability.rules import GIVING, GROUNDS, KEEPING_OUT, Facts, facts_of
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements.rules import month_after
from linli.kernel.registry.queries import area_name, merged_among, recognised
from linli.law import decide_subsidies
from linli.law.words import missing_words

FEW = 500
"""Up to so many people are asked for by name; more are read with everybody."""


def facts_in(month: date, people: Collection[int] | None = None, but: int | None = None) -> dict[int, Facts]:
    """What these people (or all disabled persons of the present scope) are in a month; who is nothing is left out.

    Disability and hardship of the family count when they run on the first or the last day of the month, other schemes on
    the first. ``but``: a claim that is being judged and whose care is taken instead of the granted one's.
    """
    merged = merged_among(list(people)) if people is not None else {}
    ids = None if people is None else {merged.get(one, one) for one in people}
    giving, out = _held(month, ids)
    cares = _cares(month, ids, but)
    found = {
        whose: facts_of(held, out.get(whose, ()), *cares.get(whose, (0, True)))
        for whose, held in giving.items()
        if any(kind == "disabled" for kind, _ in held)
    }
    if people is None:
        return found
    return {one: found[merged.get(one, one)] for one in people if merged.get(one, one) in found}


def _held(month: date, ids: set[int] | None) -> tuple[dict[int, set[tuple[str, str]]], dict[int, set[str]]]:
    giving: dict[int, set[tuple[str, str]]] = defaultdict(set)
    out: dict[int, set[str]] = defaultdict(set)
    last = month_after(month) - timedelta(days=1)
    for day in (month, last):
        for whose, kind, grade in _statuses(["disabled", *GIVING], day, ids):
            giving[whose].add((kind, grade))
    for whose, kind, _ in _statuses(list(KEEPING_OUT), month, ids):
        out[whose].add(kind)
    return giving, out


def _statuses(kinds: Iterable[str], day: date, ids: set[int] | None) -> Iterable[tuple[int, str, str]]:
    rows = recognised(kinds, day)
    if ids is not None and len(ids) <= FEW:
        rows = rows.filter(Q(person__in=ids) | Q(person__merged_into__in=ids))
    told: Iterable[tuple[int, str, str]] = rows.order_by().values_list("whose", "kind", "grade")
    return told if ids is None else [row for row in told if row[0] in ids]


def _cares(month: date, ids: set[int] | None, but: int | None) -> dict[int, tuple[int, bool]]:
    """Other money for care and the need of it, by person: the latest row of the month."""
    rows = CareFact.objects.filter(since__lte=month)
    rows = rows.filter(claim=but) if but else rows.filter(claim__state="granted")
    if ids is not None and len(ids) <= FEW and not but:
        rows = rows.filter(claim__person__in=ids)
    found = rows.order_by("since", "id").values_list("claim__person_id", "amount", "long_care")
    return {person: (amount, long_care) for person, amount, long_care in found}


def judge(one: Claim) -> tuple[Facts, Outcome]:
    """The law's answer to a claim, by the law of the day of its application. :raises Refused: a value of it is missing."""
    facts = facts_in(one.since, [one.person_id], but=one.pk).get(one.person_id, Facts())
    return facts, answered(facts, one.applied_on, one.area)


def answered(facts: Facts, on: date, area: str) -> Outcome:
    """Both subsidies by the law of the day. :raises Refused: a value of it is missing, said by its name."""
    try:
        return decide_subsidies(
            facts.recognised, facts.person, law_now(), on=on, area=area, long_care=int(facts.long_care)
        )
    except NoValue as fault:
        raise Refused(missing_words(fault, area_name(fault.area, fault.day))) from fault


def part(facts: Facts, programme: str, on: date, area: str) -> Outcome:
    """The one of the two with its own grounds and steps. Raises NoValue."""
    words = {"on": on, "area": area, "long_care": int(facts.long_care), "only": GROUNDS[programme]}
    return decide_subsidies(facts.recognised, facts.person, law_now(), **words)  # type: ignore[arg-type]


def known_on(on: date, area: str) -> None:
    """:raises Refused: the law of the day knows no such subsidies at the place, or their amounts are not entered."""
    answered(replace(Facts(), long_care=False), on, area)
