"""Who is calling: people, their household and their past orders, by number or name; and what was typed before."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linli.base.crypto import BadSeal
from linli.domains.hotline.models import Draft
from linli.kernel.access.rules import Actor
from linli.kernel.orders.queries import past_orders
from linli.kernel.registry.queries import household_of as home_of
from linli.kernel.registry.queries import keyring, people_by_ids, search
from linli.kernel.registry.rules import read_phone

CONTEXT = "hotline.draft"
MOST, LOOKED_AT, GROWN = 5, 20, 16


@dataclass(frozen=True)
class Caller:
    """One person who may be calling: address and household to tell people of one name apart, and what they asked before."""

    person: Any
    age: int
    home: Any
    past: list[Any] = field(default_factory=list)


def callers(words: str, on: date) -> tuple[list[Caller], list[Any]]:
    """People whom a number or a name may mean, and the past orders of a number that belongs to nobody known.

    Children come last: whoever rings is hardly one of them.
    """
    rows = search(words, on=on, limit=LOOKED_AT).rows
    known = people_by_ids([row.id for row in rows])
    named = [row.id for row in rows if row.id in known]
    found = sorted(named, key=lambda pk: _age(known[pk].birth, on) < GROWN)[:MOST]
    people = [
        Caller(known[pk], _age(known[pk].birth, on), home_of(known[pk], on), past_orders(person=pk, phone=_number(words)))
        for pk in found
    ]  # fmt: skip
    number = _number(words)
    return people, past_orders(phone=number) if number and not people else []


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _number(words: str) -> str:
    try:
        return read_phone(words)
    except ValueError:
        return ""


def draft_of(by: Actor) -> dict[str, str]:
    """What this person had typed and not sent; nothing when there is no draft, or its key is gone."""
    found = Draft.objects.filter(staff=by.staff_id).first()
    if found is None:
        return {}
    try:
        kept: dict[str, str] = json.loads(keyring().open(bytes(found.content), f"{CONTEXT}.{by.staff_id}"))
    except BadSeal:
        return {}
    return kept
