"""What cases do in the background: whatever stayed behind when its people moved is brought along every night."""

from __future__ import annotations

from linli.base.areas import WHOLE, Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.cases.actions.following import catch_up
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on


@every(24 * 3600.0, "cases.catch_up")
def bring_along() -> None:
    """In every district once a day; what a person handed over elsewhere stays there."""
    on = business_day()
    with scoped(WHOLE):
        districts = list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))
    for district in districts:
        catch_up(by=machine_actor("cases.catch_up", district), on=on)
