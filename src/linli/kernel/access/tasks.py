"""What access does by itself."""

from __future__ import annotations

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped, seal_audit
from linli.kernel.jobs.rules import every


@every(1.0, "access.seal_audit")
def seal() -> None:
    """Chain the audit lines that have become final."""
    with scoped(WHOLE):
        seal_audit()
