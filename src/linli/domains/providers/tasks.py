"""What comes due by itself: providers that take orders and do not come; wishes from the web that nobody needs any more."""

from __future__ import annotations

from datetime import date, datetime

from linli.base.areas import WHOLE, Level
from linli.base.days import SHANGHAI
from linli.domains.providers import actions
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on


@every(600.0, "providers.watch")
def watch() -> None:
    """Every district every ten minutes, as of the business day and the time of day."""
    on = business_day()
    at = datetime.combine(on, datetime.now(SHANGHAI).time(), SHANGHAI)
    for district in _districts(on):
        actions.watch(by=machine_actor("providers.watch", district), at=at)


@every(3600.0, "providers.forget")
def forget() -> None:
    """Each hour, in each district."""
    on = business_day()
    for district in _districts(on):
        actions.forget_wishes(by=machine_actor("providers.forget", district), on=on)


def _districts(on: date) -> list[str]:
    with scoped(WHOLE):
        return list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))
