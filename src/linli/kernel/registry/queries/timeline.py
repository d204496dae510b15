"""What happened to a person or a household, in one list: from the registry and from other packages; and who looked.

A package contributes through its manifest: ``timeline_sources``, callables that take the ids of people and the day and
answer with entries; ``benefit_sources`` likewise with benefit lines. A source sees the present scope only.
``person_acts`` are what a domain can begin for a person: route (which takes the person's id), words, permission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from linli.kernel.access.models import AuditLine
from linli.kernel.access.queries import audit_trail
from linli.kernel.access.rules import Actor
from linli.kernel.registry.models import Household, Membership, Person, Residence, Status
from linli.kernel.registry.queries.areas import area_names
from linli.kernel.registry.queries.people import identities, identities_of, members_of
from linli.kernel.registry.rules import KIN, STATUS_KINDS, BenefitLine, Entry
from linli.kernel.ui.queries import declared, declared_functions

Source = Callable[..., Sequence[Any]]


def person_acts(by: Actor, person_id: int) -> list[tuple[str, str]]:
    """Address and words of what this actor may begin for a person, as the domains declare it."""
    offered = declared("person_acts", tuple)
    return [(reverse(route, args=[person_id]), zh) for route, zh, permission in offered if by.may(permission)]


def benefit_pages(by: Actor, *, person: int = 0, household: int = 0) -> list[tuple[str, str]]:
    """Address and words of the pages on which packages show everything that a person, or a household, received.

    ``benefit_pages`` of a manifest: (route of a person, route of a household, words, permission).
    """
    return [
        (reverse(of_person, args=[person]) if person else reverse(of_household, args=[household]), zh)
        for of_person, of_household, zh, permission in declared("benefit_pages", tuple) if by.may(permission)
    ]  # fmt: skip


def timeline_of(person: Person, on: date, by: Actor) -> list[Entry]:
    """Everything that happened to a person and of which this reader may be told, newest first."""
    return _timeline(identities(person), on, by)


def timeline_of_household(household: Household, on: date, by: Actor) -> list[Entry]:
    """The same of the present members of a household, by name, and who came and went; newest first."""
    members = members_of(household, on)
    ids = identities_of(members)
    names = {person.pk: person.name for person in members}
    entries = [replace(entry, zh=f"{names[entry.person_id]}：{entry.zh}") if entry.person_id in names else entry
               for entry in (_timeline(ids, on, by) if ids else [])]  # fmt: skip
    gone = Membership.objects.filter(household=household).exclude(person__in=ids).select_related("person")
    return sorted({*entries, *_memberships(gone, named=True)}, key=_newest)


def benefits_of(people: Sequence[Person], on: date) -> list[BenefitLine]:
    """What these people receive, as the packages that give it say; newest first."""
    ids = [person.pk for person in people]
    lines = [line for source in declared_functions("benefit_sources") for line in source(ids, on=on)]
    return sorted(lines, key=lambda line: (-line.since.toordinal(), line.zh))


def _timeline(ids: list[int], on: date, by: Actor) -> list[Entry]:
    entries: set[Entry] = set()
    people = Person.objects.in_bulk(ids)
    entries |= {Entry(person.died_on, "死亡", "person", pk) for pk, person in people.items() if person.died_on}
    entries |= set(_memberships(Membership.objects.filter(person__in=ids)))
    entries |= set(_residences(ids, on))
    entries |= set(_statuses(ids))
    for source in declared_functions("timeline_sources"):
        entries |= {one for one in source(ids, on=on) if not one.permission or by.may(one.permission)}
    return sorted(entries, key=_newest)


def _newest(entry: Entry) -> tuple[int, str, str]:
    return (-entry.day.toordinal(), entry.kind, entry.zh)


def _memberships(rows: Any, named: bool = False) -> Iterator[Entry]:
    for row in rows:
        who = f"{row.person.name}：" if named else ""
        relation = "立户，为户主" if row.kin == "02" else f"入户，与户主关系为{KIN[row.kin]}"
        yield Entry(row.since, who + relation, "household", row.person_id, reverse("registry:household", args=[row.household_id]))
        if row.until:
            yield Entry(row.until, f"{who}离户：{row.left_because or '未注明原因'}", "household", row.person_id)


def _residences(ids: list[int], on: date) -> Iterator[Entry]:
    rows = list(Residence.objects.filter(person__in=ids))
    names = area_names(frozenset(row.at for row in rows), on)
    for row in rows:
        yield Entry(row.since, f"居住于{names.get(row.at, row.at)}{row.address}", "residence", row.person_id)


def _statuses(ids: list[int]) -> Iterator[Entry]:
    for row in Status.objects.filter(person__in=ids):
        kind = STATUS_KINDS[row.kind]
        grade = f"（{kind.grade_zh(row.grade)}）" if row.grade else ""
        yield Entry(row.since, f"认定为{kind.zh}{grade}，来源：{row.source}", "status", row.person_id)
        if row.until:
            yield Entry(row.until, f"{kind.zh}终止：{row.end_reason or '到期'}", "status", row.person_id)


VERBS = {"registry.open": "打开档案", "registry.correct": "更正信息", "registry.reveal": "查看隐去的内容"}


def looks_of(person: Person, most: int = 50) -> list[AuditLine]:
    """Who opened, corrected or revealed something of this person, newest first."""
    lines = audit_trail(kind="registry.person").filter(subject__in=[str(pk) for pk in identities(person)])
    return list(lines.filter(verb__in=list(VERBS)).exclude(outcome="refused")[:most])
