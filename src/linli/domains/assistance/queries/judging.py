"""The law's answer to an application, and what the registers say beside what was entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.dated import NoValue
from linli.base.days import Term
from linli.domains.assistance.models import Application, Line
from linli.domains.assistance.queries.family import Family, family_of
from linli.domains.assistance.queries.law import law_now
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import area_name
from linli.law import BadFacts, Item, Judgement, Procedure, judge_together, procedure_on
from linli.law.words import missing_words


@dataclass(frozen=True)
class Answered:
    """The law's answer, or the fault (in Chinese) that stands against giving one: of the facts, or ``lawless``."""

    family: Family
    judgement: Judgement | None
    fault: str = ""
    lawless: bool = False


def procedure(on: date, area: str, programme: str = "dibao", *, delegated: bool = False) -> Procedure:
    """The procedure of a day and place. Refused, saying what is missing and who enters it."""
    try:
        return procedure_on(programme, law_now(), on=on, area=area, delegated=delegated)
    except NoValue as fault:
        raise Refused(missing(fault)) from fault


def consent_term(on: date, area: str) -> Term:
    """How long a consent to the economic check holds that is signed on this day."""
    return law_now().on("procedure.consent", on, area).term


def missing(fault: NoValue) -> str:
    """What is missing of the law, and who puts it right."""
    return missing_words(fault, area_name(fault.area, fault.day))


def answer(application_id: int, on: date) -> Answered:
    """The law's answer on this day, or what stands against it: facts that contradict each other, law that is missing."""
    family = family_of(application_id, on)
    try:
        return Answered(family, judge_together(family.home, family.asked, law_now(), on=on))
    except BadFacts as fault:
        return Answered(family, None, str(fault))
    except NoValue as fault:
        return Answered(family, None, missing(fault), lawless=True)


def judge(application_id: int, on: date) -> Judgement:
    """The law's answer on this day. Refused, with what is wrong and how to mend it."""
    found = answer(application_id, on)
    if found.judgement is None:
        raise Refused(found.fault)
    return found.judgement


@dataclass(frozen=True)
class Compared:
    """One item of one member: what stands in the facts, and what the registers say."""

    name: str
    item: str
    stated: int
    found: int
    counted: bool

    @property
    def differs(self) -> bool:
        return self.stated != self.found


def comparison(one: Application, lines: Sequence[Line], answers: Sequence[Any]) -> list[Compared]:
    """Declared and checked side by side, by member and item; things by their number, money in fen."""
    keys = dict.fromkeys((row.person_id, row.kind) for row in [*answers, *lines] if row.kind != 0)
    checked = {key for key in keys if any((row.person_id, row.kind) == key for row in answers)}
    names = {row.person_id: row.person.name for row in [*lines, *answers]}
    found = []
    for person, kind in checked:
        counted = 41 <= kind <= 50
        said = [row.number if counted else row.amount for row in lines if (row.person_id, row.kind) == (person, kind)]
        told = [row.number if counted else row.amount for row in answers if (row.person_id, row.kind) == (person, kind)]
        found.append(Compared(names[person], Item(kind).zh, sum(said), sum(told), counted))
    return sorted(found, key=lambda row: (not row.differs, row.name, row.item))
