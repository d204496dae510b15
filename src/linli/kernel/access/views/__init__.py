"""Pages of sign-in, posts, staff and the audit trail."""

from linli.kernel.access.views.audit import audit, verify
from linli.kernel.access.views.factors import ask_reset, begin_factor, drop_reset, grant_reset, own_factor, recovery_codes
from linli.kernel.access.views.lists import drop_view, keep_view
from linli.kernel.access.views.locks import lift_lock
from linli.kernel.access.views.sign_in import (
    choose_post,
    drop_typed,
    locked_out,
    no_post,
    own_password,
    sign_in,
    sign_in_code,
    sign_out,
    stay,
)
from linli.kernel.access.views.staff import active, end, first_password, grant, new_staff, staff, staff_page_

__all__ = [
    "active",
    "ask_reset",
    "audit",
    "begin_factor",
    "choose_post",
    "drop_reset",
    "drop_typed",
    "drop_view",
    "end",
    "first_password",
    "grant",
    "grant_reset",
    "keep_view",
    "lift_lock",
    "locked_out",
    "new_staff",
    "no_post",
    "own_factor",
    "own_password",
    "recovery_codes",
    "sign_in",
    "sign_in_code",
    "sign_out",
    "staff",
    "staff_page_",
    "stay",
    "verify",
]
