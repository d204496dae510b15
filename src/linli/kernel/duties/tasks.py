"""What duties do by themselves: write down what falls due, until the end of the next month."""

from __future__ import annotations

from linli.base.areas import WHOLE, Level
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.duties import actions
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on


@every(6 * 3600.0, "duties.plan")
def plan() -> None:
    """Every district's duties, four times a day: it writes only what is not written yet."""
    on = business_day()
    with scoped(WHOLE):
        districts = list(areas_on(on).filter(level=Level.DISTRICT).values_list("code", flat=True))
    for district in districts:
        actions.plan(by=machine_actor("duties.plan", district), on=on)
