"""The domain's part of the case page: the family, the rule's answer step by step, what others gave, and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.domains.charity.models import Application
from linli.domains.charity.queries.applications import application_of_case, applications_of_household, judge, judge_many
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import benefits_of
from linli.kernel.registry.queries import household_by_id, members_of, person_by_id, statuses_of
from linli.kernel.registry.rules import STATUS_KINDS


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """What the reviewer sees beside the papers: facts with their source, the outcome with its article, earlier aid."""
    one = application_of_case(case.pk)
    if one is None:
        return {}
    household = household_by_id(one.household_id) if one.household_id else None
    person = person_by_id(one.person_id)
    members = members_of(household, on) if household else [person] if person else []
    try:
        facts, outcome = judge(one, on)
    except Refused as fault:
        return {"aid": {"application": one, "fault": fault.message}}
    found = {
        "application": one, "facts": facts, "outcome": outcome, "members": [(member, _names(member, on)) for member in members],
        "benefits": list(benefits_of([member.pk for member in members])[:20]),
        "others": [other for other in applications_of_household(one.household_id)[:10] if other.pk != one.pk]
        if one.household_id else [],
    }  # fmt: skip
    return {"aid": found}


def _names(person: Any, on: date) -> list[str]:
    return [STATUS_KINDS[status.kind].zh for status in statuses_of(person, on) if status.kind in STATUS_KINDS]


def warnings(*, cases: Sequence[Any], by: Actor, on: date) -> dict[int, list[str]]:
    """What keeps a case out of a batch: the rule does not grant it, or the family's facts changed since the application."""
    mine = list(Application.objects.filter(case_id__in=[case.pk for case in cases]).select_related("campaign"))
    judged = judge_many(mine, on)
    found: dict[int, list[str]] = {}
    for one in mine:
        if one.pk not in judged:
            found[one.case_id] = ["申请人已不在本辖区，请先核实去向。"]
        elif not judged[one.pk][1].granted:
            found[one.case_id] = [reason.zh for reason in judged[one.pk][1].reasons]
    return found
