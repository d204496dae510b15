"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the day, the menu that the actor may open, and the nonce for scripts."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "today": getattr(request, "today", None),
        "menu": _menu(request, actor) if actor else [],
        "nonce": getattr(request, "nonce", ""),
    }


def _menu(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    items = []
    for config in apps.get_app_configs():
        for route, label, permission, rank in getattr(config, "menu", ()):
            if permission and not any(actor.may(key) for key in permission.split("|")):
                continue
            try:
                href = reverse(route)
            except NoReverseMatch as fault:
                raise LookupError(f"{config.label}: the menu names {route}, which no route has") from fault
            items.append({"href": href, "label": label, "rank": rank, "here": request.path.startswith(href)})
    return sorted(items, key=lambda item: item["rank"])
