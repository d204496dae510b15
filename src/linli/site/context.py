"""What every page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.access.rules import Role
from linli.kernel.ui.queries import area_name

SECTIONS = (
    (0, ""), (20, "热线工单"), (40, "居家服务"), (50, "投诉和信访"), (60, "服务大厅"), (100, "居民登记"), (140, "社会救助"),
    (200, "慈善与帮扶"), (300, "资金与公示"), (500, "数据与报表"), (600, "系统管理"),
)  # fmt: skip
"""From this rank of an entry on, the section of the menu that it stands in. The daily work has no head and is never folded."""
HOMES = {
    Role.TOWN_REVIEWER: "社会救助", Role.DISTRICT_APPROVER: "社会救助", Role.FEDERATION_CLERK: "慈善与帮扶",
    Role.FINANCE_MAKER: "资金与公示", Role.FINANCE_CHECKER: "资金与公示", Role.AUDITOR: "资金与公示",
}  # fmt: skip
"""Which head stands open for whom when they come; for everybody else it is their first."""
FEW = 20
"""So many entries stand in sight together; a longer menu is folded but for the daily work, the own home and the page's head."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, the day, the menu that the actor may open, and the nonce for scripts."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "today": getattr(request, "today", None),
        "idle": int(settings.SESSION_RULES.idle.total_seconds()) if actor else 0,
        "fixed_day": bool(settings.BUSINESS_DAY),
        "menu": _menu(request.path, actor.permissions, actor.role) if actor else "",
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


@dataclass
class Section:
    """A part of the menu with its entries, shown at once or folded under its head."""

    zh: str
    items: list[dict[str, Any]] = field(default_factory=list)
    open: bool = True


def _menu(path: str, permissions: frozenset[str], role: Role | None = None) -> SafeString:
    """The menu of whoever has these permissions, with the one entry marked that the page lies below."""
    found = [href for href in _open_to(permissions) if path == href or (href != "/" and path.startswith(href))]
    return _written_menu(permissions, max(found, key=len, default=""), HOMES.get(role, "") if role else "")


@lru_cache(maxsize=256)
def _open_to(permissions: frozenset[str]) -> tuple[str, ...]:
    return tuple(item["href"] for item in _items(permissions))


@lru_cache(maxsize=4096)
def _written_menu(permissions: frozenset[str], here: str, home: str) -> SafeString:
    """The same for everybody with these permissions on a page below ``here``, so it is written once in a process."""
    items = [item | {"here": item["href"] == here} for item in _items(permissions)]
    return mark_safe(render_to_string("site/menu.html", {"menu": _sections(items, home)}).strip())  # a template's answer


def _items(permissions: frozenset[str]) -> list[dict[str, Any]]:
    return [item for keys, item in _entries() if not keys or not permissions.isdisjoint(keys)]


def _sections(items: list[dict[str, Any]], home: str) -> list[Section]:
    """Entries in sections by rank: the daily work first. ``home``: the head that stands open, else the first."""
    sections = {zh: Section(zh) for _, zh in SECTIONS}
    for item in items:
        sections[max(one for one in SECTIONS if one[0] <= item["rank"])[1]].items.append(item)
    for one in sections.values():  # the entries of a package stand together, where its first one stands
        first = {item["package"]: at for at, item in reversed(list(enumerate(one.items)))}
        one.items.sort(key=lambda item: (first[item["package"]], item["rank"]))
    shown = [one for one in sections.values() if one.items]
    heads = [one for one in shown if one.zh]
    opened = next((one for one in heads if one.zh == home), heads[0] if heads else None)
    for one in shown:
        one.open = not one.zh or one is opened or len(items) <= FEW or any(item["here"] for item in one.items)
    return shown


@cache
def _entries() -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """All entries of all packages by rank, each with the permissions that open it: they are the same for every page."""
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    for config in apps.get_app_configs():
        for route, label, permission, rank in getattr(config, "menu", ()):
            try:
                href = reverse(route)
            except NoReverseMatch as fault:
                raise LookupError(f"{config.label}: the menu names {route}, which no route has") from fault
            item = {"href": href, "label": label, "rank": rank, "package": config.label}
            found.append((tuple(permission.split("|")) if permission else (), item))
    return sorted(found, key=lambda entry: entry[1]["rank"])
