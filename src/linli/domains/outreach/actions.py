"""What must be true of a row beyond its own fields: the registry and the other registers are asked, not the writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from linli.domains.outreach.queries import has_worker_file
from linli.domains.outreach.rules import PAYERS
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.registry.queries import person_by_id, statuses_of
from linli.kernel.registry.rules import is_minor

WRITTEN = frozenset({"added", "corrected"})


def _written(entries: Sequence[Any], what: str) -> Iterable[tuple[Any, Any]]:
    """Each row that was entered or corrected, with its person as the registry has them."""
    for entry in entries if what in WRITTEN else ():
        if (person := person_by_id(entry.person_id)) is not None:
            yield entry, person


def _needs_status(person: Any, kind: str, day: date, said: str) -> None:
    if not statuses_of(person, day).filter(kind=kind).exists():
        raise Refused(f"{person.name}在{day}没有{said}的身份认定，请先在人员页面认定，再登记。", field="person")


def files_entered(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Rehabilitation is for people with a recognised disability."""
    for entry, person in _written(entries, what):
        _needs_status(person, "disabled", entry.day, "残疾")


def children_entered(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """A register of children holds nobody who was of age on its day."""
    for entry, person in _written(entries, what):
        if not is_minor(person.birth, entry.day):
            raise Refused(f"{person.name}在{entry.day}已满18周岁，不列入儿童名册。", field="person")


def union_help_entered(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """The union's centre helps families that it has a file of."""
    for entry, person in _written(entries, what):
        if not has_worker_file(person, entry.day):
            raise Refused(f"{person.name}在{entry.day}没有困难职工档案，请先建档，再登记帮扶。", field="person")


def insured_entered(*, by: Actor, on: date, entries: Sequence[Any], what: str) -> None:
    """Whoever is enrolled on account of a status holds it."""
    names = dict(PAYERS)
    for entry, person in _written(entries, what):
        group = str(entry.values["group"])
        _needs_status(person, group, entry.day, names[group])
