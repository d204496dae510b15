"""Applications, what is known of a family, who was helped, and who was missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.base.days import age_on
from linli.base.reasons import Outcome
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.law import law
from linli.domains.charity.rules import PROJECTS, Facts, Need, decide, group_of
from linli.kernel.access.rules import Refused
from linli.kernel.ledgers.queries import benefits_in, benefits_of
from linli.kernel.registry.queries import (
    households_of,
    members_of_many,
    people,
    people_by_ids,
    people_with_status,
    statuses_of_people,
)

ADULT = 18


def applications(
    *, campaign: int | None = None, state: str = "", words: str = "", step: str = "", need: str = ""
) -> QuerySet[Application]:
    """Applications in the present scope, newest first; ``words`` is a case number or the beginning of a name."""
    found = Application.objects.select_related("campaign", "case", "person", "household").order_by("-id")
    exact = {"campaign_id": campaign, "state": state, "case__step": step, "need": need}
    found = found.filter(**{key: word for key, word in exact.items() if word})
    if words:
        after = words[:-1] + chr(ord(words[-1]) + 1)
        found = found.filter(Q(case__number=words) | Q(person__name__gte=words, person__name__lt=after))
    return found


def application(application_id: int) -> Application:
    """The application with this id in the present scope; Refused when there is none."""
    found = applications().filter(pk=application_id).first()
    if found is None:
        raise Refused("没有这份申请，或它不在本辖区内。")
    return found


def application_of_case(case_id: int) -> Application | None:
    """The application that this case is about."""
    return Application.objects.select_related("campaign", "person").filter(case_id=case_id).first()


def applications_of_household(household_id: int) -> QuerySet[Application]:
    """What a household has applied for, newest first."""
    return applications().filter(household_id=household_id)


def standing_application(campaign: Campaign, person_id: int, household_id: int | None) -> Application | None:
    """What this household (or person without one) has applied for in the campaign, if it was not refused or given up."""
    mine = Application.objects.filter(campaign=campaign, state__in=["open", "granted"]).select_related("case")
    return mine.filter(household_id=household_id).first() if household_id else mine.filter(person_id=person_id).first()


def facts_for(one: Application, on: date) -> Facts:
    """What is known of the family on this day. Refused when the applicant is not in the present scope any more."""
    found = facts_for_many([one], on).get(one.pk)
    if found is None:
        raise Refused("申请人已不在本辖区，请先核实去向。")
    return found


@dataclass(frozen=True)
class Family:
    """A family as it is known on a day: members, the kinds of status of each (by id), the aid that they had, the facts."""

    members: list[Any]
    kinds: dict[int, set[str]]
    benefits: list[Any]
    facts: Facts


def families_of(applications: Sequence[Application], on: date) -> dict[int, Family]:
    """What is known of many families on this day, by application: the registry's statuses of all members, and who helped
    them. A handful of queries, however many they are; an applicant outside of the scope is missing."""
    applicants = people_by_ids([one.person_id for one in applications])
    homes = households_of(applicants, on)
    households = members_of_many(set(homes.values()), on)
    members = {pk: households.get(homes[pk], [person]) if pk in homes else [person] for pk, person in applicants.items()}
    everyone = {member.pk: member for family in members.values() for member in family}
    recognised = statuses_of_people(everyone.values(), on)
    held = {pk: {status.kind for status in rows} for pk, rows in recognised.items()}
    grades = {pk: status.grade for pk, rows in recognised.items() for status in rows if status.kind == "disabled"}
    helped = list(benefits_of(everyone))
    found = {}
    for one in applications:
        if (person := applicants.get(one.person_id)) is not None:
            mine = members[one.person_id]
            ids = {member.pk for member in mine}
            benefits = [row for row in helped if row.person_id in ids]
            facts = _facts(one, person, mine, held, benefits, on)
            found[one.pk] = Family(mine, held, benefits, replace(facts, grade=grades.get(person.merged_into_id or person.pk, "")))
    return found


def facts_for_many(applications: Sequence[Application], on: date) -> dict[int, Facts]:
    """The facts of many families on this day, by application."""
    return {pk: family.facts for pk, family in families_of(applications, on).items()}


def _facts(one: Application, person: Any, members: list[Any], held: dict[int, set[str]], helped: list[Any], on: date) -> Facts:
    ids = {member.pk for member in members}
    return Facts(
        need=Need(one.need), members=len(members), illness=one.illness, own_cost=one.own_cost, enrolled=one.enrolled,
        diagnosed=one.diagnosed, alive=person.died_on is None or person.died_on > on,
        statuses=frozenset(kind for pk in ids for kind in held.get(pk, ())),
        helped=_helping(one.campaign, [row for row in helped if row.source != source_of(one)]), aid=one.aid,
    )  # fmt: skip


def helped_by(person_ids: Iterable[int], campaign: Campaign, on: date) -> tuple[str, ...]:
    """Names of the projects that helped any of these people in the campaign's year and exclude this one."""
    return _helping(campaign, benefits_of(person_ids, period=str(campaign.year)))


