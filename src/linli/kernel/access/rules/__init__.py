"""Roles, permissions and posts; the rights of the database roles on each table."""

from linli.kernel.access.rules.actors import (
    Actor,
    Forbidden,
    NoScope,
    Permission,
    Refused,
    Role,
    Stale,
    incompatible_pairs,
    may_hold_together,
)
from linli.kernel.access.rules.demo import DemoPlan, DemoStep
from linli.kernel.access.rules.doors import open_page, own_page, page, public_page, staff_page
from linli.kernel.access.rules.rights import APPEND, CHANGE, ERASE, READ, Rights

__all__ = [
    "APPEND",
    "CHANGE",
    "ERASE",
    "READ",
    "Actor",
    "DemoPlan",
    "DemoStep",
    "Forbidden",
    "NoScope",
    "Permission",
    "Refused",
    "Rights",
    "Role",
    "Stale",
    "incompatible_pairs",
    "may_hold_together",
    "open_page",
    "own_page",
    "page",
    "public_page",
    "staff_page",
]
