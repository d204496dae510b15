"""Replays, figures and reports from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say


def replay(
    name: Annotated[str, typer.Argument(help="The replay: yicheng-2010.")],
    out: Annotated[str, typer.Option(help="Where the report (.docx) is written.")] = "",
    keep: Annotated[bool, typer.Option(help="Keep the replay's database afterwards.")] = False,
) -> None:
    """Do published work again through the real actions, in a fresh database, and compare figure by figure."""
    django_ready()
    from linli.site.replays.run import run_replay

    raise typer.Exit(run_replay(name, out=out, keep=keep, say=say))


figures = typer.Typer(no_args_is_help=True, help="The declared figures and their values.")


@figures.command(name="list")
def list_figures() -> None:
    """Every figure with its unit and definition."""
    django_ready()
    from linli.kernel.figures.queries import figures as declared

    for one in declared().values():
        typer.echo(f"{one.key}\t{one.zh}（{one.unit.value}）\t{one.words}")


@figures.command(name="value")
def figure_value(
    key: Annotated[str, typer.Argument(help="The figure's key.")],
    period: Annotated[str, typer.Option(help="2010, 2010-12, 2010Q4 or two days with .. between.")],
    area: Annotated[str, typer.Option(help="12-digit area code.")],
) -> None:
    """A figure's value and the number of rows behind it."""
    django_ready()
    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.access.queries import business_day
    from linli.kernel.figures.queries import figure, rows, value
    from linli.kernel.figures.rules import read_period, show

    try:
        one, days = figure(key), read_period(period).as_known(business_day())
    except (LookupError, ValueError) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(2) from fault
    with scoped(WHOLE):
        typer.echo(f"{one.zh}\t{show(value(one, days, area), one.unit)}{one.unit.value}\t{rows(one, days, area).count()} rows")


def report(
    number: Annotated[int, typer.Argument(help="The report's id, as in its address.")],
    out: Annotated[str, typer.Option(help="Where the document (.docx or .pdf) is written.")],
) -> None:
    """Write a report as an official document; a signed one is checked against its seal first."""
    django_ready()
    from django.conf import settings

    from linli.base.areas import WHOLE
    from linli.gateways.documents import official_docx, official_pdf
    from linli.kernel.access.actions import scoped
    from linli.kernel.figures import queries

    with scoped(WHOLE):
        one = queries.report(number)
        whole = one.state == "draft" or queries.verify_report(one)[0]
        document = queries.compose(one)
    made = official_pdf(document, settings.FONTS_ROOT) if out.endswith(".pdf") else official_docx(document)
    Path(out).write_bytes(made)
    typer.echo(f"{one.title} → {out}")
    if not whole:
        typer.echo("封存的数字与签名时的摘要不符，请立即报告审计管理员。", err=True)
        raise typer.Exit(1)
