"""What listens and what comes due: signals of devices, presses that nobody answers, devices that say nothing."""

from __future__ import annotations

import logging
import time

from django.db import InterfaceError, OperationalError, connection

from linli.domains.callers import actions
from linli.gateways.alarms import Beat, Callers, Signal, read
from linli.kernel.access.queries import business_day, business_moment, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import districts, machines

LONGEST_WAIT = 5.0
REMEMBERED = 10_000
"""Presses of which the listener knows that they were stored."""
log = logging.getLogger(__name__)


def _district_when_ready() -> str:
    """The district; while the database is away, as after a loss of power, it is waited for."""
    wait = 0.5
    while True:
        try:
            return districts(business_day())[0]
        except (InterfaceError, OperationalError) as fault:
            log.warning("the database is away (%s)", fault)
            connection.close()
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


def listen(callers: Callers) -> None:
    """Take every signal until the carrier is stopped. A press is told to its device only after it was stored."""
    district = _district_when_ready()

    stored: dict[tuple[str, str], None] = {}

    def take(signal: Signal) -> None:
        press = (signal.device, "" if isinstance(signal, Beat) else signal.id)
        if press not in stored:
            try:
                _store(signal, district)
            except (InterfaceError, OperationalError):
                connection.close()  # a new one is made when the signal comes again
                raise
        if press[1]:
            stored[press] = None  # devices repeat themselves until they are told: what stands is told at once
            if len(stored) > REMEMBERED:
                stored.pop(next(iter(stored)))
        if not isinstance(signal, Beat):
            callers.confirm(signal.device, signal.id)

    callers.listen(take)


def _store(signal: Signal, district: str) -> None:
    if isinstance(signal, Beat):
        actions.hear_beat(by=machine_actor("callers.beat", district), at=business_moment(), beat=signal)
    else:
        actions.receive(by=machine_actor("callers.receive", district), at=business_moment(), pressed=signal)


@every(15.0, "callers.escalate")
def escalate() -> None:
    """Presses that nobody answers climb to the next."""
    for by in machines("callers.escalate", business_day()):
        actions.escalate(by=by, at=business_moment())


@every(1800.0, "callers.silent")
def look_after_silent() -> None:
    """Devices that said nothing for a day become orders."""
    for by in machines("callers.escalate", business_day()):
        actions.look_after_silent(by=by, at=business_moment())


def take_message(sender: str, body: bytes) -> None:
    """A press that came as a message of the telephone instead of the broker; told to its device when this returns.

    :raises ValueError: the sender has no name.
    """
    signal = read(f"sip/{sender}/press", body, prefix="sip")
    if signal is None:
        raise ValueError("a message without a sender")
    try:
        _store(signal, districts(business_day())[0])
    finally:
        connection.close()  # the thread is the telephone's own
