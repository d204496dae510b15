"""What discovery does by itself: every night it compares the registers."""

from __future__ import annotations

from linli.base.areas import WHOLE, Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.findings import actions
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on


@every(24 * 3600.0, "findings.look")
def look() -> None:
    """Every district once a day; comparing again finds nothing twice."""
    on = business_day()
    with scoped(WHOLE):
        districts = list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))
    for district in districts:
        actions.look(by=machine_actor("findings.look", district), on=on)
