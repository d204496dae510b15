"""Real brokers for tests: one in Python that comes with the tests, and mosquitto where it is installed."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

from amqtt.broker import Broker as PythonBroker


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(holds, seconds: float = 10.0) -> None:
    """Waits until the condition holds, and fails when it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)


class InPython:
    """amqtt, in a thread."""

    def __init__(self) -> None:
        for name in ("amqtt", "transitions"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    async def _start(self) -> None:
        open_to_all = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        self._broker = PythonBroker(
            {"listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}}, "plugins": open_to_all}
        )
        await self._broker.start()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._broker.shutdown(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


class Mosquitto:
    """mosquitto, as a process that can be killed and started again with what it had kept."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        kept = f"persistence true\npersistence_location {folder}/\nautosave_on_changes true\nautosave_interval 1\n"
        user = "user root\n" if folder.owner() == "root" else ""
        (folder / "conf").write_text(f"{user}listener {self.port} 127.0.0.1\nallow_anonymous true\n{kept}")
        self.start()

    @staticmethod
    def installed() -> str | None:
        return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")

    def start(self) -> None:
        command = [self.installed() or "mosquitto", "-c", str(self._folder / "conf")]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
