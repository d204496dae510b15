"""Presses of single-key callers while everything behind them is killed: broker, listener, worker and database, each once.

The whole runs beside everything else: a home folder, a cluster, a broker and processes of its own, ended by ``kill -9`` and
started again after some seconds. The devices do what the interface asks of a device: they send a press again until they are
told that it was taken. ``tests/test_outages.py`` has the short form; the long one is ``python tests/outages.py run 400 120 5``
(presses, seconds, seconds until what was killed is started; a fourth number: seconds after which a device sends again).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
AGAIN = 4.0
"""Seconds after which a device that was not told sends again."""
PATIENCE = 180.0
"""Seconds after the last press in which all have to be told, on a busy machine."""
PARTS = ("mosquitto", "callers", "worker", "postgres")


class House:
    """A house of its own: home folder, cluster, broker, listener and worker; each can be killed and started."""

    def __init__(self, folder: Path) -> None:
        from linli.gateways.tests.brokers import Mosquitto

        self.folder, self.home = folder, folder / "home"
        folder.chmod(0o711)  # the account that runs the server passes through
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_", "DATABASE_"))}
        day = {"LINLI_DATABASE": "linli", "LINLI_BUSINESS_DAY": "2010-12-20"}
        self.environment = mine | day | {"LINLI_HOME": str(self.home), "PYTHONPATH": str(CHECKOUT / "src")}
        (folder / "broker").mkdir()
        self.broker = Mosquitto(folder / "broker")
        self.running: dict[str, subprocess.Popen] = {}

    def linli(self, *words: str) -> str:
        """What a command answers. It must succeed."""
        return self._run("-m", "linli", *words)

    def aside(self, *words: str) -> Any:
        """What this file answers as a process of the house."""
        return json.loads(self._run(__file__, *words).splitlines()[-1])

    def _run(self, *words: str) -> str:
        done = subprocess.run([sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stdout[-500:]}{done.stderr[-2000:]}"
        return done.stdout

    def start(self, part: str) -> None:
        if part == "mosquitto":
            self.broker.start()
        elif part == "postgres":
            self._run("-m", "linli.gateways.postgres", "start", str(CHECKOUT))
        else:
            words = {"callers": ["callers", "--broker", f"127.0.0.1:{self.broker.port}"], "worker": ["worker"]}[part]
            with (self.folder / f"{part}.log").open("a") as log:
                command = [sys.executable, "-m", "linli", *words]
                self.running[part] = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def kill(self, part: str) -> None:
        if part == "mosquitto":
            self.broker.kill()
        elif part == "postgres":
            os.kill(int((self.home / "cluster" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        else:
            self.running[part].kill()
            self.running[part].wait()

    def end(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()
        self.broker.stop()
        subprocess.run(
            [sys.executable, "-m", "linli.gateways.postgres", "stop", str(CHECKOUT)], env=self.environment, check=False
        )
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def house(devices: int) -> Iterator[House]:
    """A house with so many devices in homes, everything running."""
    from linli.gateways.tests.brokers import until

    made = House(Path(tempfile.mkdtemp(prefix="linli-outage-", dir="/var/tmp")))
    try:
        made.linli("prepare")
        made.aside("install", str(devices))
        for part in ("callers", "worker"):
            made.start(part)
        until(lambda: _joined(made.broker.port), 120)
        yield made
    finally:
        made.end()


@dataclass
class Devices:
    """Devices at home: each sends its press again until it is told."""

    port: int
    pause: float = AGAIN
    pressed: dict[str, float] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)
    sent: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        import paho.mqtt.client as mqtt
        from paho.mqtt.enums import CallbackAPIVersion

        self.wire = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="devices")
        self.wire.reconnect_delay_set(1, 2)
        self.wire.on_connect = lambda client, *_: client.subscribe("callers/+/taken", qos=1)
        self.wire.on_message = lambda _client, _data, message: self._told(message)
        self.wire.connect("127.0.0.1", self.port)
        self.wire.loop_start()

    def _told(self, message: Any) -> None:
        name = message.topic.split("/")[1]
        assert message.payload.decode() == f"p-{name}", "another's press was told"
        self.told.setdefault(name, time.monotonic())

    def press(self, name: str) -> None:
        self.pressed[name] = time.monotonic()
        self._send(name)

    def again(self) -> None:
        """Every device that was not told and has waited sends once more."""
        for name in [one for one in self.pressed if one not in self.told]:
            if time.monotonic() - self.sent[name][-1] >= self.pause:
                self._send(name)

    def _send(self, name: str) -> None:
        sent = self.sent.setdefault(name, [])
        sent.append(time.monotonic())
        if len(sent) == 1 or self.wire.is_connected():  # the library keeps the first until there is a connection
            self.wire.publish(f"callers/{name}/press", json.dumps({"key": 1, "id": f"p-{name}"}), qos=1)

    def close(self) -> None:
        self.wire.loop_stop()
        self.wire.disconnect()


def play(where: House, presses: int, seconds: float, pause: float, again: float = AGAIN) -> dict[str, Any]:
    """All presses evenly over the time, each part killed once and started after the pause; what is there in the end."""
    devices = Devices(where.broker.port, again)
    begun = time.monotonic()
    outages = threading.Thread(target=_outages, args=(where, begun, seconds, pause))
    outages.start()
    for number in range(presses):
        while (left := begun + number * seconds / presses - time.monotonic()) > 0:
            devices.again()
            time.sleep(min(left, 0.1))
        devices.press(device(number))
    outages.join()
    end = time.monotonic() + PATIENCE
    while len(devices.told) < presses and time.monotonic() < end:
        devices.again()
        time.sleep(0.1)
    devices.close()
    waits = sorted(devices.told[name] - at for name, at in devices.pressed.items() if name in devices.told)
    at_once = sum(len(one) == 1 for one in devices.sent.values())
    told = {"pressed": presses, "told": len(waits), "that sent once": at_once}
    times = {"median": round(statistics.median(waits), 2), "longest": round(waits[-1], 1)} if waits else {}
    return told | times | where.aside("count") | {"chain": _chain(where)}


def _outages(where: House, begun: float, seconds: float, pause: float) -> None:
    for number, part in enumerate(PARTS):
        time.sleep(max(0.0, begun + seconds * (number + 0.5) / len(PARTS) - time.monotonic()))
        where.kill(part)
        time.sleep(pause)
        where.start(part)


def _joined(port: int) -> bool:
    """Whether the listener has a connection to the broker."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(words[2].endswith(f":{port:04X}") and words[3] == "01" for words in lines)


