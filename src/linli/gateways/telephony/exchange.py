"""The exchange as the call centre uses it; and a fake that rings when it is told to."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from linli.gateways.telephony.events import CallEvent, Ending, Happened, clean_number

Hear = Callable[[CallEvent], None]
Clock = Callable[[], datetime]


class CannotDo(RuntimeError):
    """The exchange cannot do this, or not with this call; the words are for the operator."""


class Exchange(Protocol):
    def listen(self, hear: Hear) -> None:
        """From now on ``hear`` is told what happens, perhaps from another thread. It must be quick, and asks nothing of
        the exchange itself: it hands the event on."""

    def knows(self, call: str) -> bool:
        """Whether this call is, or was, one of this exchange."""

    def answer(self, call: str, desk: str) -> None:
        """The desk takes the ringing call. Raises CannotDo when it has ended or another desk has it."""

    def transfer(self, call: str, desk: str) -> None:
        """Hands an answered call on. Raises CannotDo."""

    def dial(self, desk: str, number: str) -> str:
        """Rings the desk, then the number; returns the call's id. Raises CannotDo."""

    def hang_up(self, call: str) -> None:
        """Ends a call; one that has ended stays ended."""


class FakeExchange:
    """Rings, answers and ends as a test or the demo tells it."""

    def __init__(self, clock: Clock, *, name: str = "call") -> None:
        """``name``: how its calls are called, with a number behind; another one for another run."""
        self._clock, self._name = clock, name
        self._hear: Hear = _nobody
        self._numbers = itertools.count(1)
        self._calls: dict[str, CallEvent] = {}

    @property
    def ringing(self) -> tuple[CallEvent, ...]:
        """Calls that wait for an answer, oldest first."""
        return tuple(event for event in self._calls.values() if event.what is Happened.RINGING)

    def desk_of(self, call: str) -> str:
        """The desk that has a call; empty while it rings, and when it is over."""
        event = self._calls.get(call)
        return event.desk if event is not None and event.what in (Happened.ANSWERED, Happened.TRANSFERRED) else ""

    def listen(self, hear: Hear) -> None:
        self._hear = hear

    def ring(self, number: str, *, dialled: str = "96777", desk: str = "") -> str:
        """Somebody calls; it rings at one desk, or at all."""
        call = f"{self._name}-{next(self._numbers)}"
        self._tell(CallEvent(call, Happened.RINGING, self._clock(), clean_number(number), dialled, desk))
        return call

    def give_up(self, call: str) -> None:
        """The caller hangs up."""
        self._end(call)

    def knows(self, call: str) -> bool:
        return call in self._calls

    def answer(self, call: str, desk: str) -> None:
        event = self._calls.get(call)
        if event is None or event.what is not Happened.RINGING:
            raise CannotDo("这个来电已被接听或已挂断。")
        self._tell(self._next(event, Happened.ANSWERED, desk))

    def transfer(self, call: str, desk: str) -> None:
        event = self._calls.get(call)
        if event is None or event.what not in {Happened.ANSWERED, Happened.TRANSFERRED}:
            raise CannotDo("只能转接正在通话的来电。")
        self._tell(self._next(event, Happened.TRANSFERRED, desk))

    def dial(self, desk: str, number: str) -> str:
        digits = clean_number(number)
        if not digits:
            raise CannotDo("请填写要拨打的电话号码。")
        call = f"{self._name}-{next(self._numbers)}"
        self._tell(CallEvent(call, Happened.ANSWERED, self._clock(), digits, digits, desk))
        return call

    def hang_up(self, call: str) -> None:
        self._end(call)

    def _end(self, call: str) -> None:
        event = self._calls.get(call)
        if event is None or event.what is Happened.ENDED:
            return
        rang = event.what is Happened.RINGING
        ending, recording = (Ending.ABANDONED, "") if rang else (Ending.NORMAL, f"rec/{call}")
        self._tell(CallEvent(call, Happened.ENDED, self._clock(), event.number, event.dialled, event.desk, ending, recording))

    def _next(self, event: CallEvent, what: Happened, desk: str) -> CallEvent:
        return CallEvent(event.call, what, self._clock(), event.number, event.dialled, desk)

    def _tell(self, event: CallEvent) -> None:
        self._calls[event.call] = event
        self._hear(event)


def _nobody(_event: CallEvent) -> None:
    """Nobody listens yet."""
