"""What comes due by itself: providers that take orders and do not come; wishes from the web that nobody needs any more."""

from __future__ import annotations

from linli.domains.providers import actions
from linli.kernel.access.queries import business_day, business_moment
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


@every(600.0, "providers.watch")
def watch() -> None:
    """Every district every ten minutes, as of the business day and the time of day."""
    at = business_moment()
    for by in machines("providers.watch", at.date()):
        actions.watch(by=by, at=at)


@every(3600.0, "providers.forget")
def forget() -> None:
    """Each hour, in each district."""
    on = business_day()
    for by in machines("providers.forget", on):
        actions.forget_wishes(by=by, on=on)
