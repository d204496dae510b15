"""The permissions that the installed packages declare."""

from __future__ import annotations

import functools

from django.apps import apps

from linli.kernel.access.rules import Permission, Role


@functools.cache
def permissions() -> dict[str, Permission]:
    """Every permission that the installed packages declare, by key."""
    found: dict[str, Permission] = {}
    for config in apps.get_app_configs():
        for permission in getattr(config, "permissions", ()):
            if not isinstance(permission, Permission):
                raise TypeError(f"{config.label}: {permission!r} is not a Permission")
            if permission.key in found:
                raise ValueError(f"the permission {permission.key} is declared twice")
            found[permission.key] = permission
    return found


@functools.cache
def rights_of(role: Role) -> frozenset[str]:
    """The keys of all permissions that this role carries."""
    return frozenset(key for key, permission in permissions().items() if role in permission.roles)
