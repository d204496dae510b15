"""What complaints do by themselves: they forget letters that nobody needs any more."""

from __future__ import annotations

from linli.base.areas import WHOLE, Level
from linli.domains.complaints import actions
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on


@every(3600.0, "complaints.forget")
def forget() -> None:
    """Each hour; the box is one for all, and the term is that of the first district."""
    on = business_day()
    with scoped(WHOLE):
        district = areas_on(on).filter(level=Level.DISTRICT).order_by("code").values_list("code", flat=True).first()
    if district:
        actions.forget_letters(by=machine_actor("complaints.forget", district), on=on)
