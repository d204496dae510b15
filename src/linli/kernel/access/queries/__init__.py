"""Reads: the actor of a person, the present scope, staff and posts, the audit trail."""

from linli.kernel.access.queries.audit import audit_trail, kind_name, unsealed_lines, verify_audit
from linli.kernel.access.queries.clock import business_day, business_moment
from linli.kernel.access.queries.factors import (
    address_of_secret,
    codes_left,
    factor_begun,
    factor_mode,
    factor_of,
    must_have_factor,
    open_reset_of,
    resets_waiting,
    typed_secret,
)
from linli.kernel.access.queries.kept_forms import kept_form, kept_forms
from linli.kernel.access.queries.locks import desk_mark, desk_of, home_area, place_of, running_locks
from linli.kernel.access.queries.permissions import permissions, rights_of
from linli.kernel.access.queries.renewals import renewals
from linli.kernel.access.queries.scope import current_scope, forget_kept, kept_in_scope, watch_scope
from linli.kernel.access.queries.staff import (
    actor_among,
    actor_for,
    machine_actor,
    post_in_area,
    posts_of,
    posts_waiting,
    staff_at,
    staff_by_username,
    staff_list,
    staff_member,
    waiting_posts_of,
)
from linli.kernel.access.queries.views import saved_views

__all__ = [
    "actor_among",
    "actor_for",
    "address_of_secret",
    "audit_trail",
    "business_day",
    "business_moment",
    "codes_left",
    "current_scope",
    "desk_mark",
    "desk_of",
    "factor_begun",
    "factor_mode",
    "factor_of",
    "forget_kept",
    "home_area",
    "kept_form",
    "kept_forms",
    "kept_in_scope",
    "kind_name",
    "machine_actor",
    "must_have_factor",
    "open_reset_of",
    "permissions",
    "place_of",
    "post_in_area",
    "posts_of",
    "posts_waiting",
    "renewals",
    "resets_waiting",
    "rights_of",
    "running_locks",
    "saved_views",
    "staff_at",
    "staff_by_username",
    "staff_list",
    "staff_member",
    "typed_secret",
    "unsealed_lines",
    "verify_audit",
    "waiting_posts_of",
    "watch_scope",
]
