"""The command line: parse, call one action or query, say how it went. Exit status 0 only when all is well."""

from __future__ import annotations

import os
from typing import Annotated

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
app = typer.Typer(no_args_is_help=True, add_completion=False, help="邻里 Linli: the district's daily work.")


def _django() -> None:
    import django

    django.setup()


@app.command()
def prepare() -> None:
    """Start the database server, make roles and tables, and set the database's guards. Safe to run again."""
    _django()
    from linli.site.database import prepare as bring

    bring(lambda words: typer.echo(f"  {words}", err=True))


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8000,
    processes: Annotated[int, typer.Option(help="Server processes; 0 for one per core.")] = 0,
) -> None:
    """Serve the pages."""
    prepare()
    count = processes or max(2, os.cpu_count() or 2)
    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(count)]
    words += ["--blocking-threads", "2", "--no-ws", "--respawn-failed-workers", "linli.site.wsgi:application"]
    import sys

    os.execv(sys.executable, [sys.executable, "-m", "granian", *words])


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(help="Jobs at a time.")] = 2,
    once: Annotated[bool, typer.Option(help="Stop when nothing waits.")] = False,
) -> None:
    """Do the work in the background: imports, sealing the trail, and what becomes due."""
    _django()
    from linli.kernel.jobs.actions import run_worker

    run_worker(concurrency=concurrency, wait=not once)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Django's own commands, for developers: manage makemigrations, manage shell …"""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["linli", *context.args])


audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
app.add_typer(audit, name="audit")


@audit.command()
def seal() -> None:
    """Chain all lines that are not chained yet."""
    _django()
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped, seal_audit

    with scoped(WHOLE):
        typer.echo(f"sealed {seal_audit()} lines")


@audit.command()
def verify(head: Annotated[str, typer.Option(help="number:digest of a head that was kept elsewhere.")] = "") -> None:
    """Walk the chain and say whether it is whole."""
    _django()
    from django.conf import settings

    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.access.queries import verify_audit

    known = (int(head.split(":")[0]), head.split(":")[1]) if head else None
    with scoped(WHOLE):
        found = verify_audit(settings.SEAL_KEY, known)
    typer.echo(f"sealed {found.sealed}, waiting {found.unsealed}, head {found.sealed}:{found.head}")
    for fault in found.faults:
        typer.echo(fault, err=True)
    raise typer.Exit(0 if found.whole else 1)
