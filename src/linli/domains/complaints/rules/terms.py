"""The days of the remedies against an answer to a petition, by the rules of the day."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from linli.base.dated import Parameters, Value, load
from linli.base.days import WorkCalendar
from linli.domains.complaints.rules.words import RemedyKind


@cache
def values() -> Parameters:
    """Terms of petitions by day and place."""
    return load(sorted((Path(__file__).parents[1] / "parameters").glob("*.toml")))


def _value(key: str, on: date, area: str) -> Value:
    return values().on(f"petition.{key}", on, area)


def most_representatives(on: date, area: str) -> int:
    """How many may speak for those who petition together."""
    return _value("representatives", on, area).count


def forget_days(on: date, area: str) -> int:
    """How many days the content of a letter is kept that was not taken."""
    return values().on("complaints.forget_days", on, area).count


def remedy_open_until(kind: RemedyKind, told_on: date, area: str, calendar: WorkCalendar) -> tuple[date, str]:
    """The last day on which a remedy may be asked for, counted from the day of the answer, and where that stands."""
    value = _value(f"ask.{kind}", told_on, area)
    return value.term.due(told_on, calendar, roll=True).day, value.source


def remedy_due(kind: RemedyKind, asked_on: date, area: str, calendar: WorkCalendar) -> tuple[date, str]:
    """The last day for the decision on a remedy, and where that stands."""
    value = _value(f"answer.{kind}", asked_on, area)
    return value.term.due(asked_on, calendar, roll=True).day, value.source
