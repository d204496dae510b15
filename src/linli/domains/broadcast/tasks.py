"""What goes out by itself: every delivery whose time has come, each in a transaction of its own."""

from __future__ import annotations

from linli.base.areas import WHOLE
from linli.domains.broadcast import actions, queries
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_moment, machine_actor
from linli.kernel.jobs.rules import every


@every(3.0, "broadcast.deliver")
def deliver() -> None:
    """One after the other; a provider that does not answer is asked again later, one that does is asked at once."""
    at = business_moment()
    with scoped(WHOLE):
        waiting = queries.due(at)
    for delivery_id, area in waiting:
        actions.deliver(by=machine_actor("broadcast.deliver", f"{area[:6]}000000"), at=at, delivery_id=delivery_id)


@every(30.0, "broadcast.hear_arrivals")
def hear_arrivals() -> None:
    """What became of messages that went out: asked soon at first, then more and more rarely, for three days."""
    at = business_moment()
    with scoped(WHOLE):
        waiting = queries.unreported(at)
    for delivery_id, area in waiting:
        actions.hear_arrival(by=machine_actor("broadcast.deliver", f"{area[:6]}000000"), at=at, delivery_id=delivery_id)
