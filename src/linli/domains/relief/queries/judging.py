"""From a request to the facts of the law, and the law's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from linli.base.dated import NoValue
from linli.domains.relief.models import Helped, Request
from linli.domains.relief.queries.law import law_now
from linli.domains.relief.rules import EVENTS, GROUP, NEAR, VAGUE
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.ledgers.queries import benefits_of, order_by_source, origins_from, purposes
from linli.kernel.ledgers.rules import Origin, town_of
from linli.kernel.registry.queries import area_name, identities_of, people_by_ids, statuses_of_people
from linli.law import BadFacts, Cause, Degree, Need, Recognised, Relief, Zone, decide_relief
from linli.law.words import missing_words

YEAR = timedelta(days=365)
_RECOGNISED = {
    "dibao": Recognised.DIBAO, "tekun": Recognised.DIBAO, "edge": Recognised.EDGE, "rigid": Recognised.RIGID,
}  # fmt: skip


@dataclass(frozen=True)
class Past:
    """What these people got: relief in the year of the day, relief for one emergency (``where``: the town), and ``aid`` of the
    year from other programmes, as lines of name, town and day."""

    times: int = 0
    asked_before: bool = False
    where: str = ""
    aid: tuple[str, ...] = ()


def past_here(
    people: Iterable[int], asker: int, household: int | None, event: str, happened_on: date, on: date, *, but: int | None = None
) -> Past:
    """What the present scope knows of earlier aid; ``asker``: who asks now, for these people; ``but``: the request that is being
    judged or supplemented.

    The twin of the judgement in sql/limits.sql, which alone decides.
    """
    known = identities_of(people_by_ids(people).values())
    every = Helped.objects.filter(cancelled_on=None).exclude(request=but or 0)
    found = every.filter(person__in=known)
    counts: dict[int, int] = {}
    for person in found.filter(helped_on__year=on.year).values_list("person", flat=True):
        counts[person] = counts.get(person, 0) + 1
    near = {"happened_on__gte": happened_on - timedelta(days=NEAR), "happened_on__lte": happened_on + timedelta(days=NEAR)}
    one_asks = Q(request__person__in=identities_of(people_by_ids([asker]).values()))
    tells_nothing = Q(event__in=EVENTS if event in VAGUE else VAGUE)
    same = (
        found.filter(event=event, happened_on__gt=happened_on - YEAR, happened_on__lt=happened_on + YEAR)
        | found.filter(one_asks | tells_nothing, **near)
        | every.filter(**near, event=event, household=household, household__isnull=False)
    )
    area = same.order_by("-helped_on").values_list("area", flat=True).first()
    where = area_name(town_of(area), on) if area else ""
    return Past(max(counts.values(), default=0), area is not None, where, _other_aid(known, on))


def _other_aid(known: list[int], on: date) -> tuple[str, ...]:
    """Other programmes of the year, each piece of aid once; neither amounts nor reasons."""
    rows = benefits_of(known, period=str(on.year)).exclude(group=GROUP)
    given = {row.source: row for row in reversed(rows)}
    names = dict(purposes().values_list("key", "name"))
    return tuple(
        f"{names.get(row.group, row.group)}（{area_name(town_of(row.area), on)}，{row.given_on}）" for row in given.values()
    )


def judge(one: Request, on: date, past: Past | None = None) -> Relief:
    """The law's answer on this day. ``past``: what the whole district knows; else what the present scope knows.

    :raises Refused: a value of the law is missing, or the facts cannot be judged.
    """
    if past is None:
        befell = (one.person_id, one.household_id, one.event, one.happened_on)
        past = past_here(one.members, *befell, on, but=one.former_id or one.pk)
    need = Need(
        area=one.area, zone=Zone(one.zone), cause=Cause(one.cause), degree=Degree(one.degree), people=one.people,
        months=one.months, recognised=_recognised(one, on),
        asked_before=past.asked_before and not one.renewed and one.former_id is None,
        fast=one.fast, given=one.former.amount if one.former else 0, times=past.times if one.former_id is None else 0,
        burden=one.burden, too_rich=one.means == "over",
    )  # fmt: skip
    try:
        return decide_relief(need, law_now(), on=on)
    except NoValue as fault:
        raise Refused(missing(fault)) from fault
    except BadFacts as fault:
        raise Refused(str(fault)) from fault


def times_most(one: Request, on: date) -> int:
    """How often in a year the law of the day allows relief for one person at this place."""
    try:
        return law_now().on("relief.year_times", on, one.area).count
    except NoValue as fault:
        raise Refused(missing(fault)) from fault


def missing(fault: NoValue) -> str:
    """What is missing of the law, and who puts it right."""
    return missing_words(fault, area_name(fault.area, fault.day))


def _recognised(one: Request, on: date) -> Recognised:
    """As what the family is recognised now, where the present scope sees them, else as it stood at the application."""
    people = people_by_ids(one.members).values()
    return recognised_as(people, on) if people else Recognised(one.recognised)


def recognised_as(people: Iterable[Any], on: date) -> Recognised:
    """As what these people are recognised; whoever is recognised already is not checked again (社会救助法 §42)."""
    held = statuses_of_people(people, on).values()
    found = [_RECOGNISED[row.kind] for rows in held for row in rows if row.kind in _RECOGNISED]
    return min(found, default=Recognised.NOTHING)


def source_of(one: Request) -> str:
    """How the books name this request."""
    return f"relief.request:{one.pk}"


def order_of(one: Request) -> Any:
    """The payment order of a request, where the present scope sees one."""
    return order_by_source(source_of(one))


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of relief: the request behind an order or a slip."""
    if not by.may("relief.read"):
        return {}
    rows = Request.objects.select_related("case")
    return origins_from(sources, "relief.request:", rows, lambda one: f"临时救助 {one.case.number}", "relief:request")
