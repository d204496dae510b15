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
from contextlib import contextmanager
from urllib.parse import urlencode


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served() -> Iterator[int]:
    """The site as ``linli serve`` runs it, on the database of the race; its port."""
    from linli.site import serving

    port = free_port()
    environment = os.environ | {"LINLI_BUSINESS_DAY": "2010-12-20", "LINLI_LISTENS": "1", "LINLI_POOL": "4"}
    server = subprocess.Popen(serving.server_words(port), env=environment)
    try:
        serving._wait_until_ready(port, [server])
        yield port
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

    def get(self, kind: str, path: str, *, poll: bool = False) -> str:
        return self._ask(kind, "GET", path, None, {"X-Linli-Poll": "1", "HX-Request": "true"} if poll else {})

    def post(self, kind: str, path: str, words: dict[str, str]) -> str:
        body = urlencode({"csrfmiddlewaretoken": self.token, "_key": os.urandom(12).hex(), **words})
        return self._ask(kind, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, kind: str, method: str, path: str, body: str | None, more: dict[str, str]) -> str:
        cookies = f"linli={self.session}; csrftoken={self.token}"
        began = time.perf_counter()
        try:
            self.wire.request(method, path, body, {"Cookie": cookies, "Host": f"127.0.0.1:{self.port}", **more})
            answer = self.wire.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            self.wire.close()
            self.faults.append(f"{kind}: {fault!r}")
            return ""
        self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
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
