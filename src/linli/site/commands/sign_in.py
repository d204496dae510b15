"""Signing in, for whoever runs the server: when no administrator is left who could lift a lock or reset a factor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from linli.site.commands.common import django_ready

sign_in = typer.Typer(no_args_is_help=True, help="Locks at sign-in and second factors, where no administrator is left.")
Username = Annotated[str, typer.Argument(help="The user name of the account.")]


def _account(username: str) -> tuple[Any, dict[str, Any]]:
    """The account, and who acts when: the machine, in the account's district."""
    from linli.base.days import SHANGHAI
    from linli.kernel.access.queries import business_day, home_area, machine_actor, staff_by_username

    staff = staff_by_username(username)
    if staff is None:
        raise LookupError(f"没有用户名“{username}”，请核对。")
    return staff, {"by": machine_actor("server", home_area(staff)), "on": business_day(), "at": datetime.now(SHANGHAI)}


@sign_in.command()
def lift(username: Username) -> None:
    """Lift every lock that stands before this account, and those of addresses. The trail says that the server did it."""
    django_ready()
    from linli.kernel.access.actions import lift_locks
    from linli.kernel.access.queries import running_locks

    staff, words = _account(username)
    running = running_locks(by=words["by"], at=words["at"])
    locks = [lock for lock in running if lock.staff_id == staff.pk or lock.kind == "address"]
    typer.echo(f"lifted {lift_locks(locks=locks, **words)} locks")


@sign_in.command(name="reset-factor")
def reset_factor(
    username: Username, why: Annotated[str, typer.Option(help="The reason, for the trail.")]
) -> None:
    """End the second factor of this account and all its sessions. The trail says that the server did it, and why."""
    django_ready()
    from linli.kernel.access.actions import reset_factor_at_server

    staff, words = _account(username)
    reset_factor_at_server(staff=staff, why=why, **words)
    typer.echo("the second factor has ended; its owner sets up a new one at the next sign-in")
