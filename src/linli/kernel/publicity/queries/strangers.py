"""What the pages without an account share: one answer of the public's connection, and the code that stands for a number."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connections
from django.urls import reverse

from linli.base.text import plain
from linli.kernel.publicity.queries.published import PUBLIC
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, read_phone
from linli.kernel.ui.queries import declared_functions


def ask_public(function: str, *given: Any, using: str = PUBLIC) -> Any:
    """The single answer of a function of the schema bulletin; pages use no other connection than the public's."""
    marks = ", ".join("%s" for _ in given)
    with connections[using].cursor() as cursor:
        cursor.execute(f"select bulletin.{function}({marks})", list(given))
        row = cursor.fetchone()
    return row[0] if row else None


def code_of(number: str, purpose: str, digits: int = 8) -> str:
    """The code (查询码) that a keyed hash of a number stands for: told once, stored nowhere, changing with the key."""
    return _digits(keyring().keyed_hash(number, purpose), digits)


def code_fits(number: str, given: str, purpose: str, digits: int = 8) -> bool:
    """Whether this is the code of the number, under the present or a former key; it takes the same time either way.

    ``given``: as it was typed, in groups as it is shown or in wide digits.
    """
    said, known = plain(given), keyring().keyed_hashes(number, purpose)
    fits = [hmac.compare_digest(_digits(one, digits).encode(), said.encode()) for one in known]
    return any(fits)


def _digits(digest: bytes, digits: int) -> str:
    return f"{int.from_bytes(digest[-8:], 'big') % 10**digits:0{digits}d}"


def as_phone(given: str) -> str:
    """A telephone number as it is stored, or what was typed where it is none."""
    try:
        return read_phone(given)
    except ValueError:
        return plain(given)


def phone_digests(given: str) -> list[bytes]:
    """The hashes of a telephone number, under all keys."""
    return keyring().keyed_hashes(as_phone(given), PHONE)


@dataclass(frozen=True, slots=True)
class Way:
    """How something stands that was sent without an account. ``order``: the number of the order that it became; ``wanted``: the
    day for which somebody is to come.
    """

    zh: str
    day: date
    where: str
    answer: str = ""
    order: str = ""
    wanted: date | None = None


def way_of(number: str, secret: str) -> Way | None:
    """What another package knows by this number, and telephone or code.

    ``public_ways`` of a manifest: dotted paths of functions of both, as they were typed, that use the public's connection.
    """
    for ask in declared_functions("public_ways"):
        found: Way | None = ask(number, secret)
        if found is not None:
            return found
    return None


def progress_page() -> str:
    """The address at which residents look up how something stands (``progress_page`` of one manifest names it); "" for none."""
    named = [config.progress_page for config in apps.get_app_configs() if hasattr(config, "progress_page")]
    return reverse(named[0]) if named else ""
