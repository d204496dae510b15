"""A live day in the demo."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def live(
    speed: Annotated[float, typer.Option(help="How many times faster than the clock; 60: a day in 24 minutes.", min=0.1)] = 60,
    seed: Annotated[int, typer.Option(help="Which day; the same number plays the same day.", min=1)] = 1,
    minutes: Annotated[float, typer.Option(help="End after so many minutes.", min=0.01)] = 24 * 60,
) -> None:
    """Play a busy day into the demo: calls, presses, orders, numbers in the hall and visits. Started again it goes on."""
    django_ready()
    from django.conf import settings

    from linli.kernel.access.queries import business_day
    from linli.site.live import run

    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())

    def tell(second: float, words: str) -> None:
        say(f"{int(second) // 3600:02d}:{int(second) // 60 % 60:02d}  {second / 864:3.0f}%  {words}")

    words = {"speed": speed, "seed": seed, "until": minutes * 60, "tell": tell, "stopped": stopped}
    count = run(business_day(), settings.HOME, **words)
    say(f"演示了{count}件事。再次运行接着演示。")
