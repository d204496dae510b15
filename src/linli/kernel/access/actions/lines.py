"""Writing a line of the trail: the one statement that every action and every look sends, posted, so that nobody waits for it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import NOT_PROVIDED
from psycopg.types.json import Jsonb

from linli.base.masking import without_numbers
from linli.gateways.posting import post
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Actor


def write_line(
    by: Actor, verb: str, outcome: str, kind: str, subject: object, *, area: str, purpose: str, facts: dict[str, Any]
) -> None:
    """Post a line about this actor in the present transaction; it names the area when that lies in the actor's own."""
    values = {
        "staff": by.staff_id, "post": by.post_id, "role": by.role.value, "verb": verb[:60], "outcome": outcome, "kind": kind,
        "subject": unnumbered(str(subject))[:40], "purpose": unnumbered(purpose)[:200], "facts": Jsonb(unnumbered(facts)),
        "area": area if area and by.covers(area) else by.area, "request": by.request[:40], "address": by.address[:45],
    }  # fmt: skip
    post(_statement(tuple(values)), list(values.values()))


@cache
def _statement(names: tuple[str, ...]) -> str:
    """The columns are the model's: one that nobody fills, and that the database does not fill either, is a fault here."""
    fields = AuditLine._meta.concrete_fields
    filled = {one.name: one.column for one in fields if one.db_default is NOT_PROVIDED and not one.primary_key}
    if differ := filled.keys() ^ set(names):
        raise LookupError(f"lines of the trail and their table differ in {sorted(differ)}")
    columns = ", ".join(f'"{filled[name]}"' for name in names)
    return f'insert into "{AuditLine._meta.db_table}" ({columns}) values ({", ".join(["%s"] * len(names))})'


def unnumbered(value: Any) -> Any:
    """A value of the trail without numbers of persons, whoever typed them into a purpose or a fault's words."""
    if isinstance(value, str):
        return without_numbers(value)
    if isinstance(value, dict):
        return {key: unnumbered(one) for key, one in value.items()}
    return [unnumbered(one) for one in value] if isinstance(value, list | tuple) else value
