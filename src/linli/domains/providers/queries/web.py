"""What the public's connection may learn: services with prices, places, and the way of one wish."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connections

from linli.domains.providers.rules import Measure, Service, WishState, wish_key, wish_number
from linli.kernel.publicity import queries as publicity
from linli.kernel.publicity.queries import Way, ask_public, phone_digests

PUBLIC = "public"
WISH_CODE = "providers.wish"
WHERE = {
    WishState.OPEN: "已收到，服务中心会打电话和您说定", WishState.ORDERED: "已经下单", WishState.DECLINED: "没有下单",
}  # fmt: skip


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


def wish_code(number: str) -> str:
    """The look-up code of a wish: it opens what the telephone opens."""
    return publicity.code_of(number, WISH_CODE)


def wish_way(given: str, secret: str) -> Way | None:
    """How a wish stands, by its number and telephone or code; None for a number of something else, or where they do not fit."""
    found = wish_key(given)
    if found is None:
        return None
    day, key = found
    known = publicity.code_fits(wish_number(day, key), secret, WISH_CODE)
    told = ask_public("providers_wish_way", key, day, phone_digests(secret), known)
    if told is None:
        return None
    told = json.loads(told) if isinstance(told, str) else told
    state, zh = WishState(told["state"]), f"居家服务预约：{Service(told['service']).zh}"
    wanted = None if state is WishState.DECLINED else date.fromisoformat(told["wanted"])
    return Way(zh, date.fromisoformat(told["since"]), WHERE[state], told["answer"], told["order"] or "", wanted)
