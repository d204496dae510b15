"""The door to every write, the audit trail, staff and posts, and the database's own guards."""

from linli.kernel.access.actions.attempt import answered_before, attempt, handle, press
from linli.kernel.access.actions.audit import record_refusal, record_seen, recorder_of, recording, seal_audit
from linli.kernel.access.actions.beside import Tell, telling
from linli.kernel.access.actions.door import about, action, once, only_showing, reach_district, scoped
from linli.kernel.access.actions.factors import (
    ask_factor_reset,
    begin_factor,
    confirm_factor,
    drop_factor_reset,
    end_sessions,
    grant_factor_reset,
    renew_recovery_codes,
    reset_factor_at_server,
    use_factor,
)
from linli.kernel.access.actions.jobs import defer, job
from linli.kernel.access.actions.kept_forms import clear_kept_forms, drop_form, keep_form, new_key
from linli.kernel.access.actions.locks import begin_try, clear_old_tries, forgive_tries, lift_locks, note_failure
from linli.kernel.access.actions.renewing import renew_factors
from linli.kernel.access.actions.sessions import clear_sessions, note_sign_in, note_sign_out
from linli.kernel.access.actions.staff import (
    change_own_password,
    create_post,
    create_staff,
    end_post,
    grant_post,
    set_password,
    set_staff_active,
)
from linli.kernel.access.actions.together import together
from linli.kernel.access.actions.views import drop_view, keep_view

__all__ = [
    "Tell",
    "about",
    "action",
    "answered_before",
    "ask_factor_reset",
    "attempt",
    "begin_factor",
    "begin_try",
    "change_own_password",
    "clear_kept_forms",
    "clear_old_tries",
    "clear_sessions",
    "confirm_factor",
    "create_post",
    "create_staff",
    "defer",
    "drop_factor_reset",
    "drop_form",
    "drop_view",
    "end_post",
    "end_sessions",
    "forgive_tries",
    "grant_factor_reset",
    "grant_post",
    "handle",
    "job",
    "keep_form",
    "keep_view",
    "lift_locks",
    "new_key",
    "note_failure",
    "note_sign_in",
    "note_sign_out",
    "once",
    "only_showing",
    "press",
    "reach_district",
    "record_refusal",
    "record_seen",
    "recorder_of",
    "recording",
    "renew_factors",
    "renew_recovery_codes",
    "reset_factor_at_server",
    "scoped",
    "seal_audit",
    "set_password",
    "set_staff_active",
    "telling",
    "together",
    "use_factor",
]
