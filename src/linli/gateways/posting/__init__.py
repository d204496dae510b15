"""Django's driver for PostgreSQL, with statements whose answer nobody waits for: they go with the next message (base.py)."""

from __future__ import annotations

from typing import Any

from django.db import connection


def post(statement: str, values: list[Any] | None = None, *, effect: bool = True) -> None:
    """Send a statement with the next message of the present transaction, at the latest with its commit.

    It is carried out in its place between the others; a fault of it is told by the message that carries it. ``effect`` false: it
    only prepares what follows (a range of areas), and is left away when nothing follows.
    """
    connection.post(statement, values, effect=effect)  # type: ignore[attr-defined]
