"""The server and the worker as processes beside each other: they begin together and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a process has to end by itself before it is ended."""
THREADS = 2
"""Requests that one process answers at once: one computes while the other waits for the database."""


class PortTaken(RuntimeError):
    """Another program listens there; the message says what to do."""


class PagesFail(RuntimeError):
    """The server runs and its pages do not work."""


def check_port(port: int) -> None:
    """Raise PortTaken when something listens there already."""
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise PortTaken(f"Port {port} is in use by another program. Choose another one with --port.")


def server_words(port: int, processes: int = 0) -> list[str]:
    """The command of the page server; ``processes`` 0 means one per core, at least two."""
    count = processes or max(2, len(os.sched_getaffinity(0)))
    words = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", str(count)]
    words += ["--blocking-threads", str(THREADS), "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
    words += ["--no-access-log"]  # addresses are nobody's business; who opened what stands in the trail
    return [sys.executable, "-m", "granian", *words, "linli.site.wsgi:application"]


def worker_words() -> list[str]:
    """The command of the background worker."""
    return [sys.executable, "-m", "linli", "worker"]


def run(port: int, *, processes: int = 0, worker: bool = False, ready: Callable[[], None] = lambda: None) -> int:
    """Serve until Ctrl-C, or until one of the processes ends by itself. ``ready`` is called when pages answer.

    Returns the exit status: 0 after Ctrl-C or a request to end, otherwise that of the process that ended.
    """
    with _ending_on_request():
        children = [subprocess.Popen(server_words(port, processes))]
        try:
            if worker:
                children.append(subprocess.Popen(worker_words()))
            _wait_until_ready(port, children)
            ready()
            return _first_to_end(children)
        except KeyboardInterrupt:
            return 0
        finally:
            _end(children)


@contextmanager
def _ending_on_request() -> Iterator[None]:
    """A request to end (SIGTERM) is treated like Ctrl-C."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wait_until_ready(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/sign-in/", timeout=10).close()  # our own server
            return
        except urllib.error.HTTPError as fault:
            raise PagesFail(f"The pages answer with a fault (HTTP {fault.code}); its cause is written above.") from fault
        except OSError:
            time.sleep(0.1)


def _first_to_end(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for child in children:
            if (status := child.poll()) is not None:
                return status or 1  # neither ends by itself while all is well
        time.sleep(0.3)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            child.kill()
            child.wait()
