"""What every benchmark shares: a database of its own, a stopwatch, ratios of interleaved rounds.

A rival runs in turn with the product, in one process, on the same rows; judged is the median of the ratios of the rounds,
never an absolute time. Every round begins with the same tables, analysed; fsync is on.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

os.environ["LINLI_TESTING"] = "1"
# The processes of one race share its database.
os.environ["LINLI_DATABASE"] = os.environ.setdefault("LINLI_RACE", f"linli_benchmark_{os.getpid()}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")


def prepare() -> None:
    """The server, and a new empty database with all tables and guards."""
    import django

    django.setup()
    from django.conf import settings

    from linli.gateways import postgres
    from linli.site import database

    server = postgres.embedded(settings.CHECKOUT)
    postgres.ensure(server)
    database.make_roles(server)
    database.drop_database(server, settings.DATABASES["default"]["NAME"])
    database.prepare()


def clean_up() -> None:
    """Drop the database again."""
    from django.conf import settings
    from django.db import connections

    from linli.gateways import postgres
    from linli.site import database

    connections.close_all()
    database.drop_database(postgres.embedded(settings.CHECKOUT), settings.DATABASES["default"]["NAME"])


@contextmanager
def superuser() -> Iterator:
    """A connection that no row security binds."""
    import psycopg
    from django.conf import settings

    from linli.gateways import postgres

    server = postgres.embedded(settings.CHECKOUT)
    with psycopg.connect(**server.conninfo(settings.DATABASES["default"]["NAME"]), autocommit=True) as connection:
        yield connection


@contextmanager
def stopwatch(times: list[float]) -> Iterator[None]:
    """Add the seconds of the block."""
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def interleave(rounds: int, contestants: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """The seconds of each contestant in each round, taking turns; each returns the seconds that count."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants.items())
        for name, run in order if number % 2 == 0 else reversed(order):
            times[name].append(run())
            print(f"  round {number + 1}: {name} {times[name][-1]:.2f} s", file=sys.stderr)
    return times


def show_ratio(words: str, above: list[float], below: list[float], goal: str) -> float:
    """Print and give the median of the ratios of the rounds."""
    ratios = sorted(a / b for a, b in zip(above, below, strict=True))
    median = statistics.median(ratios)
    print(f"{words}: {median:.2f} (min {ratios[0]:.2f}, max {ratios[-1]:.2f}; goal {goal})")
    return median
