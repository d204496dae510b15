"""Listening to single-key callers."""

from __future__ import annotations

import os
import signal
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def callers(
    broker: Annotated[str, typer.Option(help="The MQTT broker, HOST or HOST:PORT.")] = "127.0.0.1:1883",
    username: Annotated[str, typer.Option(help="User at the broker; the password is in LINLI_BROKER_PASSWORD.")] = "",
    tls: Annotated[bool, typer.Option("--tls", help="Speak TLS, with the machine's own certificates.")] = False,
    prefix: Annotated[str, typer.Option(help="What the topics of the devices begin with.")] = "callers",
) -> None:
    """Take the presses of single-key callers from a broker. What is not stored stays with the broker."""
    django_ready()
    from linli.domains.callers.tasks import listen
    from linli.gateways.alarms import MqttCallers
    from linli.gateways.alarms.mqtt import PORT, PORT_TLS, Broker

    host, _, port = broker.partition(":")
    if not host or (port and not port.isdigit()):
        raise typer.BadParameter("HOST or HOST:PORT", param_hint="--broker")
    usual = PORT_TLS if tls else PORT
    password = os.environ.get("LINLI_BROKER_PASSWORD", "")
    found = MqttCallers(Broker(host, int(port or usual), username=username, password=password, tls=tls, prefix=prefix))
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: found.stop())
    say(f"listening at {host}:{port or usual}  (Ctrl-C ends)")
    listen(found)
