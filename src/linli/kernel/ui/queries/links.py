"""Whether a link leads to a page that its reader may open, so that nobody is led before a closed door."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve


def may_open(actor: Any, href: str) -> bool:
    """Whether the post carries the right that the page behind ``href`` asks for. What lies in the row is not judged.

    An address outside the house, or one that no page has, is not judged either.
    """
    path = urlsplit(href).path
    door = _door(re.sub(r"\d+", "1", path)) if actor is not None and path.startswith("/") else None
    return door is None or door.lets(actor)


@lru_cache(maxsize=2048)
def _door(path: str) -> Any:
    try:
        return getattr(resolve(path).func, "door", None)
    except Resolver404:
        return None
