"""What drives a served site: sessions made beforehand, visitors with one kept connection each, the server as a process."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

IDLE = 10.0
"""Seconds after which a visitor makes a new connection."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """The served site: where it listens, and how much of the processors its page processes and its database have used."""

    port: int
    server: subprocess.Popen[bytes]

    def spent(self) -> tuple[float, float]:
        """Seconds of the processors until now: pages, database."""
        from django.conf import settings

        from linli.gateways import postgres

        keeper = int((postgres.embedded(settings.CHECKOUT).data / "postmaster.pid").read_text().split()[0])
        return processor_seconds(self.server.pid), processor_seconds(keeper)


def processor_seconds(top: int) -> float:
    """What a process, those below it, and those below it that have ended, have used of the processors."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)], used[int(path.parent.name)] = int(words[1]), sum(map(int, words[11:15]))
    below, found = {top}, {top}
    while below := {one for one, parent in parents.items() if parent in below} - found:
        found |= below
    return sum(used.get(one, 0) for one in found) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served() -> Iterator[int]:
    """The site as ``linli serve`` runs it, on the database of the race; its port."""
    with measured() as site:
        yield site.port


@contextmanager
def measured() -> Iterator[Site]:
    """The same, with what it uses of the processors. Processes, threads and pool are those of ``linli serve``."""
    from linli.site import serving

    port = free_port()
    environment = os.environ | {"LINLI_BUSINESS_DAY": "2010-12-20", "LINLI_LISTENS": "1", "LINLI_POOL": "4"}
    server = subprocess.Popen(serving.server_words(port), env=environment)
    try:
        serving._wait_until_ready(port, [server])
        yield Site(port, server)
    finally:
        server.terminate()
        server.wait(20)


def session_of(username: str) -> str:
    """A session in which this member of staff is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from linli.kernel.access.models import Staff
    from linli.kernel.access.rules.sign_in import SEEN, SINCE

    staff = Staff.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session[SINCE] = session[SEEN] = int(time.time())
    session.save()
    return str(session.session_key)


class Visitor:
    """A browser without scripts: one kept connection, a session, the token of forms; every answer is timed by its kind."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session, self.token = port, session, "a" * 32
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.times: dict[str, list[float]] = {}
        self.faults: list[str] = []
        self.refused, self.where, self.last = 0, "", 0.0

    def get(self, kind: str, path: str, *, poll: bool = False) -> str:
        return self._ask(kind, "GET", path, None, {"X-Linli-Poll": "1", "HX-Request": "true"} if poll else {})

    def post(self, kind: str, path: str, words: dict[str, str]) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, "_key": os.urandom(12).hex(), **words})
        text = self._ask(kind, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        if self.where:  # a browser goes where it is sent
            return self._ask(f"{kind}, and the page after it", "GET", self.where, None, {})
        return text

    def _ask(self, kind: str, method: str, path: str, body: str | None, more: dict[str, str]) -> str:
        cookies = f"linli={self.session}; csrftoken={self.token}"
        began, self.where = time.perf_counter(), ""
        if began - self.last > IDLE:  # a browser does not send on a connection that the server may have closed meanwhile
            self.wire.close()
        try:
            self.wire.request(method, path, body, {"Cookie": cookies, "Host": f"127.0.0.1:{self.port}", **more})
            answer = self.wire.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            self.wire.close()
            self.faults.append(f"{kind}: {fault!r}")
            return ""
        self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        self.last = time.perf_counter()
        self.where = answer.headers.get("Location", "")
        self.refused += answer.status in (409, 422)  # somebody else was there before, or a word is missing
        if answer.status >= 400 and answer.status not in (409, 422):
            self.faults.append(f"{kind}: {method} {path} {answer.status}")
        return text


def together(works: list[Callable[[], None]]) -> None:
    """All of these at once, each in a thread of its own."""
    threads = [threading.Thread(target=work) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def found(pattern: str, text: str) -> list[str]:
    """What the pattern finds, each once, in its order."""
    return list(dict.fromkeys(re.findall(pattern, text)))
