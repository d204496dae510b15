"""The comparisons that the installed packages declare."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Actor
from linli.kernel.findings.rules import Search


@cache
def searches() -> dict[str, Search]:
    """Every declared comparison by key."""
    found: dict[str, Search] = {}
    for config in apps.get_app_configs():
        for one in getattr(config, "searches", ()):
            if not isinstance(one, Search):
                raise TypeError(f"{config.label}: {one!r} is not a Search")
            if unknown := {one.read, one.answer, *(one.act or ())[2:]} - set(permissions()):
                raise LookupError(f"the comparison {one.key} names unknown permissions {sorted(unknown)}")
            if one.key in found:
                raise ValueError(f"the comparison {one.key} is declared twice")
            found[one.key] = one
    return found


def searches_for(by: Actor, *, to_answer: bool = False) -> list[str]:
    """The keys of the comparisons that this post reads, or answers."""
    return [key for key, one in searches().items() if by.may(one.answer if to_answer else one.read)]
