"""The keys of identity and account numbers on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say

keys = typer.Typer(no_args_is_help=True, help="The keys of identity, telephone and account numbers.")


@keys.callback()
def _group() -> None:
    """The keys of identity, telephone and account numbers."""


@keys.command()
def renew(
    area: Annotated[str, typer.Option(help="12-digit code of the district.")] = "370404000000",
) -> None:
    """Seal and hash again, under the current key, whatever older keys made. May be stopped and run again."""
    django_ready()
    from linli.kernel.access.queries import machine_actor
    from linli.kernel.registry.actions import renew_seals
    from linli.site.middleware import business_day

    actor, total = machine_actor("renew-seals", area), 0
    while done := renew_seals(by=actor, on=business_day()):
        total += done
        say(f"  {total}")
    typer.echo(f"renewed {total} rows")
