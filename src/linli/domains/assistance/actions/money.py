"""From a decision to the recurring money: entitlements granted, changed and ended from the month that the law says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.reasons import Outcome
from linli.domains.assistance.models import Application, MeasuredFacts
from linli.domains.assistance.queries.applications import counted_in
from linli.domains.assistance.rules.programmes import DIBAO, ENDED_AS, TEKUN
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.actions import Why, change, end, grant
from linli.kernel.entitlements.queries import amounts_of, covered_in, entitlements_of
from linli.kernel.entitlements.rules import Ground
from linli.kernel.registry.queries import people_by_ids
from linli.law import Asked, Judgement, alone_of
from linli.law.grounds import Ground as LawGround
from linli.law.measured import FORM, measure


@dataclass(frozen=True)
class Due:
    """What a decision gives: a programme, its holder, the people who count, the class, fen a month by component.

    ``asked``: how a person was judged as 特困.
    """

    programme: str
    holder: int
    covered: tuple[int, ...]
    grade: str
    amounts: dict[str, int]
    asked: Asked | None = None


def dues_of(judgement: Judgement, holder: int, people: list[int]) -> list[Due]:
    """The money that follows from the law's answer; ``people``: ids by place in the family."""
    found = [
        Due(
            TEKUN.key, people[asked.member], (people[asked.member],), "institution" if asked.institution else "home",
            {"basic": one.supported.basic, "care": one.supported.care}, asked,
        )
        for asked, one in judgement.persons if one.supported.entitled
    ]  # fmt: skip
    if judgement.group and judgement.family is not None:
        judged = judgement.family.judged
        inside = tuple(people[i] for i in judgement.inside)
        head = holder if holder in inside else inside[0]
        found.append(Due(DIBAO.key, head, inside, judgement.group, {"basic": judged.base, "category": judged.category}))
    return [due for due in found if sum(due.amounts.values())]


def settle(*, by: Actor, on: date, application: Application, judgement: Judgement, people: list[int], since: date) -> None:
    """Bring the entitlements of the family to what was decided, from this month on.

    First ends what is no more, then changes what goes on, and grants last: nobody is covered twice on the way.
    """
    dues = dues_of(judgement, application.person_id, people)
    standing = _standing([*people, *former_people(application)], since)
    paper, case_id = application.case.number, application.case_id
    why = Why(Ground.APPROVED, outcome=judgement.outcome, paper=paper, case_id=case_id)
    going_on = {(row.programme, row.person_id): row for row in standing}
    for row in standing:
        if (row.programme, row.person_id) not in {(due.programme, due.holder) for due in dues}:
            _end(by, on, row, since, _replaced(row, dues, since), application, judgement.outcome)
    for due in dues:
        if (due.programme, due.holder) in going_on:
            _change(by, on, going_on[due.programme, due.holder], due, since, why)
    for due in dues:
        if (due.programme, due.holder) not in going_on:
            home = application.household_id if due.programme == DIBAO.key else None
            grant(
                by=by, on=on, programme=due.programme, person_id=due.holder, since=since, amounts=due.amounts,
                covered=due.covered, household_id=home, grade=due.grade, why=why,
            )  # fmt: skip
    keep_facts(application, judgement, dues)


def _replaced(row: Any, dues: list[Due], since: date) -> Ground:
    """Why an entitlement ends: its people go on under another holder, in another programme, or not at all."""
    people = _covered(row, since)
    instead = [due.programme for due in dues if people & set(due.covered)]
    if not instead:
        return Ground.UNFIT
    return Ground.FAMILY if row.programme in instead else Ground.OTHER_PROGRAMME


def keep_facts(application: Application, judgement: Judgement, dues: list[Due]) -> None:
    """Keep the facts in numbers for the monthly run; 低保 in taper is a matter of months, not of standards."""
    taper = judgement.family is not None and judgement.family.judged.reasons & LawGround.TAPER
    for due in dues:
        one = due.asked
        if one is None and taper:
            continue
        facts = measure(alone_of(judgement.home, one), one.bearers, len(one.failed)) if one else measure(judgement.home)
        MeasuredFacts.objects.create(
            application=application, programme=due.programme, person_id=due.holder, form=FORM, area=application.area,
            institution=bool(one and one.institution), **vars(facts),
        )  # fmt: skip
    if judgement.family is not None and not taper and all(due.asked for due in dues):
        _keep_known(application, judgement)


def _keep_known(application: Application, judgement: Judgement) -> None:
    """A family that gets no 低保 now: a trial of other standards asks whether it would."""
    MeasuredFacts.objects.create(
        application=application, programme=DIBAO.key, person_id=application.person_id, form=FORM, area=application.area,
        **vars(measure(judgement.home)),
    )  # fmt: skip


def stop(
    *, by: Actor, on: date, application: Application, people: Iterable[int], since: date, how: str, outcome: Outcome | None = None
) -> None:
    """No money from this month on. ``outcome``: the law's answer, where a verification stopped it."""
    for row in _standing(people, since):
        _end(by, on, row, since, ENDED_AS.get(how, Ground.OTHER), application, outcome)


def former_people(application: Application) -> list[int]:
    """Who counted in the application that this one verifies."""
    former = application.former
    return [] if former is None else counted_in(former)


def _standing(people: Iterable[int], since: date) -> list[Any]:
    """The entitlements of this package in which these people count and which are not over by this month."""
    found = entitlements_of(people).filter(programme__in=[DIBAO.key, TEKUN.key])
    return [row for row in found if row.until is None or row.until > since]


def _covered(row: Any, month: date) -> set[int]:
    return {one.pk for one in covered_in(row, max(month, row.since))}


def _change(by: Actor, on: date, row: Any, due: Due, since: date, why: Why) -> None:
    month = max(since, row.since)
    same = sum(due.amounts.values()) == amounts_of([row], month).get(row.pk, 0) and due.grade == row.grade
    if same and set(due.covered) == _covered(row, month):
        return
    ground = Ground.FAMILY if set(due.covered) != _covered(row, month) else Ground.INCOME
    words = Why(ground, outcome=why.outcome, paper=why.paper, case_id=why.case_id)
    change(
        by=by, on=on, entitlement=row, since=month, amounts=due.amounts, covered=due.covered, grade=due.grade, why=words,
        payee_id=_payee(row, due),
    )  # fmt: skip


def _payee(row: Any, due: Due) -> int | None:
    """Somebody else of the family where the one who received the money has died."""
    payee = people_by_ids([row.payee_id]).get(row.payee_id)
    return due.covered[0] if payee is None or payee.died_on else None


def _end(
    by: Actor, on: date, row: Any, since: date, ground: Ground, application: Application, outcome: Outcome | None = None
) -> None:
    why = Why(ground, outcome=outcome, paper=application.case.number, case_id=application.case_id)
    end(by=by, on=on, entitlement=row, since=max(since, row.since), why=why)
