"""Moving house: inside the own area, or to another one, which then has the household and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, connection, transaction

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.registry.actions.common import close_at, home_area, household_here, past_day, person_here
from linli.kernel.registry.models import Household, Membership, Person, Residence
from linli.kernel.registry.queries import area_path, household_of, identities, identities_of, members_of, running
from linli.kernel.registry.rules import Removal, person_tokens
from linli.kernel.ui.queries import declared_functions


@dataclass(frozen=True)
class Moved:
    """Where somebody went, and whether that lies outside the actor's area (the row can no longer be opened then)."""

    area: str
    away: bool
    message: str


@action("registry.move")
def move_household(
    *, by: Actor, on: date, household_id: int, to: str, address: str, since: date | None = None
) -> Moved:  # fmt: skip
    """The household with all its members moves to this area and address. Its new community has it from then on."""
    household, since = household_here(household_id), past_day(since or on, on)
    target = home_area(to, on)
    _need_address(address)
    if household.until and household.until <= on:
        raise Refused("这户已销户，不能办理迁移。")
    people = members_of(household, on)
    for person in people:
        settle(person, to, tidy(address), since, on)
    Household.objects.filter(pk=household.pk).update(address=tidy(address))
    about("registry.household", household.pk, area=household.area, to=to)
    said = rehome(by, on, people, to, household)
    return _moved(by, target.code, on, said)


@action("registry.move")
def move_person(*, by: Actor, on: date, person_id: int, to: str, address: str, since: date | None = None) -> Moved:
    """One person moves away alone and leaves the household; the new community registers the new one."""
    person, since = person_here(person_id), past_day(since or on, on)
    home_area(to, on)
    _need_address(address)
    household = household_of(person, on)
    if household and household.head_id == person.pk and len(members_of(household, on)) > 1:
        raise Refused("户主迁出前，请先变更户主，或办理整户迁移。")
    if household:
        close_at(Membership.objects.filter(running(on), person__in=identities(person)), since, left_because="迁出")
        if not members_of(household, on):
            Household.objects.filter(pk=household.pk).update(until=since)
    settle(person, to, tidy(address), since, on)
    about("registry.person", person.pk, area=person.area, to=to)
    said = rehome(by, on, [person], to)
    return _moved(by, to, on, said)


def settle(person: Person, at: str, address: str, since: date, on: date) -> None:
    """The person lives at this address from this day; the former residence ends. (The row's area follows by rehome.)"""
    present = Residence.objects.filter(running(on), person=person)
    if present.filter(since=since).exists():  # moved in and on within a day, or entered today: a correction
        present.update(at=at, address=address)
    else:
        close_at(present, since)
        Residence.objects.create(person=person, at=at, address=address, since=since, area=person.area)
    person.address = address
    person.tokens = person_tokens(person.name, address)
    person.save(update_fields=["address", "tokens"])


def rehome(by: Actor, on: date, people: Sequence[Person], to: str, household: Household | None = None) -> str:
    """Hand people, or a household with them, over to another area: the guard's function, which may reach past the own area.

    Who keeps more of them than rows that follow by themselves is told before, while it can still be seen here, and may say
    something for whoever moves them.
    """
    said = []
    here = [person for person in people if person.area != to]
    if here:
        removal = Removal(tuple(identities_of(here)), to, here[0].address, household.pk if household else 0)
        for told in declared_functions("removal_listeners"):
            said.append(told(by=by, on=on, removal=removal) or "")
    what, which = ("household", [household.pk]) if household else ("person", [person.pk for person in people])
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for row in which:
                cursor.execute("select registry_rehome(%s, %s, %s, %s)", [what, row, to, on])
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == "42501":
            raise Forbidden("要迁移的人或家庭不在本辖区内。") from fault
        raise
    return "".join(said)


def _need_address(address: str) -> None:
    if not tidy(address):
        raise Refused("请填写新住址。", field="address")


def _moved(by: Actor, to: str, on: date, said: str) -> Moved:
    away = not by.covers(to)
    return Moved(to, away, f"已{'转往' if away else '迁至'}{area_path(to, on)}。{said}")
