"""The process beside a telephone exchange."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def telephone(
    listen: Annotated[str, typer.Option(help="Where the SIP front answers, HOST or HOST:PORT.")] = "127.0.0.1:5060",
    media: Annotated[str, typer.Option(help="Where the recorder or media gateway listens, HOST:PORT.")] = "127.0.0.1:9",
) -> None:
    """Answer calls as operators ask on their consoles, and write down what happens to each. Alarms that come as a SIP
    message are presses of single-key callers.
    """
    django_ready()
    from linli.domains.callers.tasks import take_message
    from linli.gateways.telephony import SipFront
    from linli.kernel.access.queries import business_moment
    from linli.kernel.calls.tasks import serve

    host, port = _address(listen, 5060, "--listen")
    front = SipFront(host, port, clock=business_moment, media=_address(media, 9, "--media"), alarm=take_message)
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    front.start()
    say(f"answering at {host}:{front.port}  (Ctrl-C ends)")
    try:
        serve(front, stopped)
    finally:
        front.stop()


def _address(text: str, usual: int, option: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    if not host or (port and not port.isdigit()):
        raise typer.BadParameter("HOST or HOST:PORT", param_hint=option)
    return host, int(port or usual)
