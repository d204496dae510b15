"""What discovery does by itself: every night it compares the registers."""

from __future__ import annotations

from linli.kernel.access.queries import business_day
from linli.kernel.findings import actions
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


@every(24 * 3600.0, "findings.look")
def look() -> None:
    """Every district once a day; comparing again finds nothing twice."""
    on = business_day()
    for by in machines("findings.look", on):
        actions.look(by=by, on=on)
