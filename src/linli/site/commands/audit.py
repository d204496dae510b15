"""The audit trail on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say

audit = typer.Typer(no_args_is_help=True, help="The audit trail.")


@audit.command()
def seal() -> None:
    """Chain all lines that are not chained yet."""
    django_ready()
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped, seal_audit

    with scoped(WHOLE):
        typer.echo(f"sealed {seal_audit()} lines")


@audit.command()
def verify(head: Annotated[str, typer.Option(help="number:digest of a head that was kept elsewhere.")] = "") -> None:
    """Walk the chain and say whether it is whole."""
    known = _head(head) if head else None
    django_ready()
    from django.conf import settings

    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.access.queries import verify_audit

    with scoped(WHOLE):
        found = verify_audit(settings.SEAL_KEY, known)
    typer.echo(f"sealed {found.sealed}, waiting {found.unsealed}, head {found.sealed}:{found.head}")
    for fault in found.faults:
        say(fault)
    raise typer.Exit(0 if found.whole else 1)


def _head(words: str) -> tuple[int, str]:
    number, _, digest = words.partition(":")
    if not number.isdecimal() or not digest:
        raise typer.BadParameter("a head is written as number:digest, as verify prints it", param_hint="--head")
    return int(number), digest
