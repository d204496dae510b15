"""1,000 single-key callers pressing within a minute, through a real mosquitto and ``linli callers``, to the screens of operators.

From the publishing of a press to the first answer to a board's question that shows it; ten operators keep the board open, which
asks every 0.6 s as the page does, and answer what they see. Goal: p99 < 1 s; every press is stored once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

import common
import common_crowd as crowd
from common_service import DAY, Service

WATCHERS = 10


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--devices", type=int, default=1000)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--orders", type=int, default=100_000)
    given = words.parse_args()
    if not shutil.which("mosquitto") and not shutil.which("mosquitto", path="/usr/sbin"):
        print("mosquitto is not installed: nothing was measured")
        return 1
    common.prepare()
    try:
        service = Service(max(3000, given.devices * 2), given.orders)
        return 0 if run(service, given) else 1
    finally:
        common.clean_up()


def run(service: Service, given) -> bool:
    from django.db import connections

    _devices(service, given.devices)
    sessions = [crowd.session_of(f"op{n}") for n in range(WATCHERS)]
    connections.close_all()
    with _broker() as port, crowd.served() as site, _listener(port):
        sent, seen = {}, {}
        stop = threading.Event()
        watchers = [
            threading.Thread(target=_watch, args=(crowd.Visitor(site, one), seen, stop, n)) for n, one in enumerate(sessions)
        ]
        for one in watchers:
            one.start()
        _press(port, given, sent)
        limit = time.monotonic() + 60
        while len(seen) < given.devices and time.monotonic() < limit:
            time.sleep(0.1)
        stop.set()
        for one in watchers:
            one.join()
    return _judge(service, sent, seen, given)


def _devices(service: Service, count: int) -> None:
    from linli.base.days import SHANGHAI
    from linli.domains.callers.actions import Kin, install
    from linli.kernel.access.actions import scoped
    from linli.kernel.registry.models import Person

    at = datetime(2010, 12, 20, 0, tzinfo=SHANGHAI)
    made = 0
    for worker in service.workers[: len(service.places)]:
        with scoped(worker):
            people = list(Person.objects.filter(area=worker.area, died_on=None).values_list("pk", flat=True)[: count - made])
        for person in people[:20]:
            keys = {str(key): "emergency" for key in range(1, 7)}
            words = {"name": f"D-{made:04d}", "address": "和平路12号", "keys": keys, "needs": ""}
            install(by=worker, at=at, person_id=person, kin=[Kin("孙", "子", "13806321111")], **words)
            made += 1
    assert made == count, f"only {made} devices found a home"


def _broker():
    from contextlib import contextmanager

    @contextmanager
    def run():
        port, folder = crowd.free_port(), Path(tempfile.mkdtemp())
        user = "user root\n" if os.geteuid() == 0 else ""
        limits = "max_queued_messages 10000\nmax_inflight_messages 0\n"
        (folder / "conf").write_text(f"{user}listener {port} 127.0.0.1\nallow_anonymous true\n{limits}")
        name = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
        broker = subprocess.Popen([name, "-c", str(folder / "conf")], stderr=subprocess.DEVNULL)
        time.sleep(1)
        try:
            yield port
        finally:
            broker.terminate()
            broker.wait()

    return run()


def _listener(port: int):
    from contextlib import contextmanager

    @contextmanager
    def run():
        words = [sys.executable, "-m", "linli", "callers", "--broker", f"127.0.0.1:{port}"]
        environment = os.environ | {"LINLI_BUSINESS_DAY": DAY.isoformat()}
        process = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(6)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)

    return run()


def _press(port: int, given, sent: dict[str, float]) -> None:
    """One press of each device, evenly over the minute."""
    import paho.mqtt.client as mqtt
    from paho.mqtt.enums import CallbackAPIVersion

    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="devices")
    client.connect("127.0.0.1", port)
    client.loop_start()
    begun = time.monotonic()
    for number in range(given.devices):
        time.sleep(max(0.0, begun + number * given.seconds / given.devices - time.monotonic()))
        name = f"D-{number:04d}"
        sent[name] = time.monotonic()
        client.publish(f"callers/{name}/press", f'{{"key": 1, "id": "p-{number}"}}', qos=1)
    client.loop_stop()
    client.disconnect()


def _watch(one: crowd.Visitor, seen: dict[str, float], stop: threading.Event, number: int) -> None:
    """A board: asks, notes what is new, answers one of what waits."""
    mark = "0"
    time.sleep(number * 0.06)
    while not stop.is_set():
        text = one.get("board", f"/callers/board/alarms/?mark={mark}", poll=True)
        at = time.monotonic()
        for press in crowd.found(r"/callers/presses/(\d+)/", text):
            seen.setdefault(press, at)
        mark = (crowd.found(r"mark=(\d+)", text) or [mark])[0]
        waiting = crowd.found(r'action="/callers/presses/(\d+)/answer/"', text)
        for press in waiting[number::WATCHERS][:3]:
            one.post("answer", f"/callers/presses/{press}/answer/", {})
        time.sleep(0.6)


def _judge(service: Service, sent: dict[str, float], seen: dict[str, float], given) -> bool:
    from linli.domains.callers.models import Press
    from linli.kernel.access.actions import scoped

    with scoped(service.chief):
        stored = dict(Press.objects.values_list("pk", "device_name"))
        orders = Press.objects.filter(order__isnull=False).count()
    times = sorted((seen[str(pk)] - sent[name]) * 1000 for pk, name in stored.items() if str(pk) in seen)
    if not times:
        print(f"no press reached a screen; {len(stored)} stored")
        return False
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"{given.devices} presses in {given.seconds:.0f} s: {len(stored)} stored, {orders} with an order, {len(times)} shown; "
          f"p50 {times[len(times) // 2]:.0f} ms, p99 {p99:.0f} ms, worst {times[-1]:.0f} ms (goal p99 < 1000); "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    return p99 < 1000 and len(times) == len(stored) == given.devices == len(set(stored.values()))


if __name__ == "__main__":
    raise SystemExit(main())
