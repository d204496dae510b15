"""What follows from rows of the record books: inspections do a duty, and rows are about people who are helped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from linli.base.days import age_on
from linli.domains.assistance.books import INSPECTING
from linli.domains.assistance.queries.applications import living
from linli.domains.assistance.rules.proposal import OLD, SEVERE, WORK_AGE
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.duties.actions import do_next, take_back
from linli.kernel.registry.queries import statuses_of
from linli.kernel.registry.rules import STATUS_KINDS

HELD = ("dibao", "tekun")


def inspections_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """An inspection of a town does the duty that is owed on its day; corrected or struck out, it is judged anew."""
    for entry in entries:
        evidence = f"records.entry:{entry.pk}"
        if what in {"corrected", "struck"}:
            take_back(by=by, on=on, evidence=evidence, why=entry.why or "记录已更正")
        if what in {"added", "corrected"}:
            town = str(entry.values["town"])
            do_next(by=by, on=on, duty=INSPECTING.key, subject=town, done_on=entry.day, evidence=evidence)


def homes_inspected(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Only families that are helped are inspected."""
    for entry in entries if what == "added" else ():
        if not living().filter(household=entry.household_id).exists() and not _held(entry.household.head, entry.day):
            raise Refused("这户没有享受社会救助，不在核查范围内。请核对家庭。", field="household")


def files_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A service file is kept of disabled people on 低保."""
    for entry in entries if what == "added" else ():
        if "disabled" not in _held(entry.person, entry.day, ("disabled",)):
            raise Refused(f"{entry.person.name}没有登记残疾，请先在居民登记中认定。", field="person")
        if not _held(entry.person, entry.day):
            raise Refused(f"{entry.person.name}没有享受低保，不建这份档案。", field="person")


def services_changed(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Who takes part is on 低保, of working age and not severely disabled (城市居民最低生活保障条例 §10)."""
    for entry in entries if what == "added" else ():
        person = entry.person
        if "dibao" not in _held(person, entry.day):
            raise Refused(f"{person.name}没有享受低保，不在此登记。", field="person")
        if not WORK_AGE <= age_on(person.birth, entry.day) < OLD:
            raise Refused(f"{person.name}不在劳动年龄（满{WORK_AGE}、不满{OLD}周岁），不应安排。", field="person")
        grade = _held(person, entry.day, ("disabled",)).get("disabled", "")
        if grade.endswith(SEVERE):
            said = STATUS_KINDS["disabled"].grade_zh(grade)
            raise Refused(f"{person.name}为{said}残疾，没有劳动能力，不应安排。", field="person")


def _held(person: Any, on: date, kinds: Sequence[str] = HELD) -> dict[str, str]:
    return {row.kind: row.grade for row in statuses_of(person, on) if row.kind in kinds}
