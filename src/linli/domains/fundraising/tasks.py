"""What fundraising does by itself: keeps what donors may look up near the books."""

from __future__ import annotations

from linli.base.areas import WHOLE
from linli.domains.fundraising import actions, queries
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every


@every(3600.0, "fundraising.tell_donors")
def tell_donors() -> None:
    """Bring the use of every fund up to date, hourly."""
    with scoped(WHOLE):
        districts = queries.districts_telling()
    for district in districts:
        actions.tell_donors(by=machine_actor("fundraising.tell_donors", district), on=business_day())
