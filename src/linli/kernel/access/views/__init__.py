"""Pages of sign-in, posts, staff and the audit trail."""

from linli.kernel.access.views.audit import audit, verify
from linli.kernel.access.views.sign_in import choose_post, locked_out, no_post, own_password, sign_in, sign_out
from linli.kernel.access.views.staff import active, end, first_password, grant, new_staff, staff, staff_page_

__all__ = [
    "active",
    "audit",
    "choose_post",
    "end",
    "first_password",
    "grant",
    "locked_out",
    "new_staff",
    "no_post",
    "own_password",
    "sign_in",
    "sign_out",
    "staff",
    "staff_page_",
    "verify",
]
