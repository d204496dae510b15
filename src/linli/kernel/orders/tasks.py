"""What orders do by themselves: whoever is late gets a notice, and a week that is over is drawn from."""

from __future__ import annotations

from datetime import date, datetime

from linli.base.areas import WHOLE, Level
from linli.base.days import SHANGHAI
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.orders import actions
from linli.kernel.registry.queries import areas_on


@every(300.0, "orders.supervise")
def supervise() -> None:
    """Every district every five minutes, as of the business day and the time of day."""
    on = business_day()
    at = datetime.combine(on, datetime.now(SHANGHAI).time(), SHANGHAI)
    for district in _districts(on):
        actions.supervise_late(by=machine_actor("orders.supervise", district), at=at)


@every(3600.0, "orders.draw_week")
def draw_week() -> None:
    """Every district every hour; a week is drawn once, so the hours after it do nothing."""
    on = business_day()
    at = datetime.combine(on, datetime.now(SHANGHAI).time(), SHANGHAI)
    for district in _districts(on):
        actions.draw_last_week(by=machine_actor("orders.draw_week", district), at=at)


def _districts(on: date) -> list[str]:
    with scoped(WHOLE):
        return list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))
