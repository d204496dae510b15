"""What every person who draws a subsidy should have in a month, by the registry and the law of the month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from linli.base.dated import NoValue
from linli.base.reasons import Outcome
from linli.domains.disability.models import Claim
from linli.domains.disability.queries.judging import facts_in, part
from linli.domains.disability.queries.law import law_now
from linli.domains.disability.rules import CARE, GROUNDS, LIVING, Facts
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements.rules import Asked, Reckoned
from linli.kernel.registry.queries import area_name
from linli.law.subsidies import WORDS, Subsidies, SubsidyLaw, judge_subsidies, subsidy_law
from linli.law.words import articles_on, missing_words


def living_month(asked: Asked) -> Reckoned:
    """The living subsidy of everybody who draws it. :raises Refused: a value of the month is missing for a place."""
    return _month(asked, LIVING.key, "living")


def care_month(asked: Asked) -> Reckoned:
    """The care subsidy of everybody who draws it. :raises Refused: a value of the month is missing for a place."""
    return _month(asked, CARE.key, "care")


def _month(asked: Asked, programme: str, component: str) -> Reckoned:
    people = asked.persons.tolist()
    areas = dict(Claim.objects.filter(state="granted").values_list("person_id", "area"))
    known = np.fromiter((one in areas for one in people), bool, len(people))
    try:
        found = judged_in(asked.month, {one: areas[one] for one in people if one in areas})
    except NoValue as fault:
        words = missing_words(fault, area_name(fault.area, fault.day))
        raise Refused(f"{words}需要先发放的，请按现行核定金额试算。", field="basis") from fault
    nothing = Subsidies(0, 0, 0)
    told = [found.get(one, nothing) for one in people]
    amounts = np.fromiter((getattr(one, component) for one in told), "i8", len(told))
    reasons = np.fromiter((one.reasons & GROUNDS[programme] for one in told), "i8", len(told))
    return Reckoned({component: amounts}, reasons, known)


def judged_in(month: date, areas: dict[int, str]) -> dict[int, Subsidies]:
    """The rule's answer for each of these people, by the law of the month at their place. Raises NoValue."""
    facts = facts_in(month, areas.keys())
    laws: dict[str, SubsidyLaw] = {}
    seen: dict[tuple[str, Facts], Subsidies] = {}
    found = {}
    for person, area in areas.items():
        if area not in laws:
            laws[area] = subsidy_law(law_now(), on=month, area=area).law
        key = area, facts.get(person, Facts())
        if key not in seen:
            seen[key] = judge_subsidies(laws[area], key[1].recognised, key[1].person, int(key[1].long_care))
        found[person] = seen[key]
    return found


def articles(month: date, area: str) -> tuple[str, ...]:
    """The article behind each ground of the rule in a month."""
    return articles_on(WORDS, law_now(), on=month, area=area)


def living_told(person: int, months: Sequence[date]) -> dict[date, Outcome]:
    """How this person comes to the living subsidy by the law of each month."""
    return _told(LIVING.key, person, months)


def care_told(person: int, months: Sequence[date]) -> dict[date, Outcome]:
    """How this person comes to the care subsidy by the law of each month."""
    return _told(CARE.key, person, months)


def _told(programme: str, person: int, months: Sequence[date]) -> dict[date, Outcome]:
    claim: Any = Claim.objects.filter(person=person, state__in=["granted", "ended"]).order_by("-id").first()
    if claim is None:
        return {}
    found = {}
    for month in months:
        facts = facts_in(month, [person]).get(person, Facts())
        try:
            found[month] = part(facts, programme, month, claim.area)
        except NoValue:
            continue  # a month that cannot be told any more
    return found
