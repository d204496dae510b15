"""What every page shows around its content."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from linli.kernel.ui.queries import area_name

DAILY = 100


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the day, the menu that the actor may open, and the nonce for scripts."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "today": getattr(request, "today", None),
        "idle": int(settings.SESSION_RULES.idle.total_seconds()) if actor else 0,
        "fixed_day": bool(settings.BUSINESS_DAY),
        "menu": _menu(request, actor) if actor else [],
        "posts": getattr(request, "posts", []),
        "district": SimpleLazyObject(lambda: area_name(f"{actor.area[:6]}000000") if actor else ""),
        "search_url": _search_url() if actor and actor.may("registry.read") else "",
        "nonce": getattr(request, "nonce", ""),
    }


@cache
def _search_url() -> str:
    """Where the one search box leads; empty where no package searches."""
    try:
        return reverse("registry:search")
    except NoReverseMatch:
        return ""


def _menu(request: HttpRequest, actor: Any) -> list[list[dict[str, Any]]]:
    """What the actor may open, in groups: the daily work (rank below 100) first, then one group for each package."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for config in apps.get_app_configs():
        for route, label, permission, rank in getattr(config, "menu", ()):
            if permission and not any(actor.may(key) for key in permission.split("|")):
                continue
            try:
                href = reverse(route)
            except NoReverseMatch as fault:
                raise LookupError(f"{config.label}: the menu names {route}, which no route has") from fault
            item = {"href": href, "label": label, "rank": rank, "here": False}
            groups.setdefault("" if rank < DAILY else config.label, []).append(item)
    _mark_here(request.path, [item for group in groups.values() for item in group])
    ordered = [sorted(group, key=lambda item: item["rank"]) for group in groups.values()]
    return sorted(ordered, key=lambda group: group[0]["rank"])


def _mark_here(path: str, items: list[dict[str, Any]]) -> None:
    """Mark the one entry that the page lies below."""
    found = [item for item in items if path == item["href"] or (item["href"] != "/" and path.startswith(item["href"]))]
    if found:
        max(found, key=lambda item: len(item["href"]))["here"] = True
