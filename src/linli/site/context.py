"""What every page shows around its content."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from linli.kernel.ui.queries import area_name, area_names


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the day, the menu that the actor may open, and the nonce for scripts."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "today": getattr(request, "today", None),
        "fixed_day": bool(settings.BUSINESS_DAY),
        "menu": _menu(request, actor) if actor else [],
        "posts": SimpleLazyObject(lambda: _posts(request)),
        "district": SimpleLazyObject(lambda: area_name(f"{actor.area[:6]}000000") if actor else ""),
        "search_url": _search_url() if actor and actor.may("registry.read") else "",
        "nonce": getattr(request, "nonce", ""),
    }


def _posts(request: HttpRequest) -> list[Any]:
    """The posts that the person may change to; the names of their areas and of the district are fetched with them."""
    posts = getattr(request, "posts", [])
    area_names({post.at for post in posts} | {f"{post.at[:6]}000000" for post in posts})
    return list(posts)


@cache
def _search_url() -> str:
    """Where the one search box leads; empty where no package searches."""
    try:
        return reverse("registry:search")
    except NoReverseMatch:
        return ""


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
            items.append({"href": href, "label": label, "rank": rank, "here": False})
    here = [item for item in items if request.path == item["href"] or request.path.startswith(item["href"].rstrip("/") + "/")]
    if here := [item for item in here if item["href"] != "/" or request.path == "/"]:
        max(here, key=lambda item: len(item["href"]))["here"] = True
    return sorted(items, key=lambda item: item["rank"])
