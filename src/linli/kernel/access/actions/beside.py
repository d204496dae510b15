"""A second connection beside an open transaction, so that others see how far long work is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

BETWEEN_NEWS = 0.3
"""Seconds between two pieces of news about one step."""

Tell = Callable[[str, int, int], None]
"""Told the step in words, how many rows are done, and how many there are (0: not known)."""


@contextmanager
def telling(statement: str, key: int, area: str) -> Iterator[Tell]:
    """Write progress by ``statement`` (its values: step, done, total, key), committed at once within the range of ``area``."""
    beside = connection.copy()
    last = 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last
        if done and done < total and time.monotonic() - last < BETWEEN_NEWS:
            return
        last = time.monotonic()
        beside.ensure_connection()
        with beside.connection.transaction(), beside.cursor() as cursor:
            cursor.execute("select set_config('linli.lo', %s, true), set_config('linli.hi', '999999999999', true)", [area])
            cursor.execute(statement, [step, done, total, key])

    try:
        yield tell
    finally:
        beside.close()
