"""Why a case was decided so."""

from __future__ import annotations

from typing import Annotated

import typer

from linli.site.commands.common import django_ready


def explain(number: Annotated[str, typer.Argument(help="The number of the case, as its page shows it.")]) -> None:
    """Print the stored explanation of a case: its clock, its decisions, the values and articles of the law."""
    django_ready()
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import record_seen, scoped
    from linli.kernel.access.queries import business_day, machine_actor
    from linli.kernel.cases.queries import case_by_number
    from linli.kernel.cases.queries import explain as lines_of

    with scoped(WHOLE):
        lines = lines_of(number, on=business_day())
        case = case_by_number(number)
        assert case is not None
        by = machine_actor("explain", f"{case.area[:6]}000000")
        record_seen(by=by, verb="cases.explain", kind="cases.case", subject=case.pk, area=case.area)
    typer.echo("\n".join(lines))