def _helping(campaign: Campaign, rows: Iterable[Any]) -> tuple[str, ...]:
    groups, year = _excluding(campaign), str(campaign.year)
    keys = {row.group for row in rows if row.group in groups and row.period.startswith(year)}
    return tuple(sorted(PROJECTS[key.removeprefix("charity.")].zh for key in keys))


def _excluding(campaign: Campaign) -> set[str]:
    return {group_of(key) for key in (campaign.project, *PROJECTS[campaign.project].excludes)}


def judge(one: Application, on: date) -> tuple[Facts, Outcome]:
    """The rule's answer for this family on this day."""
    facts = facts_for(one, on)
    return facts, decide(PROJECTS[one.campaign.project], facts, law(), on=on, area=one.area)


def judge_many(applications: Sequence[Application], on: date) -> dict[int, tuple[Facts, Outcome]]:
    """The rule's answer for many families, by application."""
    known = facts_for_many(applications, on)
    return {
        one.pk: (known[one.pk], decide(PROJECTS[one.campaign.project], known[one.pk], law(), on=on, area=one.area))
        for one in applications if one.pk in known
    }  # fmt: skip


def source_of(one: Application) -> str:
    """How the books name this application."""
    return f"charity.application:{one.pk}"


def is_minor(birth: date, on: date) -> bool:
    """Under 18 on this day (民法典 §17)."""
    return age_on(birth, on) < ADULT


def missed_people(campaign: Campaign, on: date) -> dict[int, list[str]]:
    """People of the present scope whose recognised status meets the campaign's conditions and whose household has no
    application in it, and no aid of the year that excludes it: person id to the kinds of status. For the search for those who
    were forgotten."""
    project = PROJECTS[campaign.project]
    if not project.statuses or Need.HARDSHIP not in project.needs:
        return {}
    with_home = Application.objects.filter(campaign=campaign, household__isnull=False)
    known = set(with_home.values_list("household_id", flat=True))
    applied = set(Application.objects.filter(campaign=campaign).values_list("person_id", flat=True))
    found: dict[int, list[str]] = {}
    for kind in sorted(project.statuses):
        for person in people_with_status(kind, on):
            if person.pk not in applied and person.died_on is None:
                found.setdefault(person.pk, []).append(kind)
    helped = _helped_otherwise(campaign)
    homes = set(households_of(helped, on).values())
    return _without_households({pk: kinds for pk, kinds in found.items() if pk not in helped}, known | homes, on)


def _helped_otherwise(campaign: Campaign) -> set[int]:
    """Whom the same project or one that excludes it helped in the campaign's year: the rule would refuse them at once."""
    rows = benefits_in(str(campaign.year)).filter(group__in=_excluding(campaign))
    return set(rows.values_list("person_id", flat=True))


def missed_named(person_ids: Iterable[int], words: str = "") -> QuerySet[Any]:
    """These people, or those of them whose name begins with the words."""
    found = people().filter(pk__in=list(person_ids))
    return found.filter(name__gte=words, name__lt=words[:-1] + chr(ord(words[-1]) + 1)) if words else found


def _without_households(found: dict[int, list[str]], known: set[int], on: date) -> dict[int, list[str]]:
    homes = households_of(found, on)
    seen: set[int] = set()
    kept = {}
    for person_id, kinds in found.items():
        home = homes.get(person_id)
        if home in known or home in seen:
            continue
        if home is not None:
            seen.add(home)
        kept[person_id] = kinds
    return kept
