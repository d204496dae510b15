"""The values that the installed packages let a district set."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from linli.base.dated import Parameters
from linli.kernel.standards.rules import PAYMENTS, Group, Key
from linli.kernel.ui.queries import declared


@cache
def groups() -> tuple[Group, ...]:
    """Every declared group (manifest ``standard_keys``), in the order of the packages, this one's own last. Raises for what
    cannot be one.
    """
    found = sorted(declared("standard_keys", Group), key=lambda one: one is PAYMENTS)
    every = [key for one in found for key in one.keys]
    if len({key.key for key in every}) < len(every):
        raise ValueError(f"declared twice: {sorted({key.key for key in every if every.count(key) > 1})}")
    return tuple(found)


@cache
def keys() -> dict[str, tuple[Key, Group]]:
    """Every value that may be set, with its group."""
    return {key.key: (key, group) for group in groups() for key in group.keys}


def base_of(group: Group) -> Parameters:
    """What the program itself knows of the law of a group."""
    found: Parameters = import_string(group.law)()
    return found


def forget() -> None:
    """Read the declarations again (tests)."""
    groups.cache_clear()
    keys.cache_clear()
