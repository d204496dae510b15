"""What the halls do by themselves: messages about appointments, who did not come is marked, old names are forgotten."""

from __future__ import annotations

from datetime import datetime

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.domains.hall import actions, queries
from linli.domains.hall.queries.catalogue import law
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, business_moment, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines

AT_ONCE = 100


@every(1800.0, "hall.close")
def close() -> None:
    """Each half hour, in each district: what the evening has to do is found and done once, however late it comes."""
    on, now = business_day(), datetime.now(SHANGHAI)
    for by in machines("hall.close", on):
        evening = now.hour * 60 + now.minute >= law().on("hall.evening", on, by.area).count
        actions.mark_missed(by=by, on=on, evening=evening)
        actions.forget(by=by, on=on)


@every(10.0, "hall.texts")
def texts() -> None:
    """Each message in a transaction of its own: a provider that does not answer holds up no other."""
    at = business_moment()
    on = at.date()
    with scoped(WHOLE):
        waiting = list(queries.text_due(on, at).values_list("pk", "area")[:AT_ONCE])
    for appointment_id, area in waiting:
        actions.send_text(by=machine_actor("hall.close", f"{area[:6]}000000"), on=on, at=at, appointment_id=appointment_id)
