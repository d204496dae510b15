"""Roles, permissions and posts; the rights of the database roles on each table."""

from linli.kernel.access.rules.actors import (
    EXPORTED,
    LEVELS,
    Actor,
    Forbidden,
    NoScope,
    Permission,
    Refused,
    Role,
    Stale,
    may_hold_together,
)
from linli.kernel.access.rules.demo import DemoPlan, DemoStep
from linli.kernel.access.rules.doors import PublicPage, open_page, own_page, page, public_page, staff_page
from linli.kernel.access.rules.proposing import ProposalState
from linli.kernel.access.rules.renewal import Renewal, Renewed
from linli.kernel.access.rules.rights import APPEND, CHANGE, ERASE, READ, Rights
from linli.kernel.access.rules.sign_in import FactorMode, LockKind, SessionRules

__all__ = [
    "APPEND",
    "CHANGE",
    "ERASE",
    "EXPORTED",
    "LEVELS",
    "READ",
    "Actor",
    "DemoPlan",
    "DemoStep",
    "FactorMode",
    "Forbidden",
    "LockKind",
    "NoScope",
    "Permission",
    "ProposalState",
    "PublicPage",
    "Refused",
    "Renewal",
    "Renewed",
    "Rights",
    "Role",
    "SessionRules",
    "Stale",
    "may_hold_together",
    "open_page",
    "own_page",
    "page",
    "public_page",
    "staff_page",
]
