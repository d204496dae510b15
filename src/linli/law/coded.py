"""The facts in whole numbers only: what the rules read, of one family or of a million."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from linli.base.days import age_on
from linli.law.facts import Household, check


class Home(NamedTuple):
    """A family. ``month``: the month of the application, counted from the year 0; 0 in ``job_month`` is none."""

    month: int
    alone: int = 0
    single_parent: int = 0
    received: int = 0
    job_month: int = 0


class Person(NamedTuple):
    """A member; the fields are those of `facts.Member`, with full years and full years of absence."""

    kin: int
    age: int
    long_together: int = 1
    duty: int = 0
    independent: int = 1
    study: int = 0
    standing: int = 0
    years_away: int = 0
    disability: int = 0
    level: int = 0
    ill: int = 0
    work: int = 0
    refusals: int = 0
    scheme: int = 0
    other_care: int = 0


class Line(NamedTuple):
    """A line of income, property or spending: fen of the months `first` to `last`, or a number of things."""

    kind: int
    member: int
    amount: int
    first: int = 0
    last: int = 0
    number: int = 0


class Coded(NamedTuple):
    home: Home
    people: Sequence[Person]
    lines: Sequence[Line]


def month_of(day: date) -> int:
    """The month as one number: 12 × year + month − 1."""
    return 12 * day.year + day.month - 1


def code(home: Household) -> Coded:
    """The family in whole numbers, as of the day of application. Raises BadFacts."""
    check(home)
    people = [
        Person(
            kin=int(member.kin),
            age=age_on(member.born, home.applied),
            long_together=int(member.long_together),
            duty=int(member.duty),
            independent=int(member.independent),
            study=int(member.study),
            standing=int(member.standing),
            years_away=age_on(member.since, home.applied) if member.since and member.since <= home.applied else 0,
            disability=int(member.disability),
            level=member.level,
            ill=int(member.ill),
            work=int(member.work),
            refusals=member.refusals,
            scheme=int(member.scheme),
            other_care=member.other_care,
        )
        for member in home.members
    ]
    flows = [
        Line(int(flow.kind), flow.member, flow.amount, month_of(flow.first), month_of(flow.last))
        for flow in home.flows
        if flow.first and flow.last
    ]
    things = [Line(int(one.kind), one.member, one.amount, number=one.number) for one in home.holdings]
    return Coded(
        Home(
            month=month_of(home.applied),
            alone=int(home.alone),
            single_parent=int(home.single_parent),
            received=home.received,
            job_month=month_of(home.new_job) if home.new_job else 0,
        ),
        people,
        flows + things,
    )
