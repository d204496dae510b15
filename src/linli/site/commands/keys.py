"""The keys of sealed values on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say

keys = typer.Typer(no_args_is_help=True, help="The keys of whatever is kept sealed.")


@keys.callback()
def _group() -> None:
    """The keys of whatever is kept sealed."""


@keys.command()
def renew(
    area: Annotated[str, typer.Option(help="12-digit code of the district.")] = "370404000000",
) -> None:
    """Seal and hash again, under the current key, whatever older keys made. May be stopped and run again.

    When it has run to its end without a word of a row, the older keys may be taken out of the keyring.
    """
    django_ready()
    from linli.kernel.access.queries import machine_actor, renewals
    from linli.site.middleware import business_day

    actor, on, total = machine_actor("renew-seals", area), business_day(), 0
    for one, renew_some in renewals():
        done, after = 0, 0
        while after is not None:
            said = renew_some(by=actor, on=on, after=after)
            done, after = done + said.rows, said.last
            say(f"  {one.zh} {done}")
        total += done
    typer.echo(f"renewed {total} rows")
