"""The door to every write, the audit trail, staff and posts, and the database's own guards."""

from linli.kernel.access.actions.attempt import attempt
from linli.kernel.access.actions.audit import record_refusal, record_seen, seal_audit
from linli.kernel.access.actions.door import about, action, once, reach_district, scoped
from linli.kernel.access.actions.jobs import defer, job
from linli.kernel.access.actions.staff import (
    change_own_password,
    create_post,
    create_staff,
    end_post,
    grant_post,
    set_password,
    set_staff_active,
)

__all__ = [
    "about",
    "action",
    "attempt",
    "change_own_password",
    "create_post",
    "create_staff",
    "defer",
    "end_post",
    "grant_post",
    "job",
    "once",
    "reach_district",
    "record_refusal",
    "record_seen",
    "scoped",
    "seal_audit",
    "set_password",
    "set_staff_active",
]
