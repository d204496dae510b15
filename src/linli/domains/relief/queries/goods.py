"""Goods: what the stores hold, what went to a family, what went to towns, and how many people count for a town."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import QuerySet

from linli.domains.relief.models import Consignment, Parcel, Request
from linli.kernel.ledgers.queries import stock
from linli.kernel.registry.queries import people_with_status


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
    found = [people_with_status("tekun", on), people_with_status("dibao", on, "rural")]
    homes = {pk: area for people in found for pk, area in people.exclude(died_on__lte=on).values_list("pk", "area")}
    return dict(sorted(Counter(f"{area[:9]}000" for area in homes.values()).items()))
