"""The domain's part of the case page: the family, the rule's answer step by step, what others gave, and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from linli.base.reasons import Outcome
from linli.domains.charity.models import Application
from linli.domains.charity.queries.applications import (
    application_of_case,
    families_of,
    judge_many,
)
from linli.domains.charity.queries.law import law
from linli.domains.charity.rules import ILLNESSES, PROJECTS, decide, group_of
from linli.kernel.access.rules import Actor
from linli.kernel.registry.rules import STATUS_KINDS

GONE = "申请人已不在本辖区，请先核实去向。"


def panel(*, case: Any, by: Actor, on: date) -> dict[str, Any]:
    """What the reviewer sees beside the papers: facts with their source, the outcome with its article, earlier aid."""
    one = application_of_case(case.pk)
    if one is None:
        return {}
    known: dict[str, Any] = {"application": one, "illness": ILLNESSES.get(one.illness)}
    family = families_of([one], on).get(one.pk)
    if family is None:
        return {"aid": known | {"fault": GONE}, "warnings": [GONE]}
    outcome = decide(PROJECTS[one.campaign.project], family.facts, law(), on=on, area=one.area)
    found = known | {
        "facts": family.facts, "outcome": outcome, "benefits": _benefits(family.benefits),
        "members": [(member, _names(family.kinds.get(member.pk, ()))) for member in family.members],
    }  # fmt: skip
    return {"aid": found, "warnings": _against(outcome)}


def _names(kinds: Iterable[str]) -> list[str]:
    return [STATUS_KINDS[kind].zh for kind in sorted(kinds) if kind in STATUS_KINDS]


def _benefits(rows: Iterable[Any]) -> list[tuple[str, str, int]]:
    """What the household was given, newest first: period, name, fen. Help to the whole household is entered for each
    member and said once."""
    names = {group_of(key): project.zh for key, project in PROJECTS.items()}
    found: dict[str, tuple[str, str, int]] = {}
    for row in rows:
        found.setdefault(row.source, (row.period, names.get(row.group, row.group), row.amount))
    return list(found.values())[:20]


def warnings(*, cases: Sequence[Any], by: Actor, on: date) -> dict[int, list[str]]:
    """What keeps a case out of a batch: the rule does not grant it, or the family's facts changed since the application."""
    mine = list(Application.objects.filter(case_id__in=[case.pk for case in cases]).select_related("campaign"))
    judged = judge_many(mine, on)
    found: dict[int, list[str]] = {}
    for one in mine:
        if one.pk not in judged:
            found[one.case_id] = [GONE]
        elif against := _against(judged[one.pk][1]):
            found[one.case_id] = against
    return found


def _against(outcome: Outcome) -> list[str]:
    return [] if outcome.granted else [reason.zh for reason in outcome.reasons]
