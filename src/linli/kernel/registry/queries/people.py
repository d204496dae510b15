"""People, households, memberships and statuses of the present scope. A merged person resolves to the survivor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.kernel.registry.models import BankAccount, Household, Membership, Person, Status
from linli.kernel.registry.queries.keys import keyring
from linli.kernel.registry.rules import NUMBER

_STATUSES = """
    select s.*, f.whose from registry_statuses_of(%s::bigint[], %s) f join "registry_status" s on s.id = f.status order by s.id
"""


def running(on: date) -> Q:
    """Rows that are valid on this day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def person_by_id(person_id: int) -> Person | None:
    """The person with this id; for a merged one the survivor; None outside of the present scope."""
    person = Person.objects.filter(pk=person_id).first()
    while person is not None and person.merged_into_id:
        person = Person.objects.filter(pk=person.merged_into_id).first()
    return person


def person_by_number(number: str) -> Person | None:
    """The person with this identity number (18 characters, normalised) in the present scope."""
    digests = keyring().keyed_hashes(number, NUMBER)
    return Person.objects.filter(number_digest__in=digests, merged_into=None).first()


def people_by_ids(ids: Iterable[int]) -> dict[int, Person]:
    """People of the present scope by id, as they were written (merged ones are not resolved)."""
    return Person.objects.in_bulk(list(ids))


def people() -> QuerySet[Person]:
    """All people of the present scope who are not merged into another, by name."""
    return Person.objects.filter(merged_into=None).order_by("sort_key", "id")


def identities(person: Person) -> list[int]:
    """The ids of all rows that are this person: the survivor's and those merged into it."""
    return [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]


def identities_of(people: Iterable[Person]) -> list[int]:
    """As :func:`identities`, for many people in one query."""
    ids = [person.pk for person in people]
    return [*ids, *Person.objects.filter(merged_into__in=ids).values_list("pk", flat=True)]


def household_by_id(household_id: int) -> Household | None:
    """The household with this id in the present scope."""
    return Household.objects.select_related("head").filter(pk=household_id).first()


def household_of(person: Person, on: date) -> Household | None:
    """The household to which this person belongs on this day."""
    of = Membership.objects.filter(running(on), person__in=identities(person)).select_related("household").first()
    return of.household if of else None


def merged_among(ids: list[int]) -> dict[int, int]:
    """Merged row to survivor, for all rows that were merged into these and for those of these that were merged.

    A query of its own: joined to memberships or statuses it would read all of the area's, because no index serves its "or".
    """
    rows = Person.objects.filter(Q(merged_into__in=ids) | Q(pk__in=ids, merged_into__isnull=False))
    return {pk: into for pk, into in rows.order_by().values_list("pk", "merged_into") if into is not None}


def households_of(person_ids: Iterable[int], on: date, merged: dict[int, int] | None = None) -> dict[int, int]:
    """Person id to household id on this day, for many people at once. Ids are resolved to survivors on both sides.

    ``merged``: what :func:`merged_among` says of these ids, where it is known already.
    """
    ids = list(person_ids)
    merged = merged_among(ids) if merged is None else merged
    found: dict[int, int] = {}
    memberships = Membership.objects.filter(running(on), person__in={*ids, *merged})
    for person_id, household_id in memberships.values_list("person_id", "household_id"):
        found[merged.get(person_id, person_id)] = household_id
        found[person_id] = household_id
    return found


def memberships_of(household: Household, on: date) -> list[Membership]:
    """The memberships of a household that run on this day, the head's first; each ``person`` is the survivor."""
    rows = list(
        Membership.objects.filter(running(on), household=household)
        .select_related("person", "person__merged_into").order_by("kin", "person__birth", "id")
    )  # fmt: skip
    seen: dict[int, Membership] = {}
    for row in rows:
        row.person = row.person.merged_into or row.person
        seen.setdefault(row.person.pk, row)
    return sorted(seen.values(), key=lambda row: row.person_id != household.head_id)


def members_of(household: Household, on: date) -> list[Person]:
    """The people of a household on this day, the head first; merged rows count once, as the survivor."""
    return [row.person for row in memberships_of(household, on)]


