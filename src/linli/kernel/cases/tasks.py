"""What cases do in the background: whatever stayed behind when its people moved is brought along every night."""

from __future__ import annotations

from linli.kernel.access.queries import business_day
from linli.kernel.cases.actions.following import catch_up
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


@every(24 * 3600.0, "cases.catch_up")
def bring_along() -> None:
    """In every district once a day; what a person handed over elsewhere stays there."""
    on = business_day()
    for by in machines("cases.catch_up", on):
        catch_up(by=by, on=on)
