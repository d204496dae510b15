"""Reads: the actor of a person, the present scope, staff and posts, the audit trail."""

from linli.kernel.access.queries.audit import audit_of, audit_trail, verify_audit
from linli.kernel.access.queries.clock import business_day
from linli.kernel.access.queries.permissions import permissions, rights_of
from linli.kernel.access.queries.scope import current_scope, watch_scope
from linli.kernel.access.queries.staff import (
    actor_among,
    actor_for,
    machine_actor,
    post_in_area,
    posts_of,
    posts_waiting,
    staff_list,
    staff_member,
    waiting_posts_of,
)

__all__ = [
    "actor_among",
    "actor_for",
    "audit_of",
    "audit_trail",
    "business_day",
    "current_scope",
    "machine_actor",
    "permissions",
    "post_in_area",
    "posts_of",
    "posts_waiting",
    "rights_of",
    "staff_list",
    "staff_member",
    "verify_audit",
    "waiting_posts_of",
    "watch_scope",
]
