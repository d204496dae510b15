"""What runs beside an exchange: its events are written down, what operators ask is carried out, calls without an end end."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from linli.gateways.telephony import CallEvent, CannotDo, Exchange
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import business_moment
from linli.kernel.access.rules import Actor
from linli.kernel.calls import actions
from linli.kernel.calls.queries import machines_here, open_commands
from linli.kernel.calls.rules import Wish
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE

MOST = 50_000
"""Events that wait to be written while the database is away."""
LOOKS_EVERY = 0.1
"""Seconds between two looks for what operators ask."""
OTHERS_FIRST = timedelta(seconds=1)
"""How long a command for a call that this exchange does not know is left to another one, before it is refused."""
WAIT, LONGEST_WAIT = 0.2, 5.0
log = logging.getLogger(__name__)


def serve(exchange: Exchange, stopped: threading.Event, *, looked: Callable[[], None] = lambda: None) -> None:
    """Work beside an exchange until ``stopped``. An event is dropped only after it was stored, or when it can never be."""
    waiting: queue.Queue[CallEvent] = queue.Queue(MOST)
    exchange.listen(lambda event: _keep(waiting, event))
    by: Actor | None = None
    held: list[CallEvent] = []
    wait = WAIT
    while not stopped.is_set():
        try:
            by = by or machines_here()[0]
            _write(by, waiting, held)
            _obey(by, exchange)
            looked()
            wait = WAIT
        except (InterfaceError, OperationalError) as fault:
            log.warning("the database is away (%s); %d events wait", fault, waiting.qsize() + len(held))
            connection.close()
            stopped.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
    while by and (held or not waiting.empty()):
        _write(by, waiting, held)


def _keep(waiting: queue.Queue[CallEvent], event: CallEvent) -> None:
    try:
        waiting.put_nowait(event)
    except queue.Full:
        log.error("an event of call %s was dropped: %d wait already", event.call, MOST)


def _write(by: Actor, waiting: queue.Queue[CallEvent], held: list[CallEvent]) -> None:
    """Write down what has come; what the database could not take stays in ``held`` and comes first."""
    try:
        held.extend([waiting.get(timeout=LOOKS_EVERY)] if not held else [])
    except queue.Empty:
        return
    while held:
        try:
            actions.hear(by=by, event=held[0])
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            log.exception("an event of call %s could not be written", held[0].call)
        held.pop(0)
        if not held and not waiting.empty():
            held.append(waiting.get_nowait())


def _obey(by: Actor, exchange: Exchange) -> None:
    at = business_moment()
    with scoped(by):
        asked = open_commands(at)
    for command in asked:
        if _of_another(exchange, command) and at - command.asked_at < OTHERS_FIRST:
            continue
        if actions.take_command(by=by, at=business_moment(), command=command):
            try:
                _carry_out(by, exchange, command)
            except CannotDo as fault:
                actions.command_failed(by=by, command=command, fault=str(fault))


def _of_another(exchange: Exchange, command: Any) -> bool:
    """Whether the call is none of ours: with two exchanges at one centre, the one that has the call is to have the first word."""
    return command.call is not None and not exchange.knows(command.call.key)


def _carry_out(by: Actor, exchange: Exchange, command: Any) -> None:
    key = command.call.key if command.call else ""
    if command.wish == Wish.ANSWER:
        exchange.answer(key, command.extension)
    elif command.wish == Wish.TRANSFER:
        exchange.transfer(key, command.extension)
    elif command.wish == Wish.HANG_UP:
        exchange.hang_up(key)
    else:
        number = keyring().open(bytes(command.number_sealed or b""), PHONE)
        made = exchange.dial(command.extension, number.replace("-", ""))
        actions.dialled(by=by, at=business_moment(), command=command, key=made, number=number)


@every(60.0, "calls.lost")
def end_lost() -> None:
    """Calls whose end nobody told."""
    for by in machines_here():
        actions.end_lost(by=by, at=business_moment())
