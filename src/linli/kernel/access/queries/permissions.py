"""The permissions that the installed packages declare."""

from __future__ import annotations

import functools

from linli.kernel.access.rules import Permission, Role
from linli.kernel.ui.queries import declared_by_key


@functools.cache
def permissions() -> dict[str, Permission]:
    """Every permission that the installed packages declare, by key."""
    return declared_by_key("permissions", Permission)


@functools.cache
def rights_of(role: Role) -> frozenset[str]:
    """The keys of all permissions that this role carries."""
    return frozenset(key for key, permission in permissions().items() if role in permission.roles)
