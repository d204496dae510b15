"""What the public's connection may learn: services with prices, and places."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connections

from linli.domains.providers.rules import Measure, Service

PUBLIC = "public"


def _told(function: str, on: date) -> list[Any]:
    with connections[PUBLIC].cursor() as cursor:
        cursor.execute(f"select bulletin.{function}(%s)", [on])
        row = cursor.fetchone()[0]
    found: list[Any] = json.loads(row) if isinstance(row, str) else row
    return found


def public_offers(on: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """Items by kind of service, the cheapest first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in _told("providers_list", on):
        one["measure"] = Measure(one["measure"]).zh
        groups.setdefault(one["service"], []).append(one)
    return [(kind.zh, groups[kind.value]) for kind in Service if kind.value in groups]


def public_services(on: date) -> list[tuple[str, str]]:
    """The kinds of service that somebody offers."""
    there = {one["service"] for one in _told("providers_list", on)}
    return [(kind.value, kind.zh) for kind in Service if kind.value in there]


def public_places(on: date) -> list[tuple[str, str]]:
    """Communities and villages as (code, name with the town's)."""
    return [(code, name) for code, name in _told("providers_places", on)]
