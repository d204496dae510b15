"""The comparisons that the installed packages declare."""

from __future__ import annotations

from functools import cache

from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Actor
from linli.kernel.findings.rules import Search
from linli.kernel.ui.queries import declared_by_key


@cache
def searches() -> dict[str, Search]:
    """Every declared comparison by key."""
    found = declared_by_key("searches", Search)
    for one in found.values():
        if unknown := {one.read, one.answer, *(one.act or ())[2:]} - set(permissions()):
            raise LookupError(f"the comparison {one.key} names unknown permissions {sorted(unknown)}")
    return found


def searches_for(by: Actor, *, to_answer: bool = False) -> list[str]:
    """The keys of the comparisons that this post reads, or answers."""
    return [key for key, one in searches().items() if by.may(one.answer if to_answer else one.read)]
