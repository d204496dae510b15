"""What access does by itself."""

from __future__ import annotations

from datetime import datetime

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.kernel.access.actions import clear_kept_forms, clear_old_tries, clear_sessions, scoped, seal_audit
from linli.kernel.jobs.rules import every


@every(600.0, "access.forget")
def forget() -> None:
    """Drop sessions, tries and kept forms that count for nothing any more."""
    now = datetime.now(SHANGHAI)
    clear_sessions(at=now)
    clear_old_tries(at=now)
    clear_kept_forms(at=now)


@every(1.0, "access.seal_audit")
def seal() -> None:
    """Chain the audit lines that have become final."""
    with scoped(WHOLE):
        seal_audit()