def members_of_many(household_ids: Iterable[int], on: date) -> dict[int, list[Person]]:
    """The people of many households on this day, in one query and one more where rows were merged; merged rows count once,
    as the survivor."""
    rows = Membership.objects.filter(running(on), household__in=list(household_ids)).select_related("person")
    found: dict[int, dict[int, Person]] = {}
    for row in rows.prefetch_related("person__merged_into").order_by("kin", "id"):
        person = row.person.merged_into or row.person
        found.setdefault(row.household_id, {})[person.pk] = person
    return {household: list(people.values()) for household, people in found.items()}


def memberships(person: Person) -> QuerySet[Membership]:
    """All households of a person, past and present, newest first."""
    rows = Membership.objects.filter(person__in=identities(person)).select_related("household")
    return rows.order_by("-since", "-id")


def statuses_of(person: Person, on: date | None = None) -> QuerySet[Status]:
    """What a person is recognised as; with ``on`` only what runs on that day. Newest first."""
    rows = Status.objects.filter(person__in=identities(person))
    return (rows.filter(running(on)) if on else rows).order_by("-since", "-id")


def statuses_of_people(people: Iterable[Person], on: date) -> dict[int, list[Status]]:
    """What these people are recognised as on this day, by person; what was recognised of a merged row is the survivor's."""
    found: dict[int, list[Status]] = {}
    rows: Any = Status.objects.raw(_STATUSES, [[person.pk for person in people], on])
    for status in rows:
        found.setdefault(status.whose, []).append(status)
    return found


def people_by_numbers(numbers: Iterable[str]) -> dict[str, Person]:
    """People of the present scope by identity number (18 characters, normalised), in one query."""
    digests = {digest: number for number in numbers for digest in keyring().keyed_hashes(number, NUMBER)}
    found = Person.objects.filter(number_digest__in=list(digests), merged_into=None)
    return {digests[bytes(person.number_digest or b"")]: person for person in found}


def statuses_running(kind: str, day: Any) -> QuerySet[Status]:
    """Statuses of a kind that run on a day, which may be a column of another query: for asking of each of many rows."""
    return Status.objects.filter(Q(until=None) | Q(until__gt=day), kind=kind, since__lte=day)


def status_by_id(status_id: int) -> Status | None:
    """The status with this id in the present scope."""
    return Status.objects.select_related("person").filter(pk=status_id).first()


def living(on: date) -> QuerySet[Person]:
    """People of the present scope who were born and had not died on this day, merged ones once."""
    return Person.objects.filter(Q(died_on=None) | Q(died_on__gt=on), merged_into=None, birth__lte=on)


def dead_among(person_ids: Iterable[int], on: date) -> set[int]:
    """Those of these people who had died on this day; of a merged row the survivor counts."""
    died = Q(died_on__lte=on) | Q(merged_into__died_on__lte=on)
    return set(Person.objects.filter(died, pk__in=list(person_ids)).values_list("pk", flat=True))


def accounts_on(person_ids: Iterable[int], on: date) -> dict[int, int]:
    """Person id to the id of the account into which they are paid on this day, for many people in two queries."""
    ids = list(person_ids)
    merged = merged_among(ids)
    rows = BankAccount.objects.filter(running(on), person__in={*ids, *merged}).order_by("since", "id")
    return {merged.get(person, person): account for person, account in rows.values_list("person_id", "id")}


def people_with_status(kind: str, on: date, grade: str = "") -> QuerySet[Person]:
    """People (survivors) who are recognised as this on this day, in the present scope."""
    return people().filter(pk__in=people_with_any_status([kind], on, grade))


def people_with_any_status(kinds: Iterable[str], on: date, grade: str = "") -> QuerySet[Any, Any]:
    """Ids of the people (survivors) who are recognised as any of these on this day."""
    words = {"kind__in": list(kinds)} | ({"grade": grade} if grade else {})
    own = Status.objects.filter(running(on), **words).values("person_id")
    # who was merged into another counts as the survivor; two plain lists, because a join on either id reads everybody
    here = {f"statuses__{name}": value for name, value in words.items()}
    runs = Q(statuses__since__lte=on) & (Q(statuses__until=None) | Q(statuses__until__gt=on))
    through = Person.objects.filter(runs, merged_into__isnull=False, **here).values("merged_into_id")
    return own.union(through)


def accounts_of(person: Person) -> QuerySet[BankAccount]:
    """The bank accounts of a person, newest first."""
    return BankAccount.objects.filter(person__in=identities(person)).order_by("-since", "-id")


def account_of(person: Person, on: date) -> BankAccount | None:
    """The account into which this person is paid on this day."""
    return accounts_of(person).filter(running(on)).first()
