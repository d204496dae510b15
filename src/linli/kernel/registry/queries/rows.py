"""A person as one masked row of a list, built for many people with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from linli.base.areas import scope_of
from linli.base.days import age_on
from linli.base.masking import mask_id, mask_phone
from linli.kernel.registry.models import Person, Status
from linli.kernel.registry.queries.areas import area_names
from linli.kernel.registry.queries.facts import clear_number, clear_phone
from linli.kernel.registry.queries.people import households_of, merged_among, people_with_status, running
from linli.kernel.registry.rules import STATUS_KINDS, Sex, after


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a list shows of a person: numbers masked, the age instead of the birth date beside the last four."""

    id: int
    name: str
    sex: str
    age: int
    number: str
    phone: str
    area: str
    area_name: str
    address: str
    household_id: int | None
    statuses: tuple[str, ...]
    died: bool


def rows_of(people: Iterable[Person], on: date) -> list[PersonRow]:
    """Masked rows in the order of the people; four queries, however many they are."""
    people = list(people)
    ids = [person.pk for person in people]
    names = area_names(frozenset(person.area for person in people), on) if people else {}
    merged = merged_among(ids) if people else {}
    homes = households_of(ids, on, merged) if people else {}
    statuses = _statuses(ids, merged, on) if people else {}
    return [
        PersonRow(
            id=person.pk, name=person.name, sex=Sex(person.sex).zh, age=age_on(person.birth, person.died_on or on),
            number=mask_id(clear_number(person)), phone=mask_phone(clear_phone(person)), area=person.area,
            area_name=names.get(person.area, person.area), address=person.address, household_id=homes.get(person.pk),
            statuses=tuple(statuses.get(person.pk, ())), died=person.died_on is not None,
        )
        for person in people
    ]  # fmt: skip


def _statuses(ids: list[int], merged: dict[int, int], on: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Status.objects.filter(running(on), person__in={*ids, *merged}).order_by("kind")
    for person_id, kind in rows.values_list("person_id", "kind"):
        names = found.setdefault(merged.get(person_id, person_id), [])
        if (zh := STATUS_KINDS[kind].zh) not in names:
            names.append(zh)
    return found


def people_list(*, on: date, status: str = "", living: bool = True, **words: Any) -> QuerySet[Person]:
    """People of the present scope by community and name, narrowed by what is given (:func:`narrowed`) and by a status."""
    found = Person.objects.filter(merged_into=None).order_by("area", "sort_key", "id")
    if living:
        found = found.filter(died_on=None)
    if status:
        found = found.filter(pk__in=people_with_status(status, on).order_by().values("pk"))
    return narrowed(found, on, **words)


def narrowed(
    found: QuerySet[Person], on: date, *, area: str = "", name: str = "", sex: str = "", age_from: int | None = None,
    age_to: int | None = None,
) -> QuerySet[Person]:  # fmt: skip
    """People of an area, whose name begins so, of a sex, of an age on the day; ages are inclusive."""
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    if name:
        found = found.filter(name__gte=name, name__lt=after(name))
    if sex:
        found = found.filter(sex=sex)
    if age_from is not None:
        found = found.filter(birth__lte=_years_before(on, age_from))
    if age_to is not None:
        found = found.filter(birth__gt=_years_before(on, age_to + 1))
    return found


def _years_before(on: date, years: int) -> date:
    """The latest birthday of somebody who is at least this old on the day."""
    year = on.year - years
    return on.replace(year=year) if (on.month, on.day) != (2, 29) else date(year, 2, 28)


def with_statuses(found: QuerySet[Person], on: date) -> QuerySet[Person]:
    """The people with their running statuses (``present_statuses``): one more query, however many they are."""
    rows = Status.objects.filter(running(on)).order_by("kind")
    return found.prefetch_related(Prefetch("statuses", rows, to_attr="present_statuses"))
