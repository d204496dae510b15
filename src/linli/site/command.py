"""The command line: parse, call one action or query, say how it went. Exit status 0 only when all is well."""

from __future__ import annotations

import os

import typer

from linli.site.commands import common
from linli.site.commands.audit import audit
from linli.site.commands.books import check_books
from linli.site.commands.callers import callers
from linli.site.commands.demo import demo
from linli.site.commands.duplicates import duplicates
from linli.site.commands.explaining import explain
from linli.site.commands.exporting import export
from linli.site.commands.importing import import_table
from linli.site.commands.keys import keys
from linli.site.commands.live import live
from linli.site.commands.moved import moved
from linli.site.commands.replaying import figures, replay, report
from linli.site.commands.running import manage, prepare, roles_sql, serve, stop, worker
from linli.site.commands.sign_in import sign_in
from linli.site.commands.telephone import telephone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="邻里 Linli: the district's daily work.",
)
app.command()(demo)
app.command()(serve)
app.command()(live)
app.command()(worker)
app.command()(callers)
app.command()(telephone)
app.command()(prepare)
app.command()(stop)
app.command()(duplicates)
app.command()(moved)
app.command()(explain)
app.command(name="check-books")(check_books)
app.command(name="import")(import_table)
app.command(name="roles-sql")(roles_sql)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(manage)
app.command()(export)
app.command()(replay)
app.command()(report)
app.add_typer(audit, name="audit")
app.add_typer(figures, name="figures")
app.add_typer(keys, name="keys")
app.add_typer(sign_in, name="sign-in")


def main() -> None:
    """The entry point of the installed command."""
    common.run(app)
