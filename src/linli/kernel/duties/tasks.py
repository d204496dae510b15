"""What duties do by themselves: write down what falls due, until the end of the next month."""

from __future__ import annotations

from linli.kernel.access.queries import business_day
from linli.kernel.duties import actions
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


@every(6 * 3600.0, "duties.plan")
def plan() -> None:
    """Every district's duties, four times a day: it writes only what is not written yet."""
    on = business_day()
    for by in machines("duties.plan", on):
        actions.plan(by=by, on=on)
