"""Saved views of a list."""

from __future__ import annotations

from typing import Any

from linli.kernel.access.models import SavedView


def saved_views(request: Any) -> list[tuple[int, str, str]]:
    """The views that this member of staff keeps of the list at this address, in the order in which they were kept."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.staff_id is None:
        return []
    rows = SavedView.objects.filter(staff=actor.staff_id, page=request.path).order_by("kept_at", "id")
    return list(rows.values_list("id", "name", "words"))
