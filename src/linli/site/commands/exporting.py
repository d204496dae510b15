"""The rows behind a figure as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def export(
    key: Annotated[str, typer.Argument(help="The figure's key (linli figures list).")],
    period: Annotated[str, typer.Option(help="2010, 2010-12, 2010Q4 or two days with .. between.")],
    area: Annotated[str, typer.Option(help="12-digit area code.")],
    purpose: Annotated[str, typer.Option(help="What the list is needed for; it stands in the audit trail.")],
    out: Annotated[Path, typer.Option(help="Where the .xlsx is written.")],
) -> None:
    """Write the rows that a figure counts, as its page shows them: no identity numbers, one line in the audit trail."""
    django_ready()
    from linli.base.areas import scope_of
    from linli.gateways.spreadsheets import Header, Sheet, write_table
    from linli.kernel.access.actions import record_seen, scoped
    from linli.kernel.access.queries import business_day, machine_actor
    from linli.kernel.figures.queries import figure, rows, value
    from linli.kernel.figures.rules import read_period, show
    from linli.kernel.registry.queries import area_names

    if not purpose.strip():
        say("请用 --purpose 写明用途。")
        raise typer.Exit(2)
    try:
        one, days = figure(key), read_period(period).as_known(business_day())
    except (LookupError, ValueError) as fault:
        say(str(fault))
        raise typer.Exit(2) from fault
    with scoped(scope_of(area)):
        found = list(rows(one, days, area).order_by("pk"))
        total = show(value(one, days, area), one.unit, "thousands")
        names = area_names(frozenset(getattr(row, one.area_column, "") for row in found), days.last)
        lines = [
            (number, one.describe(row)[0] if one.describe else str(row), names.get(getattr(row, one.area_column, ""), ""))
            for number, row in enumerate(found, 1)
        ]
        by = machine_actor("export", f"{area[:6]}000000")
        seen = {"kind": "figures.figure", "subject": key[:40], "area": area, "purpose": purpose, "rows": len(lines)}
        record_seen(by=by, verb="figures.export", **seen)
    told = [f"统计期：{days.zh}", f"口径：{one.words}", f"合计：{total}{one.unit.value}，共{len(lines)}条", f"用途：{purpose}"]
    head = Header(one.zh, told)
    write_table(out, Sheet("明细", ["序号", "记录", "所在地"], lines, header=head))
    typer.echo(f"{len(lines)} rows, {total}{one.unit.value} → {out}")
