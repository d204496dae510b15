"""Pages that ask by themselves, more than once a second: answered from memory while the database says that nothing has happened.

A view that answers "nothing new" (204) to such a question may name what it hangs on: ``request.quiet_about = {"calls.8001"}``.
Triggers (`access_tell`) tell those names to every process. Until one is told, the same question of the same session has the same
answer, and costs no statement, no session and no page. Where a process hears nothing from the database, every question is asked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

from linli.kernel.access.views.sessions import POLL

CHANNEL = "linli_changes"
FRESH = 5.0
"""Seconds after which a question is asked in full again: by then a session that was ended from outside is at the door."""
BEAT = 2.0
"""Seconds between two proofs that the database is still there."""
MOST = 10_000
Answer = Callable[[HttpRequest], HttpResponse]


@dataclass
class Watch:
    """What this process has heard: for each name the moment, by the machine's own running clock."""

    heard: dict[str, float] = field(default_factory=dict)
    since: float = float("inf")
    alive_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def nothing_of(self, names: Iterable[str], since: float) -> bool:
        """Whether none of the names was told since that moment; false where that is not known."""
        if since < self.since or time.monotonic() > self.alive_until:
            return False
        return all(self.heard.get(name, 0.0) < since for name in names)

    def hear(self, name: str) -> None:
        """A name was told."""
        if len(self.heard) >= MOST:
            self.heard, self.since = {}, time.monotonic()
        self.heard[name] = time.monotonic()

    def begin(self) -> None:
        """Listen from now on, once in a process."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._for_ever, name="linli-quiet", daemon=True)
                self._thread.start()

    def _for_ever(self) -> None:
        while True:
            try:
                self.listen(lambda: True)
            except (psycopg.Error, OSError):
                time.sleep(BEAT)

    def listen(self, goes_on: Callable[[], bool]) -> None:
        """Listen on a connection of its own. :raises psycopg.Error: the connection is over, or does not hand on what is told."""
        try:
            with psycopg.connect(**connections["default"].get_connection_params(), autocommit=True) as line:
                line.execute(f"listen {CHANNEL}")
                own = f"own.{uuid4()}"
                line.execute("select pg_notify(%s, %s)", [CHANNEL, own])
                if not any(note.payload == own for note in line.notifies(timeout=BEAT)):
                    raise psycopg.OperationalError("a pooler stands between, which does not hand on what is told")
                self.since = time.monotonic()
                while goes_on():
                    line.execute("select 1")
                    self.alive_until = time.monotonic() + 2 * BEAT
                    for note in line.notifies(timeout=BEAT):
                        self.hear(note.payload)
        finally:
            self.since, self.alive_until = float("inf"), 0.0


WATCH = Watch()


class Quiet:
    """Stands before the session: the same question again, while nothing has happened, is answered here."""

    def __init__(self, get_response: Answer, watch: Watch = WATCH) -> None:
        self.get_response, self.watch = get_response, watch
        self.told: dict[tuple[str, str], tuple[float, frozenset[str]]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or POLL not in request.headers or not settings.LISTENS:
            return self.get_response(request)
        self.watch.begin()
        asked, key = time.monotonic(), (request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), request.get_full_path())
        before = self.told.get(key)
        if before and asked - before[0] < FRESH and self.watch.nothing_of(before[1], before[0]):
            return HttpResponse(status=204)
        answer = self.get_response(request)
        names = getattr(request, "quiet_about", None)
        if answer.status_code == 204 and names:
            if len(self.told) >= MOST:
                self.told.clear()
            self.told[key] = asked, frozenset(names)
        else:
            self.told.pop(key, None)
        return answer
