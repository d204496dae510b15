"""All aid of a year by household over all projects, what may be double or missed in it, and what came in and went out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Min, Q, QuerySet, Sum
from django.urls import reverse

from linli.domains.charity.models import Campaign, Doubt
from linli.domains.charity.queries.applications import missed_people
from linli.domains.charity.rules import DOUBTS, DUPLICATE, MISSED, Given, alike, project_names, words_of
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import benefits_in, funds, purposes
from linli.kernel.registry.queries import duplicate_queue, households_of, people_by_ids
from linli.kernel.ui.rules import Task

FEW = 10
"""So many doubts of a kind stand one by one on a workbench."""


@dataclass(frozen=True)
class Helped:
    """A household (or a person without one) with all aid of a year."""

    pk: str
    person: int
    household: int | None
    area: str
    given: tuple[Given, ...]

    @property
    def times(self) -> int:
        return len(self.given)

    @property
    def amount(self) -> int:
        return sum(one.amount for one in self.given)

    @property
    def names(self) -> str:
        return "、".join(dict.fromkeys(one.name for one in self.given))

    @property
    def doubtful(self) -> bool:
        return bool(alike(self.given))


def helped(year: int, on: date, *, least: int = 1) -> list[Helped]:
    """Who was helped in the year, over all projects and programmes; what was entered for each member is one piece of aid.

    A household is to whom its people belong on this day, so that two families who were helped apart and live together
    now stand in one line. Those who most often had help come first.
    """
    names = project_names(dict(purposes().values_list("key", "name")))
    rows = {row.source: row for row in reversed(list(benefits_in(str(year))))}.values()
    homes = households_of({row.person_id for row in rows}, on)
    lines: dict[str, list[Any]] = {}
    for row in rows:
        home = homes.get(row.person_id)
        lines.setdefault(f"h{home}" if home else f"p{row.person_id}", []).append(row)
    found = []
    for key, own in lines.items():
        if len(own) >= least:
            given = [Given(row.group, names.get(row.group, row.group), row.amount or 0, row.given_on, row.source) for row in own]
            person = min(row.person_id for row in own)
            found.append(Helped(key, person, homes.get(person), own[0].area, tuple(sorted(given, key=_when))))
    return sorted(found, key=lambda one: (-one.times, -one.amount, one.pk))


def _when(one: Given) -> tuple[date, str]:
    return one.day, one.source


def money_of_scope() -> tuple[int, int]:
    """What the funds of the present scope received and spent so far, in fen."""
    sums = funds().aggregate(received=Sum("balance__received"), spent=Sum("balance__spent"))
    return sums["received"] or 0, sums["spent"] or 0


def to_find(year: int, on: date) -> list[Doubt]:
    """What may be double or missed in the present scope, as rows that are not written yet."""
    return [*_doubles(year, on), *_same_people(year, on), *_missed(year, on)]


def _doubles(year: int, on: date) -> list[Doubt]:
    words = {"kind": DUPLICATE, "year": year, "found_on": on}
    return [
        Doubt(
            **words, key=f"double:{pair[0].source}:{pair[1].source}", person_id=one.person, household_id=one.household,
            area=one.area, detail=f"同一户本年度：{words_of(pair)}"[:300],
        )
        for one in helped(year, on, least=2) for pair in alike(one.given)
    ]  # fmt: skip


def _same_people(year: int, on: date) -> list[Doubt]:
    """Two rows that may be one person, both of which were helped."""
    pairs = list(duplicate_queue())
    people = {pk for one in pairs for pk in (one.first_id, one.second_id)}
    got = {row.person_id: row for row in benefits_in(str(year)).filter(person__in=people)}
    return [
        Doubt(
            kind=DUPLICATE, year=year, found_on=on, key=f"pair:{year}:{one.pk}", person_id=one.first_id, area=one.first.area,
            household_id=got[one.first_id].household_id, detail="两条疑似同一人的登记都享受了救助，请先认定是否同一人。",
        )
        for one in pairs if one.first_id in got and one.second_id in got
    ]  # fmt: skip


def _missed(year: int, on: date) -> list[Doubt]:
    found = []
    for campaign in Campaign.objects.filter(year=year, state="open").order_by("id"):
        people = missed_people(campaign, on)
        homes, rows = households_of(people, on), people_by_ids(people)
        found += [
            Doubt(
                kind=MISSED, year=year, found_on=on, key=f"missed:{campaign.pk}:{homes.get(pk) or f'p{pk}'}", person_id=pk,
                household_id=homes.get(pk), campaign=campaign, area=rows[pk].area,
                detail=f"已认定的身份符合“{campaign.title}”条件，本户尚未申请",
            )
            for pk in people
        ]  # fmt: skip
    return found


def doubts(*, kind: str = "", state: str = "", year: int | None = None) -> QuerySet[Doubt]:
    """Doubts of the present scope; ``state``: open or answered."""
    found = Doubt.objects.select_related("person", "campaign", "answered_by").order_by("id")
    wanted = {"open": Q(answer=""), "answered": ~Q(answer="")}
    exact = {"kind": kind, "year": year}
    return found.filter(wanted.get(state, Q()), **{key: word for key, word in exact.items() if word})


def doubt(doubt_id: int) -> Doubt:
    """The doubt with this id; Refused when there is none in the present scope."""
    found = doubts().filter(pk=doubt_id).first()
    if found is None:
        raise Refused("没有这个疑点，或它不在本辖区内。")
    return found


def doubt_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> Sequence[Task]:
    """Doubts that wait for an answer, for the workbench of those who may give it."""
    if which == "done" or not actor.may("charity.answer_doubt"):
        return []
    counts = Counter(doubts(state="open").order_by().values_list("kind", flat=True))
    return [task for kind, count in sorted(counts.items()) for task in _doubt_tasks(actor, kind, count)]


def _doubt_tasks(actor: Actor, kind: str, count: int) -> list[Task]:
    """Each doubt by itself while they are few; many, as a whole town has, are one line that leads to their list."""
    found = doubts(kind=kind, state="open")
    if count > FEW:
        href = f"{reverse('charity:doubts')}?kind={kind}&state=open"
        since = found.aggregate(first=Min("found_on"))["first"]
        return [Task(f"{count}户{DOUBTS[kind]}，待核查", DOUBTS[kind], href, area=actor.area, since=since)]
    return [
        Task(
            one.detail, DOUBTS[one.kind], reverse("charity:doubt", args=[one.pk]), one.person.name, one.area,
            since=one.found_on,
        )
        for one in found
    ]  # fmt: skip
