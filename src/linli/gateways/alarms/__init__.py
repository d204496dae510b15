"""Single-key callers (单键呼叫器): what they send, a carrier over MQTT and a fake with the same interface.

The guarantee, from the key to the desk: a signal is confirmed to the carrier only after whoever takes it has returned,
so a process that dies gets it again; the device is told by its press id and may repeat itself until then. Signals can
therefore come twice and out of order, and are told apart by that id.
"""

from linli.gateways.alarms.carrier import Callers, FakeCallers
from linli.gateways.alarms.mqtt import MqttCallers
from linli.gateways.alarms.signals import Beat, Press, Signal, read

__all__ = ["Beat", "Callers", "FakeCallers", "MqttCallers", "Press", "Signal", "read"]
