"""From what was entered of an application to the facts of the rules, in one statement (``sql/family.sql``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from linli.base.days import age_on
from linli.domains.assistance.rules import SCHEMES, VERIFY
from linli.kernel.access.rules import Refused
from linli.law import Asked, Bearer, Disability, Flow, Holding, Household, Item, Member, Standing, Study, Work, Zone, owes_support
from linli.law import Scheme as Cared
from linli.law.codes import FIRST_PROPERTY, FIRST_SPENDING

ADULT = 18
_SCHEMES = {"tekun": Cared.TEKUN, "orphan": Cared.ORPHAN, "unsupported_child": Cared.UNSUPPORTED_CHILD}
_READ = """
    select home, members, lines, supporters
      from "assistance_application" a, assistance_family(a.id, %s) where a.id = %s
"""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as a page of the law's answer names this person. ``id``: of what the survey found."""

    id: int
    person_id: int
    name: str
    kin: str


@dataclass(frozen=True)
class Family:
    """The family as it stands on a day: its members, and the facts that the rules read, in one order."""

    members: list[MemberRow]
    home: Household
    asked: tuple[Asked, ...]


def family_of(application_id: int, on: date) -> Family:
    """The facts of a family as of the day of its application, with the consents that hold on this day.

    :raises Refused: there is no such application in the present scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ, [on, application_id])
        found = cursor.fetchone()
    if found is None:
        raise Refused("没有这份申请，或它不在本辖区内。")
    rows, lines, supporters = (part or [] for part in found[1:])
    home = _home(found[0], rows, lines)
    members = [MemberRow(row["id"], row["person_id"], row["name"], row["kin"]) for row in rows]
    return Family(members, home, tuple(_asked(home, rows, supporters)))


def _home(one: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> Household:
    applied, own = date.fromisoformat(one["applied_on"]), SCHEMES[one["flow"]] is VERIFY
    flows, holdings = _lines(lines, {row["person_id"]: place for place, row in enumerate(rows)})
    return Household(
        area=one["area"], zone=Zone(one["zone"]), applied=applied, members=tuple(_member(row, applied, own) for row in rows),
        flows=flows, holdings=holdings, alone=one["alone"], single_parent=one["single_parent"], received=one["received"],
        new_job=_day(one["new_job"]),
    )  # fmt: skip


def _member(row: Mapping[str, Any], applied: date, verifies: bool) -> Member:
    known, born = row["statuses"], date.fromisoformat(row["birth"])
    grade = next((grade for kind, grade in known if kind == "disabled" and len(grade) == 2), "")
    own = ("tekun",) if verifies else ()  # what is verified now keeps nobody out of the family
    schemes = [_SCHEMES[kind] for kind, _ in known if kind in _SCHEMES and kind not in own]
    return Member(
        name=row["name"], kin=row["kin"], born=born, long_together=row["long_together"], duty=row["duty"],
        independent=row["independent"], study=Study(row["study"]), standing=Standing(row["standing"]), since=_day(row["since"]),
        disability=Disability(int(grade[0])) if grade else Disability.NONE, level=int(grade[1]) if grade else 0,
        ill=row["ill"] or any(kind == "ill" for kind, _ in known), work=Work(row["work"]), refusals=row["refusals"],
        scheme=Cared(row["scheme"]) or (schemes[0] if schemes else Cared.NONE), died=_day(row["died_on"]),
        consented=row["consented"] or age_on(born, applied) < ADULT, number=str(row["person_id"]),
    )  # fmt: skip


def _lines(rows: Sequence[Mapping[str, Any]], place: Mapping[int, int]) -> tuple[tuple[Flow, ...], tuple[Holding, ...]]:
    flows, holdings = [], []
    for row in rows:
        item, whose = Item(row["kind"]), place.get(row["person_id"], -1)
        if FIRST_PROPERTY <= item < FIRST_SPENDING:
            holdings.append(Holding(item, whose, row["amount"], row["number"]))
        else:
            flows.append(Flow(item, whose, row["amount"], _day(row["first"]), _day(row["last"])))
    return tuple(flows), tuple(holdings)


def _asked(home: Household, rows: Sequence[Mapping[str, Any]], outside: Sequence[Mapping[str, Any]]) -> Iterator[Asked]:
    for i, row in enumerate(rows):
        if not row["asks"]:
            continue
        bearers = [_outside(two, home.applied) for two in outside if two["person_id"] == row["person_id"]]
        inside = [j for j, other in enumerate(rows) if j != i and owes_support(row["kin"], other["kin"])]
        bearers += [_inside(home, j) for j in inside if age_on(home.members[j].born, home.applied) >= ADULT]
        yield Asked(i, tuple(bearers), frozenset(row["failed"]), row["institution"])


def _outside(two: Mapping[str, Any], on: date) -> Bearer:
    return Bearer(
        age=age_on(date.fromisoformat(two["born"]), on), income=two["income"], property_fits=int(two["property_fits"]),
        dibao=int(two["dibao"]), scheme=int(Cared.TEKUN) if two["tekun"] else 0, disability=two["disability"],
        level=two["level"], incapable=int(two["incapable"]), standing=two["standing"],
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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
