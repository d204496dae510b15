"""A press of a single-key caller reaches whoever takes it, over a real broker, through the crash of either side."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading

import paho.mqtt.client as mqtt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paho.mqtt.enums import CallbackAPIVersion

from linli.gateways.alarms import Beat, FakeCallers, MqttCallers, Press, read
from linli.gateways.alarms.mqtt import Broker
from linli.gateways.tests.brokers import InPython, Mosquitto, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize(
    ("topic", "body", "found"),
    [
        ("callers/d1/press", b"3", Press("d1", 3, raw=b"3")),
        ("callers/d1/press", b'{"key": 1, "id": "a-7"}', Press("d1", 1, "a-7", raw=b'{"key": 1, "id": "a-7"}')),
        ("callers/d1/press", b'{"key": "2"}', Press("d1", 2, raw=b'{"key": "2"}')),
        ("callers/d1/press", b"", Press("d1", None)),
        ("callers/d1/press", b"\xb0\xa1\xff", Press("d1", None, raw=b"\xb0\xa1\xff")),
        ("callers/d1/press", b'{"key": 0}', Press("d1", None, raw=b'{"key": 0}')),
        ("callers/d1/press", b'{"key": true}', Press("d1", None, raw=b'{"key": true}')),
        ("callers/d1/press", b"[1]", Press("d1", None, raw=b"[1]")),
        ("callers/d\x001/press", b"1", Press("d_1", 1, raw=b"1")),
        ("callers/d1/beat", b'{"battery": 40}', Beat("d1", battery=40)),
        ("callers/d1/beat", b"", Beat("d1")),
        ("callers/d1/beat", b'{"battery": 101}', Beat("d1")),
        ("callers/d1/other", b"1", None),
        ("others/d1/press", b"1", None),
        ("callers//press", b"1", None),
    ],
)
def test_a_press_is_read_and_never_refused_for_its_wording(topic, body, found):
    assert read(topic, body, prefix="callers") == found


def test_a_moment_without_its_zone_says_nothing():
    told = read("callers/d1/press", b'{"key":1,"at":"2010-12-20T08:00:00+08:00"}', prefix="callers")
    assert told.at.isoformat() == "2010-12-20T08:00:00+08:00"
    assert read("callers/d1/press", b'{"key":1,"at":"2010-12-20T08:00:00"}', prefix="callers").at is None


@given(st.binary(max_size=6000))
def test_whatever_a_device_sends_is_a_press_within_bounds(body):
    press = read("callers/d1/press", body, prefix="callers")
    assert isinstance(press, Press)
    assert len(press.raw) <= 4096
    assert len(press.id) <= 64
    assert press.key is None or 1 <= press.key <= 99


@pytest.fixture(scope="module", params=["python", "mosquitto"])
def broker(request, tmp_path_factory):
    if request.param == "mosquitto" and not Mosquitto.installed():
        pytest.skip("mosquitto is not installed")
    found = InPython() if request.param == "python" else Mosquitto(tmp_path_factory.mktemp("broker"))
    yield found
    found.stop()


class OverFake:
    """The fake, driven as the devices would."""

    def __init__(self) -> None:
        self.callers = FakeCallers()

    def ready(self) -> bool:
        return True

    def press(self, device: str, press_id: str) -> None:
        self.callers.put(Press(device, 1, press_id))

    def confirmed(self, device: str, press_id: str) -> bool:
        return (device, press_id) in self.callers.confirmed

    def close(self) -> None:
        pass


class OverMqtt:
    """A real device at a real broker."""

    def __init__(self, port: int, name: str) -> None:
        self.callers = MqttCallers(Broker("127.0.0.1", port, client=name, prefix=name))
        self.name, self._told = name, []
        self.device = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=f"{name}-device")
        self.device.on_message = lambda _c, _d, message: self._told.append((message.topic, message.payload.decode()))
        self.device.connect("127.0.0.1", port)
        self.device.subscribe(f"{name}/+/taken", qos=1)
        self.device.loop_start()

    def ready(self) -> bool:
        return self.callers.connected and self.device.is_connected()

    def press(self, device: str, press_id: str) -> None:
        self.device.publish(f"{self.name}/{device}/press", json.dumps({"key": 1, "id": press_id}), qos=1).wait_for_publish(5)

    def confirmed(self, device: str, press_id: str) -> bool:
        return (f"{self.name}/{device}/taken", press_id) in self._told

    def close(self) -> None:
        self.device.disconnect()
        self.device.loop_stop()


@pytest.fixture(params=["fake", "python", "mosquitto"])
def line(request, tmp_path):
    """The callers over the fake and over real brokers: all of them keep the same promises."""
    found = None
    if request.param == "fake":
        made = OverFake()
    else:
        if request.param == "mosquitto" and not Mosquitto.installed():
            pytest.skip("mosquitto is not installed")
        found = InPython() if request.param == "python" else Mosquitto(tmp_path)
        made = OverMqtt(found.port, "contract")
    yield made
    made.callers.stop()
    made.close()
    if found is not None:
        found.stop()


def listening(callers, take) -> threading.Thread:
    thread = threading.Thread(target=callers.listen, args=(take,), daemon=True)
    thread.start()
    return thread


def test_a_press_is_taken_and_the_device_is_told(line):
    taken = []

    def take(press):
        taken.append(press.id)
        line.callers.confirm(press.device, press.id)

    thread = listening(line.callers, take)
    until(line.ready)
    for number in range(20):
        line.press("d1", f"p{number}")
    until(lambda: len(set(taken)) == 20)
    until(lambda: all(line.confirmed("d1", f"p{number}") for number in range(20)))
    line.callers.stop()
    thread.join(5)
    assert not thread.is_alive()


def test_a_press_that_could_not_be_taken_comes_again_and_holds_up_no_other(line):
    taken, failed = [], []

    def take(press):
        if press.id == "bad" and len(failed) < 3:
            failed.append(press.id)
            raise OSError("the database is away")
        taken.append(press.id)

    listening(line.callers, take)
    until(line.ready)
    line.press("d1", "bad")
    line.press("d2", "good")
    until(lambda: {"bad", "good"} <= set(taken))
    assert taken[0] == "good"
    assert len(failed) == 3


def test_what_came_while_nobody_listened_or_whoever_listened_died_is_not_lost(broker):
    if isinstance(broker, InPython):
        pytest.skip("the broker in Python keeps no unconfirmed message for a client that left; it is for the demo")
    name = "away"
    first = OverMqtt(broker.port, name)
    seen = []

    def dies(press):
        seen.append(press.id)
        raise RuntimeError("killed before it was stored")

    thread = listening(first.callers, dies)
    until(first.ready)
    first.press("d1", "one")
    until(lambda: "one" in seen)
    first.callers.stop()
    thread.join(5)
    first.press("d1", "two")  # nobody listens now
    first.close()
    second = OverMqtt(broker.port, name)
    taken = []
    thread = listening(second.callers, lambda press: taken.append(press.id))
    until(lambda: {"one", "two"} <= set(taken))
    second.callers.stop()
    thread.join(5)
    second.close()


@pytest.mark.skipif(not Mosquitto.installed(), reason="mosquitto is not installed")
def test_a_killed_broker_is_found_again_and_its_sessions_with_it(tmp_path):
    broker = Mosquitto(tmp_path)
    line = OverMqtt(broker.port, "killed")
    taken = []
    thread = listening(line.callers, lambda press: taken.append(press.id))
    until(line.ready)
    line.press("d1", "before")
    until(lambda: taken == ["before"])
    broker.kill()
    until(lambda: not line.callers.connected)
    broker.start()
    until(line.ready, 20)
    line.press("d1", "after")
    until(lambda: "after" in taken)
    line.callers.stop()
    thread.join(5)
    line.close()
    broker.stop()


@pytest.mark.skipif(not shutil.which("mosquitto_pub"), reason="mosquitto_pub is not installed")
def test_a_button_of_another_maker_is_pressed(broker):
    line = OverMqtt(broker.port, f"button-{type(broker).__name__}")
    taken = []
    thread = listening(line.callers, taken.append)
    until(line.ready)
    topic = f"{line.name}/d9/press"
    command = ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(broker.port), "-q", "1", "-t", topic, "-m", "3"]
    subprocess.run(command, check=True, timeout=10)
    until(lambda: taken == [Press("d9", 3, raw=b"3")])
    line.callers.stop()
    thread.join(5)
    line.close()
