"""Signals over MQTT 3.1.1: a session that the broker keeps, quality of service 1, confirmed by hand.

The broker keeps what was not confirmed, over a crash of ours; what a dead broker lost the device sends again, because
only ``<prefix>/<device>/taken`` ends its repeating.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from linli.gateways.alarms.carrier import Take
from linli.gateways.alarms.signals import read

PORT, PORT_TLS = 1883, 8883
KEEP_ALIVE = 20
"""Seconds; the broker notices our death after half as much again."""
WAIT, LONGEST_WAIT = 0.2, 5.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is and who we are there. The same ``client`` name takes up the session that it left."""

    host: str
    port: int = PORT
    client: str = "linli"
    username: str = ""
    password: str = ""
    tls: bool = False
    prefix: str = "callers"


class MqttCallers:
    """See `linli.gateways.alarms.carrier.Callers`. One thread listens; `confirm` and `stop` may be called by others."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self._stopped = threading.Event()
        self._open: dict[int, mqtt.MQTTMessage] = {}
        self._again_at, self._wait = 0.0, WAIT
        self._client = self._made()

    @property
    def connected(self) -> bool:
        """Whether the broker has taken us in."""
        return self._client.is_connected()

    def listen(self, take: Take) -> None:
        self._client.on_message = lambda _client, _data, message: self._take(take, message)
        wait = WAIT
        while not self._stopped.is_set():
            if self._connect():
                wait = WAIT
                self._serve(take)
            else:
                self._stopped.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        self._client.disconnect()
        self._client.loop(0.1)

    def confirm(self, device: str, press_id: str) -> None:
        self._client.publish(f"{self.broker.prefix}/{device}/taken", press_id, qos=1)

    def stop(self) -> None:
        self._stopped.set()

    def _made(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=self.broker.client, clean_session=False, manual_ack=True
        )
        if self.broker.username:
            client.username_pw_set(self.broker.username, self.broker.password)
        if self.broker.tls:
            client.tls_set()
        client.on_connect = self._welcome
        return client

    def _welcome(self, client: mqtt.Client, _data: object, _flags: object, reason: object, _more: object) -> None:
        if getattr(reason, "is_failure", False):
            log.error("the broker does not take us in: %s", reason)
            return
        for what in ("press", "beat"):
            client.subscribe(f"{self.broker.prefix}/+/{what}", qos=1)

    def _connect(self) -> bool:
        try:
            self._open.clear()  # an old connection's numbers mean nothing; the broker sends those messages again
            return self._client.connect(self.broker.host, self.broker.port, KEEP_ALIVE) == mqtt.MQTT_ERR_SUCCESS
        except OSError as fault:
            log.warning("no broker at %s:%s (%s)", self.broker.host, self.broker.port, fault)
            return False

    def _serve(self, take: Take) -> None:
        while not self._stopped.is_set():
            if self._client.loop(WAIT) != mqtt.MQTT_ERR_SUCCESS:
                return
            self._once_more(take)

    def _once_more(self, take: Take) -> None:
        """What could not be taken is tried again, with longer pauses while it fails; others are not held up."""
        if not self._open or time.monotonic() < self._again_at:
            return
        failed = len(self._open)
        for message in list(self._open.values()):
            self._take(take, message)
        self._wait = min(self._wait * 2, LONGEST_WAIT) if len(self._open) >= failed else WAIT
        self._again_at = time.monotonic() + self._wait

    def _take(self, take: Take, message: mqtt.MQTTMessage) -> None:
        signal = read(message.topic, bytes(message.payload), prefix=self.broker.prefix)
        try:
            if signal is not None:
                take(signal)
        except Exception:
            log.exception("a signal was not taken; it stays with the broker and is tried again")
            if not self._open:
                self._again_at = time.monotonic() + self._wait
            self._open[message.mid] = message
            return
        self._open.pop(message.mid, None)
        self._client.ack(message.mid, message.qos)
