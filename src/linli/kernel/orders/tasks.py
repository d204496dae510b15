"""What orders do by themselves: whoever is late gets a notice, and a week that is over is drawn from."""

from __future__ import annotations

from linli.kernel.access.queries import business_moment
from linli.kernel.jobs.rules import every
from linli.kernel.orders import actions
from linli.kernel.registry.queries import machines


@every(300.0, "orders.supervise")
def supervise() -> None:
    """Every district every five minutes, as of the business day and the time of day."""
    at = business_moment()
    for by in machines("orders.supervise", at.date()):
        actions.supervise_late(by=by, at=at)


@every(3600.0, "orders.draw_week")
def draw_week() -> None:
    """Every district every hour; a week is drawn once, so the hours after it do nothing."""
    at = business_moment()
    for by in machines("orders.draw_week", at.date()):
        actions.draw_last_week(by=by, at=at)
