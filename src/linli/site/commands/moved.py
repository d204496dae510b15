"""Bringing along what stayed behind when families moved, from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def moved(area: Annotated[str, typer.Option(help="12-digit code of the district.")] = "370404000000") -> None:
    """Bring cases, unpaid money, cards and devices to where their people live now, and say what was changed. Again: nothing."""
    django_ready()
    from linli.kernel.access.queries import business_day, machine_actor
    from linli.kernel.cases.actions.following import catch_up
    from linli.kernel.registry.queries import area_path

    on = business_day()
    found = catch_up(by=machine_actor("cases.catch_up", area), on=on)
    for one in found:
        say(f"{one.what}：{area_path(one.former, on)} → {area_path(one.to, on)}")
    say(f"共 {len(found)} 项已随人转到现居住地。" if found else "没有留在原居住地的事项。")
