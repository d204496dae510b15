"""What every helped family should have in a month: the facts that were decided upon, judged by the law of the month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models.expressions import RawSQL

from linli.base.dated import NoValue, Parameters
from linli.base.reasons import Outcome
from linli.domains.assistance.models import Application, MeasuredFacts
from linli.domains.assistance.queries.applications import counted_in
from linli.domains.assistance.queries.family import MemberRow, family_of
from linli.domains.assistance.queries.judging import missing
from linli.domains.assistance.queries.law import law_now
from linli.domains.assistance.rules.programmes import DIBAO, TEKUN
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements.queries import amounts_of, entitlements_of
from linli.kernel.entitlements.rules import Asked, Reckoned
from linli.law import BadFacts, Judgement, Recognised, Zone, judge_together
from linli.law.columns import FEW, judge_all, judge_each
from linli.law.grounds import WORDS
from linli.law.measured import FORM, Measured, families_of, persons_of
from linli.law.minimum_law import minimum_law
from linli.law.person_columns import support_all, support_each
from linli.law.support import FIELDS, SupportLaw
from linli.law.support_words import WORDS as SUPPORT_WORDS
from linli.law.values import law_on
from linli.law.words import articles_on

READ = ("person_id", "application__area", "application__zone", "institution", "home", "people", "lines", "bearers", "failed")


class Kept(NamedTuple):
    """The facts behind one entitlement: whose, where by whose law, and in numbers."""

    person: int
    place: tuple[str, Zone, bool]
    facts: Measured


def dibao_month(asked: Asked) -> Reckoned:
    """低保 of every family by the standards of the month. A family whose facts are not kept so is left as it was decided.

    :raises Refused: a standard of the month is missing for a place.
    """
    rows, known = _kept(asked, DIBAO.key)
    with _paying():
        found = families_judged(rows, asked.month, law_now())
    stays = found["recognised"] == Recognised.DIBAO
    amounts = {name: np.where(stays, found[column], 0) for name, column in (("basic", "base"), ("category", "category"))}
    return _answered(asked, known, amounts, found["reasons"])


def tekun_month(asked: Asked) -> Reckoned:
    """特困 of every person by the standards of the month. :raises Refused: a standard of the month is missing for a place."""
    rows, known = _kept(asked, TEKUN.key)
    with _paying():
        found = persons_judged(rows, asked.month, law_now())
    amounts = {name: np.where(found["entitled"] == 1, found[name], 0) for name in ("basic", "care")}
    return _answered(asked, known, amounts, found["reasons"])


@contextmanager
def _paying() -> Iterator[None]:
    try:
        yield
    except NoValue as fault:
        raise Refused(f"{missing(fault)}需要先发放的，请按现行核定金额试算。", field="basis") from fault


def families_judged(rows: Sequence[Kept], month: date, known: Parameters) -> Any:
    """The answer of the law of a month to each family, in order (`law.columns.ANSWER`). Raises NoValue."""

    def law_in(area: str, zone: Zone, _: bool) -> Any:
        return minimum_law(known, on=month, area=area, zone=zone).law

    laws, law = _laws(rows, law_in)
    families = families_of([row.facts for row in rows], law)
    return (judge_all if len(families) > FEW else judge_each)(laws, families)


def persons_judged(rows: Sequence[Kept], month: date, known: Parameters) -> Any:
    """The answer of the law of a month to each person as 特困, in order. Raises NoValue."""

    def laws_in(area: str, zone: Zone, institution: bool) -> Any:
        words = {"zone": zone.key, "mode": "institution" if institution else "home"}
        minimum = minimum_law(known, on=month, area=area, zone=zone).law
        return minimum, law_on(SupportLaw, FIELDS, known, on=month, area=area, **words).law

    laws, law = _laws(rows, laws_in)
    people = persons_of([row.facts for row in rows], law)
    return (support_all if len(people) > FEW else support_each)(laws, people)


def _kept(asked: Asked, programme: str) -> tuple[list[Kept], Any]:
    """The kept facts in the order of what is asked, and for which of it there are any."""
    wanted = asked.persons.tolist()
    whose = RawSQL("select unnest(%s::bigint[])", [wanted])  # one array, since a part of a large run asks for 50,000
    found = MeasuredFacts.objects.filter(programme=programme, form=FORM, application__state="granted", person__in=whose)
    by_person = {row[0]: row for row in found.values_list(*READ)}
    known = np.fromiter((person in by_person for person in wanted), bool, len(wanted))
    return [kept(*by_person[person]) for person in wanted if person in by_person], known


def kept(person: int, area: str, zone: int, institution: bool, home: Any, people: Any, lines: Any, bearers: Any, n: int) -> Kept:
    """A row of ``READ``."""
    return Kept(person, (area, Zone(zone), institution), Measured(bytes(home), bytes(people), bytes(lines), bytes(bearers), n))


def _laws(rows: Sequence[Kept], of: Callable[[str, Zone, bool], Any]) -> tuple[list[Any], list[int]]:
    """The laws of all places, each once, and which one holds for each row."""
    places = {place: number for number, place in enumerate(dict.fromkeys(row.place for row in rows))}
    return [of(*place) for place in places], [places[row.place] for row in rows]


def _answered(asked: Asked, known: Any, amounts: dict[str, Any], reasons: Any) -> Reckoned:
    def whole(column: Any) -> Any:
        filled = np.zeros(len(asked), "i8")
        filled[known] = column
        return filled

    return Reckoned({name: whole(column) for name, column in amounts.items()}, whole(reasons), known)


def dibao_articles(month: date, area: str) -> tuple[str, ...]:
    """The article behind each ground of 低保 in a month."""
    return articles_on(WORDS, law_now(), on=month, area=area)


def tekun_articles(month: date, area: str) -> tuple[str, ...]:
    """The article behind each ground of 特困 in a month."""
    return articles_on(SUPPORT_WORDS, law_now(), on=month, area=area)


def dibao_told(person: int, months: Sequence[date]) -> dict[date, Outcome]:
    """How the family of this person comes to its 低保 by the law of each month, from the facts of its last decision."""
    told = _told(DIBAO.key, person, months)
    return {month: found.family.outcome for month, (found, _) in told.items() if found.family}


def tekun_told(person: int, months: Sequence[date]) -> dict[date, Outcome]:
    """How this person comes to 特困 by the law of each month, from the facts of the last decision."""
    told = _told(TEKUN.key, person, months)
    return {
        month: one.outcome
        for month, (found, members) in told.items()
        for asked, one in found.persons
        if members[asked.member].person_id == person
    }


def _told(programme: str, person: int, months: Sequence[date]) -> dict[date, tuple[Judgement, list[MemberRow]]]:
    kept = MeasuredFacts.objects.filter(programme=programme, form=FORM, person=person, application__state="granted")
    row = kept.select_related("application").order_by("-pk").first()
    if row is None:
        return {}
    family = family_of(row.application_id, row.application.applied_on)
    found = {}
    for month in months:
        try:
            found[month] = judge_together(family.home, family.asked, law_now(), on=month), family.members
        except (BadFacts, NoValue):
            continue  # a month that cannot be told any more
    return found


def dues_in(one: Application, month: date) -> list[tuple[Any, int]]:
    """The entitlements of the family that run in a month, each with its fen as decided."""
    rows = entitlements_of(counted_in(one), month=month)
    mine = [row for row in rows if row.programme in (DIBAO.key, TEKUN.key)]
    sums = amounts_of(mine, month)
    return [(row, sums.get(row.pk, 0)) for row in mine]


def monthly_of(one: Application, month: date) -> int:
    """Fen that the family is due in a month, everything together; a new standard may have raised it since the decision."""
    return sum(fen for _, fen in dues_in(one, month))
