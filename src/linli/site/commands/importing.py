"""Importing a table from the command line: the same steps, checks and trail as on the page."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linli.site.commands.common import django_ready, say

if TYPE_CHECKING:
    from linli.kernel.access.rules import Actor
    from linli.kernel.imports.models import ImportRun

SHOWN = 20


def import_table(
    kind: Annotated[str, typer.Argument(help="What it is, e.g. registry.roster.")],
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file.", exists=True, dir_okay=False)],
    user: Annotated[str, typer.Option("--as", help="The user name in whose post the import is made.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write the accepted rows; without it the file is only checked.")] = False,
    returned: Annotated[Path | None, typer.Option("--return", help="Where to put the rejected rows with their reasons.")] = None,
) -> None:
    """Check a table, and with --yes write its accepted rows. Exit status 0 only when every row was accepted."""
    django_ready()
    from linli.kernel.access.queries import business_day
    from linli.kernel.imports import actions

    by, on = _actor(user), business_day()
    run, fresh = actions.send(by=by, on=on, kind=kind, name=file.name, content=file.read_bytes())
    if not fresh:
        say(f"这个文件已在 {run.on} 上传过（编号 {run.pk}），没有重复导入。")
    run = _work(by, run)
    if yes and run.state == "checked" and run.accepted:
        actions.confirm(by=by, on=on, run_id=run.pk)
        run = _work(by, run)
    _tell(by, run)
    if returned and run.rejected:
        _return(by, run, returned)
    raise typer.Exit(0 if run.state == ("applied" if yes else "checked") and not run.rejected else 1)


def _actor(user: str) -> Actor:
    from linli.kernel.access.models import Staff
    from linli.kernel.access.queries import actor_for, business_day

    staff = Staff.objects.filter(username=user).first()
    actor = actor_for(staff, on=business_day()) if staff else None
    if actor is None:
        raise LookupError(f"没有用户“{user}”，或此人现在没有岗位")
    return actor.with_request("command")


def _work(by: Actor, run: ImportRun) -> ImportRun:
    """Work until this import has come to rest, here or by a worker that runs already; show how far it is."""
    from rich.console import Console

    from linli.kernel.jobs.actions import run_worker
    from linli.site.commands.progress import Steps

    over = threading.Event()
    with Steps(Console(stderr=True)) as steps:
        steps.begin("导入")
        watcher = threading.Thread(target=_watch, args=(by, run.pk, steps, over))
        watcher.start()
        try:
            while True:
                run_worker(wait=False)
                run = _found(by, run.pk)
                if run.state not in ("sent", "applying"):
                    return run
                over.wait(0.5)
        finally:
            over.set()
            watcher.join()


def _watch(by: Actor, run_id: int, steps: object, over: threading.Event) -> None:
    from django.db import connection

    from linli.kernel.access.actions import scoped
    from linli.kernel.imports.models import ImportProgress

    while not over.wait(0.3):
        with scoped(by):
            progress = ImportProgress.objects.filter(run=run_id).first()
        if progress:
            steps.tell(progress.step, progress.done, progress.total)  # type: ignore[attr-defined]
    connection.close()


def _found(by: Actor, run_id: int) -> ImportRun:
    from linli.kernel.access.actions import scoped
    from linli.kernel.imports.queries import run_in_area

    with scoped(by):
        return run_in_area(by=by, run_id=run_id)


def _tell(by: Actor, run: ImportRun) -> None:
    from linli.kernel.access.actions import scoped
    from linli.kernel.imports.queries import rejects_of
    from linli.kernel.imports.rules import RunState

    typer.echo(f"编号 {run.pk} {RunState(run.state).zh}：读取 {run.read} 行，接受 {run.accepted} 行，退回 {run.rejected} 行")
    if run.message:
        say(run.message)
    for label, count in run.result.get("made", []):
        typer.echo(f"  {label} {count}")
    with scoped(by):
        for reject in rejects_of(run, grave=True)[:SHOWN]:
            say(f"  第 {reject.row} 行 {reject.heading or '整行'}：{reject.reason}")


def _return(by: Actor, run: ImportRun, target: Path) -> None:
    from linli.kernel.access.actions import scoped
    from linli.kernel.imports.queries import return_file

    with scoped(by):
        _, content = return_file(by=by, run_id=run.pk)
    target.write_bytes(content)
    say(f"退回的行已写入 {target}")
