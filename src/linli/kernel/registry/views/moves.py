"""Where to go after a move: the row itself, or the list when it now belongs to another area."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def away_or(moved: Any, here: str) -> str:
    """The page of what moved, or the list of people when it lies outside the actor's area now."""
    return reverse("registry:people") if moved.away else here
