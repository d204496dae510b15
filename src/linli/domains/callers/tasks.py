"""What listens and what comes due: signals of devices, presses that nobody answers, devices that say nothing."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from linli.base.areas import WHOLE, Level
from linli.base.days import SHANGHAI
from linli.domains.callers import actions
from linli.gateways.alarms import Beat, Callers, Signal, read
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_day, machine_actor
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import areas_on

LONGEST_WAIT = 5.0
REMEMBERED = 10_000
"""Presses of which the listener knows that they were stored."""
log = logging.getLogger(__name__)


def _now() -> datetime:
    """This moment of the business day."""
    return datetime.combine(business_day(), datetime.now(SHANGHAI).timetz())


def _districts() -> list[str]:
    with scoped(WHOLE):
        return list(areas_on(business_day()).filter(level=Level.DISTRICT).order_by("code").values_list("code", flat=True))


def _district_when_ready() -> str:
    """The district; while the database is away, as after a loss of power, it is waited for."""
    wait = 0.5
    while True:
        try:
            return _districts()[0]
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
        actions.hear_beat(by=machine_actor("callers.beat", district), at=_now(), beat=signal)
    else:
        actions.receive(by=machine_actor("callers.receive", district), at=_now(), pressed=signal)


@every(15.0, "callers.escalate")
def escalate() -> None:
    """Presses that nobody answers climb to the next."""
    for district in _districts():
        actions.escalate(by=machine_actor("callers.escalate", district), at=_now())


@every(1800.0, "callers.silent")
def look_after_silent() -> None:
    """Devices that said nothing for a day become orders."""
    for district in _districts():
        actions.look_after_silent(by=machine_actor("callers.escalate", district), at=_now())


def take_message(sender: str, body: bytes) -> None:
    """A press that came as a message of the telephone instead of the broker; told to its device when this returns.

    :raises ValueError: the sender has no name.
    """
    signal = read(f"sip/{sender}/press", body, prefix="sip")
    if signal is None:
        raise ValueError("a message without a sender")
    try:
        _store(signal, _districts()[0])
    finally:
        connection.close()  # the thread is the telephone's own
