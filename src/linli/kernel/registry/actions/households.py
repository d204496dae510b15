"""Founding households, joining and leaving them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from linli.base.text import tidy
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.registry.actions.common import close_at, household_here, own_area, past_day, person_here
from linli.kernel.registry.actions.moves import rehome, settle
from linli.kernel.registry.models import Household, Membership, Person
from linli.kernel.registry.queries import household_of, identities, members_of, memberships_of, running
from linli.kernel.registry.rules import HEAD, KIN, HouseholdKind


@action("registry.register")
def found_household(
    *, by: Actor, on: date, head_id: int, address: str = "", kind: str = HouseholdKind.FAMILY, number: str = "",
    since: date | None = None,
) -> Household:  # fmt: skip
    """Found a household around its head, where the head lives."""
    head = _free_person(head_id, on)
    own_area(by, head.area, on)
    if kind not in set(HouseholdKind):
        raise Refused("请选择户别。", field="kind")
    since = past_day(since or on, on)
    household = Household.objects.create(
        head=head, address=tidy(address) or head.address, kind=kind, number=number.strip(), since=since, area=head.area
    )
    Membership.objects.create(household=household, person=head, kin=HEAD, since=since, area=head.area)
    about("registry.household", household.pk, area=household.area, head=head.pk)
    return household


@action("registry.register")
def join_household(
    *, by: Actor, on: date, household_id: int, person_id: int, kin: str, since: date | None = None
) -> Membership:
    """A person without a household joins one; who lived elsewhere moves there."""
    household, person = household_here(household_id), _free_person(person_id, on)
    if household.until and household.until <= on:
        raise Refused("这户已销户，不能再加入成员。")
    if kin not in KIN or kin == HEAD:
        raise Refused("请选择与户主的关系。", field="kin")
    since = past_day(since or on, on)
    if person.area != household.area or not person.address:
        settle(person, household.area, household.address, since, on)
        rehome(by, on, [person], household.area)
    row = Membership.objects.create(household=household, person=person, kin=kin, since=since, area=household.area)
    about("registry.household", household.pk, area=household.area, person=person.pk)
    return row


@action("registry.register")
def leave_household(*, by: Actor, on: date, person_id: int, because: str, day: date | None = None) -> Household:
    """A person leaves the household; from ``day`` on the person belongs to none. The last one out closes it."""
    person, day = person_here(person_id), past_day(day or on, on, "day")
    household = household_of(person, on)
    if household is None:
        raise Refused("此人现在不属于任何一户。")
    household = household_here(household.pk)
    if household.head_id == person.pk and len(members_of(household, on)) > 1:
        raise Refused("户主离户前，请先变更户主。")
    close_at(Membership.objects.filter(running(on), person__in=identities(person)), day, left_because=because[:100])
    if not memberships_of(household, on):
        Household.objects.filter(pk=household.pk).update(until=day)
    about("registry.household", household.pk, area=household.area, person=person.pk)
    return household


@action("registry.register")
def change_head(
    *, by: Actor, on: date, household_id: int, head_id: int, kin: Mapping[int, str], day: date | None = None
) -> Household:
    """Another member becomes the head. ``kin`` says how every other member is related to the new head, by person id."""
    household, day = household_here(household_id), past_day(day or on, on, "day")
    rows = memberships_of(household, on)
    if head_id not in {row.person.pk for row in rows}:
        raise Refused("新户主应是这户现有的成员。", field="head_id")
    for row in rows:
        relation = HEAD if row.person.pk == head_id else kin.get(row.person.pk, "")
        if relation not in KIN or (relation == HEAD and row.person.pk != head_id):
            raise Refused("请为每位成员选择与新户主的关系。", field="kin")
        _relate(row, relation, day)
    Household.objects.filter(pk=household.pk).update(head=head_id)
    about("registry.household", household.pk, area=household.area, head=head_id)
    household.refresh_from_db()
    return household


def _relate(row: Membership, kin: str, day: date) -> None:
    """From this day the member stands in this relation; the former relation stays in the history."""
    if row.kin == kin:
        return
    if row.since >= day:
        Membership.objects.filter(pk=row.pk).update(kin=kin)
        return
    Membership.objects.filter(pk=row.pk).update(until=day, left_because="与户主关系变更")
    words = {"household_id": row.household_id, "since": day, "until": row.until, "area": row.area}
    Membership.objects.create(person_id=Membership.objects.values_list("person_id").get(pk=row.pk)[0], kin=kin, **words)


def _free_person(person_id: int, on: date) -> Person:
    """A living person who belongs to no household on this day, locked."""
    person = person_here(person_id)
    if person.died_on:
        raise Refused("此人已登记死亡，不能办理。")
    if household_of(person, on) is not None:
        raise Refused("此人已属于一户家庭，请先办理离户或迁移。", field="person_id")
    return person