def _chain(where: House) -> str:
    """What the check of the trail says once the worker, which was killed too, has sealed every line."""
    end = time.monotonic() + PATIENCE
    while "waiting 0," not in (said := where.linli("audit", "verify")) and time.monotonic() < end:
        time.sleep(1)
    return said.strip()


def device(number: int) -> str:
    return f"K-{number:04d}"


def _install(count: int) -> dict[str, int]:
    """A district with its desks, and devices in homes of its communities' first one."""
    from linli.domains.callers.samples import make_device, make_watch
    from linli.kernel.access.samples import one_hash
    from linli.kernel.registry.samples import make_person

    with one_hash():
        watch = make_watch()
    for number in range(count):
        person = make_person(watch.worker, name="孙奶奶")
        make_device(watch.worker, device(number), person=person)
    return {"devices": count}


def _count() -> dict[str, int]:
    from django.db.models import Count

    from linli.base.areas import WHOLE
    from linli.domains.callers.models import Press, PressEvent
    from linli.kernel.access.actions import scoped
    from linli.kernel.orders.models import Order, OrderEvent

    with scoped(WHOLE):
        numbers = sorted(int(one.rpartition("-")[2]) for one in Order.objects.values_list("number", flat=True))
        return {
            "stored": Press.objects.count(), "devices stored": Press.objects.values("device_name").distinct().count(),
            "with an order": Press.objects.filter(order__isnull=False).values("order").distinct().count(),
            "waiting for a person": Press.objects.filter(state="waiting").count(),
            "events of presses": PressEvent.objects.filter(what__in=["arrived", "ordered"]).count(),
            "orders": len(numbers), "numbers without a gap": int(numbers == list(range(1, len(numbers) + 1))),
            "without a desk": Order.objects.filter(desk=None).count(),
            "orders with two events": OrderEvent.objects.values("order").annotate(n=Count("id")).filter(n=2).count(),
        }  # fmt: skip


def main(what: str, *words: str) -> None:
    sys.path.insert(0, str(CHECKOUT / "src"))
    if what == "run":
        with house(int(words[0])) as where:
            print(json.dumps(play(where, int(words[0]), *map(float, words[1:])), ensure_ascii=False, indent=1))
            for part in ("callers", "worker"):
                print(part, (where.folder / f"{part}.log").read_text()[-1500:])
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    print(json.dumps(_install(int(words[0])) if what == "install" else _count()))


if __name__ == "__main__":
    main(*sys.argv[1:])
