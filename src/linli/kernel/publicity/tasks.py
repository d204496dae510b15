"""What publicity does by itself: takes down what is over, takes in what residents sent."""

from __future__ import annotations

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.publicity import actions, queries


@every(60.0, "publicity.take_down")
def take_down() -> None:
    """Take down every notice whose last day is over (within a minute of midnight)."""
    on = business_day()
    with scoped(WHOLE):
        districts = queries.districts_due(on)
    for district in districts:
        actions.take_down_due(by=machine_actor("publicity.take_down", district), on=on)


@every(15.0, "publicity.receive_inbox")
def receive_inbox() -> None:
    """Take in what residents sent."""
    on = business_day()
    with scoped(WHOLE):
        districts = queries.districts_waiting()
    for district in districts:
        actions.receive_inbox(by=machine_actor("publicity.receive_inbox", district), on=on)


@every(3600.0, "publicity.forget_senders")
def forget_senders() -> None:
    """Forget who sent something yesterday."""
    actions.forget_senders()
