"""From the rows of an application to the facts of the rules, and the law's answer to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.dated import NoValue
from linli.base.days import age_on
from linli.domains.assistance.models import Application, Line
from linli.domains.assistance.models import Member as MemberRow
from linli.domains.assistance.queries.applications import (
    consents_of,
    lines_of,
    members_of,
    supporters_of,
    verifies,
)
from linli.kernel.access.rules import Refused
from linli.kernel.registry.queries import area_name, statuses_of_people
from linli.law import (
    Asked,
    BadFacts,
    Bearer,
    Disability,
    Flow,
    Holding,
    Household,
    Item,
    Judgement,
    Member,
    Procedure,
    Standing,
    Study,
    Work,
    Zone,
    all_values,
    judge_together,
    owes_support,
    procedure_on,
)  # fmt: skip
from linli.law import Scheme as Cared
from linli.law.codes import FIRST_PROPERTY, FIRST_SPENDING
from linli.law.words import name_of_value

ADULT = 18
_SCHEMES = {"tekun": Cared.TEKUN, "orphan": Cared.ORPHAN, "unsupported_child": Cared.UNSUPPORTED_CHILD}


@dataclass(frozen=True)
class Family:
    """The family as it stands on a day: the rows of its members, and the facts that the rules read."""

    members: list[MemberRow]
    home: Household
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Answered:
    """The law's answer, or the fault (in Chinese) that stands against giving one: of the facts, or ``lawless``."""

    family: Family
    judgement: Judgement | None
    fault: str = ""
    lawless: bool = False


def procedure(on: date, area: str, programme: str = "dibao") -> Procedure:
    """The procedure of a day and place. Refused, saying what is missing and who enters it."""
    try:
        return procedure_on(programme, all_values(), on=on, area=area)
    except NoValue as fault:
        raise Refused(missing(fault)) from fault


def missing(fault: NoValue) -> str:
    """What is missing of the law, and who puts it right."""
    place = area_name(fault.area, fault.day)
    return (
        f"没有{fault.day:%Y年%-m月%-d日}适用于{place}的“{name_of_value(fault.key)}”，不能按规定计算。"
        "请区民政局政策管理人员补录依据和数值；在此之前不能作出决定。"
    )


def family_of(one: Application, on: date) -> Family:
    """The facts of a family as of the day of its application, with the consents that hold on this day."""
    rows = members_of(one)
    consents = consents_of(one, on)
    known = statuses_of_people([row.person for row in rows], one.applied_on)
    members = tuple(_member(one, row, known.get(row.person_id, []), row.person_id in consents) for row in rows)
    place = {row.person_id: i for i, row in enumerate(rows)}
    flows, holdings = _lines(lines_of(one).select_related(None), place)
    home = Household(
        area=one.area, zone=Zone(one.zone), applied=one.applied_on, members=members, flows=flows, holdings=holdings,
        alone=one.alone, single_parent=one.single_parent, received=one.received, new_job=one.new_job,
    )  # fmt: skip
    return Family(rows, home, tuple(_asked(one, rows, home)))


def _member(one: Application, row: MemberRow, statuses: Sequence[Any], consented: bool) -> Member:
    grade = next((status.grade for status in statuses if status.kind == "disabled" and len(status.grade) == 2), "")
    own = ("tekun",) if verifies(one) else ()  # what is verified now keeps nobody out of the family
    schemes = [_SCHEMES[status.kind] for status in statuses if status.kind in _SCHEMES and status.kind not in own]
    person = row.person
    return Member(
        name=person.name, kin=row.kin, born=person.birth, long_together=row.long_together, duty=row.duty,
        independent=row.independent, study=Study(row.study), standing=Standing(row.standing), since=row.since,
        disability=Disability(int(grade[0])) if grade else Disability.NONE, level=int(grade[1]) if grade else 0,
        ill=row.ill or any(status.kind == "ill" for status in statuses), work=Work(row.work), refusals=row.refusals,
        scheme=Cared(row.scheme) or (schemes[0] if schemes else Cared.NONE), died=person.died_on,
        consented=consented or age_on(person.birth, one.applied_on) < ADULT, number=str(person.pk),
    )  # fmt: skip


def _lines(rows: Any, place: Mapping[int, int]) -> tuple[tuple[Flow, ...], tuple[Holding, ...]]:
    flows, holdings = [], []
    for row in rows:
        item, whose = Item(row.kind), place.get(row.person_id, -1)
        if FIRST_PROPERTY <= item < FIRST_SPENDING:
            holdings.append(Holding(item, whose, row.amount, row.number))
        else:
            flows.append(Flow(item, whose, row.amount, row.first, row.last))
    return tuple(flows), tuple(holdings)


def _asked(one: Application, rows: list[MemberRow], home: Household) -> Any:
    outside = list(supporters_of(one).select_related(None))
    for i, row in enumerate(rows):
        if not row.asks:
            continue
        bearers = [_outside(two, one.applied_on) for two in outside if two.person_id == row.person_id]
        inside = [j for j, other in enumerate(rows) if j != i and owes_support(row.kin, other.kin)]
        bearers += [_inside(home, j) for j in inside if age_on(home.members[j].born, home.applied) >= ADULT]
        yield Asked(i, tuple(bearers), frozenset(row.failed), row.institution)


def _outside(two: Any, on: date) -> Bearer:
    return Bearer(
        age=age_on(two.born, on), income=two.income, property_fits=int(two.property_fits), dibao=int(two.dibao),
        scheme=int(Cared.TEKUN) if two.tekun else 0, disability=two.disability, level=two.level, incapable=int(two.incapable),
        standing=two.standing,
    )  # fmt: skip


def _inside(home: Household, place: int) -> Bearer:
    """A member of the household as one who must support another: the income is that of the last twelve months as entered."""
    member = home.members[place]
    income = sum(flow.amount for flow in home.flows if flow.member == place and flow.kind < FIRST_PROPERTY)
    held = any(one.member == place and (one.amount or one.number) for one in home.holdings)
    return Bearer(
        age=age_on(member.born, home.applied), income=income, property_fits=int(not held), scheme=int(member.scheme),
        disability=int(member.disability), level=member.level, standing=int(member.standing),
    )  # fmt: skip


def answer(one: Application, on: date) -> Answered:
    """The law's answer on this day, or what stands against it: facts that contradict each other, law that is missing."""
    family = family_of(one, on)
    try:
        return Answered(family, judge_together(family.home, family.asked, all_values(), on=on))
    except BadFacts as fault:
        return Answered(family, None, str(fault))
    except NoValue as fault:
        return Answered(family, None, missing(fault), lawless=True)


def judge(one: Application, on: date) -> Judgement:
    """The law's answer on this day. Refused, with what is wrong and how to mend it."""
    found = answer(one, on)
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
