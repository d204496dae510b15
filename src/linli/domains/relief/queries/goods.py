"""Goods: what the stores hold, what went to a family, what went to towns, and how many people count for a town."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from linli.domains.relief.models import Consignment, Parcel, Request
from linli.kernel.ledgers.queries import stock
from linli.kernel.registry.queries import people_by_ids, people_with_any_status


def stores() -> list[Any]:
    """Goods that are left, by fund and store of the present scope."""
    return list(stock(left=True))


def parcels_of(one: Request) -> list[Parcel]:
    """What was handed out for a request, oldest first."""
    return list(Parcel.objects.filter(request=one).order_by("id"))


def consignments() -> QuerySet[Consignment]:
    """Goods that went to towns of the present scope, newest first."""
    return Consignment.objects.order_by("-sent_on", "-id")


def needy_by_town(on: date) -> dict[str, int]:
    """How many people of each town are 特困 (五保) or in rural 低保 on this day."""
    ids = {pk for (pk,) in people_with_any_status(["tekun"], on).values_list("person_id")}
    ids |= {pk for (pk,) in people_with_any_status(["dibao"], on, "rural").values_list("person_id")}
    counts: dict[str, int] = {}
    for person in people_by_ids(ids).values():
        if not person.died_on or person.died_on > on:
            town = f"{person.area[:9]}000"
            counts[town] = counts.get(town, 0) + 1
    return dict(sorted(counts.items()))
