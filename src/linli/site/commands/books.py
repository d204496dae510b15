"""The books on the command line."""

from __future__ import annotations

import typer

from linli.site.commands.common import django_ready, say


def check_books() -> None:
    """Prove every promise of the books from the bare lines, and print whatever differs."""
    django_ready()
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.ledgers.queries import check_books as prove

    with scoped(WHOLE):
        proofs = prove()
    for proof in proofs:
        typer.echo(f"{'✗' if proof.faults else '✓'} {proof.name}")
        for fault in proof.faults:
            say(f"{proof.name}：{fault}")
    raise typer.Exit(1 if any(proof.faults for proof in proofs) else 0)
