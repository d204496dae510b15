"""Reads of the whole system: what was given in a period, and the file of one family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from linli.domains.coordination.rules import Group
from linli.kernel.access.rules import Forbidden
from linli.kernel.deliveries.queries import given, given_to, stream_names, streams, with_disabled
from linli.kernel.entitlements.queries import benefits_received
from linli.kernel.registry.queries import household_by_id, household_of, identities_of, members_of, person_by_id

ROUTES = {
    "public.ledgers_paymentorder": "ledgers:order", "public.ledgers_slip": "ledgers:slip",
    "public.records_entry": "records:entry",
}  # fmt: skip


def given_in(first: date, last: date) -> QuerySet[Any]:
    """All aid of these days in the present scope, each with whether it went to a disabled person or a family with one."""
    return with_disabled(given(first, last))


def groups(found: QuerySet[Any]) -> list[Group]:
    """How much of each stream went for what to families with and without a disabled person; one query."""
    rows = found.order_by().values("stream", "layer", "help", "disabled").annotate(
        money=Coalesce(Sum("amount"), 0), times=Count("pk")
    )  # fmt: skip
    return [Group(row["stream"], row["layer"], row["help"], row["disabled"], row["money"], row["times"]) for row in rows]


def page_of(row: Any) -> str:
    """Where the row is kept that a delivery stands for; empty for a table whose package names no page."""
    if row.origin == "public.entitlements_issue":
        return reverse("entitlements:entitlement", args=[row.key.rpartition("/")[2]])
    known = streams().get(row.stream)
    route = ROUTES.get(row.origin) or (known.route if known else "")
    return reverse(route, args=[row.row]) if route else ""


def shown_name(row: Any) -> str:
    """Who was helped, for lists over many families; not where the aid itself tells of an illness."""
    known = streams().get(row.stream)
    return row.name if known is None or known.named else "（不列姓名）"


def file_of(row: Any) -> str:
    """The page of the file of the family, or of the person, to which a delivery went."""
    if row.household_id:
        return reverse("coordination:household_record", args=[row.household_id])
    return reverse("coordination:person_record", args=[row.person_id]) if row.person_id else ""


@dataclass(frozen=True)
class Year:
    """What a family received in a year, by layer: fen and how often."""

    year: int
    money: dict[str, int]
    times: int


@dataclass(frozen=True)
class Record:
    """Everything that a family (or a person without one) was ever given, and what runs now."""

    title: str
    area: str
    household: Any
    members: list[Any]
    running: list[Any]
    received: list[Any]

    @property
    def money(self) -> int:
        return sum(row.amount or 0 for row in self.received)

    @property
    def years(self) -> list[Year]:
        """The years, newest first."""
        found: dict[int, list[Any]] = {}
        for row in self.received:
            found.setdefault(row.day.year, []).append(row)
        return [Year(year, _by_layer(rows), len(rows)) for year, rows in sorted(found.items(), reverse=True)]


def _by_layer(rows: Iterable[Any]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.layer] = sums.get(row.layer, 0) + (row.amount or 0)
    return sums


def record_of_household(household_id: int, on: date) -> Record:
    """The file of a family. :raises Forbidden: it is not in the present scope."""
    home = household_by_id(household_id)
    if home is None:
        raise Forbidden("没有这一户，或它不在本辖区内。")
    return _record(f"{home.head.name}户", home.area, home, members_of(home, on), on)


def record_of_person(person_id: int, on: date) -> Record:
    """The file of a person's family, or of the person alone. :raises Forbidden: not in the present scope."""
    person = person_by_id(person_id)
    if person is None:
        raise Forbidden("没有登记过这个人，或不在本辖区内。")
    home = household_of(person, on)
    if home is not None:
        return record_of_household(home.pk, on)
    return _record(person.name, person.area, None, [person], on)


def _record(title: str, area: str, home: Any, members: Sequence[Any], on: date) -> Record:
    lines = benefits_received(identities_of(members), on=on) if members else []
    running = [line for line in lines if line.until is None or line.until > on]
    received = given_to(members, home.pk if home else None, until=on)
    return Record(title, area, home, list(members), running, received)


def named_streams() -> dict[str, str]:
    """What streams are called; one query for the purposes of money that no package declares."""
    return stream_names()
