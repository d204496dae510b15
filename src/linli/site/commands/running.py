"""Running Linli: the database, the pages, the worker."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say

Port = Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)]


def prepare() -> None:
    """Start the database server, make roles and tables, and set the database's guards. Safe to run again."""
    django_ready()
    from linli.site.database import prepare as bring

    bring(lambda words: say(f"  {words}"))


def serve(
    port: Port = 8000,
    processes: Annotated[int, typer.Option(help="Server processes; 0 for one per core.", min=0)] = 0,
    with_worker: Annotated[bool, typer.Option("--with-worker", help="Run the background worker beside it.")] = False,
) -> None:
    """Serve the pages."""
    from linli.site import serving

    serving.check_port(port)
    prepare()
    from django.conf import settings

    from linli.site.assets import collect_static

    collect_static()
    if settings.SECURE_COOKIES and not settings.PROXIES:
        say("LINLI_PROXIES is empty: all visitors behind the proxy count as one address, for the limits and in the trail.")
    raise typer.Exit(
        serving.run(
            port, processes=processes, worker=with_worker, ready=lambda: say(f"http://127.0.0.1:{port}/  (Ctrl-C ends)")
        )
    )


def worker(
    concurrency: Annotated[int, typer.Option(help="Jobs at a time.", min=1)] = 2,
    once: Annotated[bool, typer.Option(help="Stop when nothing waits.")] = False,
) -> None:
    """Do the work in the background: imports, sealing the trail, and what becomes due."""
    django_ready(pool=True)
    from linli.kernel.jobs.actions import run_worker

    # asked to stop before the queue listens to signals: nothing has begun, so leaving is all there is to do
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    run_worker(concurrency=concurrency, wait=not once)


def stop() -> None:
    """Stop the database server that Linli started on this machine."""
    django_ready()
    from django.conf import settings

    from linli.gateways import postgres
    from linli.site.database import owns_server

    if not owns_server():
        raise LookupError("数据库服务不归本程序启停（已设置 DATABASE_URL）。")
    postgres.stop(postgres.embedded(settings.CHECKOUT))


def roles_sql() -> None:
    """Print what the administrator of a managed database server runs once."""
    django_ready()
    from linli.site.database import roles_sql as words

    typer.echo(words(), nl=False)


def manage(context: typer.Context) -> None:
    """Django's own commands, for developers: manage makemigrations, manage shell …"""
    django_ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["linli", *context.args])
