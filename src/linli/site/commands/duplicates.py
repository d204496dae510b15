"""Searching the registry for rows that may be one person, from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def duplicates(
    area: Annotated[str, typer.Option(help="12-digit code of the district, or of one of its areas.")] = "370404000000",
) -> None:
    """Compare everybody of an area and put pairs that may be one person into the queue. Nobody is merged by this."""
    django_ready()
    from rich.console import Console

    from linli.kernel.access.queries import business_day, machine_actor
    from linli.kernel.registry import actions

    by, on = machine_actor("duplicates", area), business_day()
    with Console(stderr=True).status("读取人员") as shown:
        done = actions.propose_duplicates(by=by, on=on, tell=lambda step, part, total: shown.update(f"{step}（{part}/{total}）"))
    say(f"新发现 {done} 对疑似重复，请在“疑似重复”中认定。" if done else "没有新的疑似重复。")
