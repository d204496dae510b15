"""What carries signals to us and confirmations back; and a fake that keeps both in memory."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

from linli.gateways.alarms.signals import Signal

Take = Callable[[Signal], None]


class Callers(Protocol):
    def listen(self, take: Take) -> None:
        """Hands every signal to ``take`` until `stop`. A signal counts as taken when ``take`` returns; one that it
        raises on is handed over again, and does not hold up the others."""

    def confirm(self, device: str, press_id: str) -> None:
        """Tells the device that its press has been taken; may be repeated. Never raises for a carrier that is away."""

    def stop(self) -> None:
        """Ends `listen` soon. What was not taken stays with the carrier."""


class FakeCallers:
    """Signals that a test or the demo puts in; confirmations that it can read."""

    def __init__(self) -> None:
        self.confirmed: list[tuple[str, str]] = []
        self._waiting: deque[Signal] = deque()
        self._news = threading.Condition()
        self._stopped = False

    def put(self, signal: Signal) -> None:
        """The device sends."""
        with self._news:
            self._waiting.append(signal)
            self._news.notify_all()

    @property
    def waiting(self) -> tuple[Signal, ...]:
        """What has not been taken."""
        with self._news:
            return tuple(self._waiting)

    def listen(self, take: Take) -> None:
        while True:
            with self._news:
                while not self._waiting and not self._stopped:
                    self._news.wait()
                if self._stopped:
                    return
                batch = list(self._waiting)
            failed = [signal for signal in batch if not self._hand(take, signal)]
            if failed:
                with self._news:
                    self._news.wait(0.05)

    def confirm(self, device: str, press_id: str) -> None:
        self.confirmed.append((device, press_id))

    def stop(self) -> None:
        with self._news:
            self._stopped = True
            self._news.notify_all()

    def _hand(self, take: Take, signal: Signal) -> bool:
        try:
            take(signal)
        except Exception:
            return False
        with self._news:
            self._waiting.remove(signal)
        return True
