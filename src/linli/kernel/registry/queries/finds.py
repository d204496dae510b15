"""A find that a session remembers for the way back: only the ids that were found, never what was typed."""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from datetime import date
from typing import Any

from linli.kernel.registry.queries.search import Found, found_people

KEPT = 5
"""So many finds a session remembers."""
GONE = "这次查找的结果已不再保留，请重新查找。"


def keep_find(session: MutableMapping[str, Any], found: Found) -> str:
    """Keep who was found; the mark that may stand in an address."""
    mark = secrets.token_urlsafe(9)
    finds = list(session.get("finds", {}).items())[-(KEPT - 1) :]
    session["finds"] = dict([*finds, (mark, ([row.id for row in found.rows], found.more))])
    return mark


def kept_find(session: MutableMapping[str, Any], mark: str, on: date) -> Found | None:
    """The people of the find with this mark who are still in the present scope; None when it is not remembered."""
    kept = session.get("finds", {}).get(mark)
    return None if kept is None else found_people(kept[0], more=kept[1], on=on)
