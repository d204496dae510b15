"""Kinds of imports, imports in the area, the file as columns, and the files that go back to the user."""

from __future__ import annotations

import functools

import polars as pl
from django.db.models import QuerySet

from linli.gateways.spreadsheets import BadFile, Limits, Table, TemplateColumn, mark_rejects, open_table, template
from linli.kernel.access.actions import record_seen
from linli.kernel.access.queries import permissions
from linli.kernel.access.rules import Actor, Forbidden, Refused
from linli.kernel.files.models import StoredFile
from linli.kernel.files.queries import content_of, files_of
from linli.kernel.imports.models import ImportProgress, ImportReject, ImportRun
from linli.kernel.imports.rules import ImportKind, Sheet, require_columns
from linli.kernel.ui.queries import declared_by_key

OWNER = "imports.run"


@functools.cache
def import_kinds() -> dict[str, ImportKind]:
    """Every kind that the installed packages declare, by key."""
    found = declared_by_key("imports", ImportKind)
    for kind in found.values():
        if kind.permission not in permissions():
            raise LookupError(f"the import {kind.key} names the unknown permission {kind.permission}")
    return found


def kinds_for(by: Actor) -> list[ImportKind]:
    """The kinds that this post may import."""
    return [kind for kind in import_kinds().values() if by.may(kind.permission)]


def kind_for(*, by: Actor, key: str) -> ImportKind:
    """The kind of this key, if the post may import it.

    :raises Forbidden: there is none, or it is not for this post.
    """
    kind = import_kinds().get(key)
    if kind is None or not by.may(kind.permission):
        raise Forbidden(f"{by.role.zh}岗位不能导入这类名单。")
    return kind


def runs(*, by: Actor, kind: str = "", state: str = "") -> QuerySet[ImportRun]:
    """Imports in the present range of areas of the kinds that the post may import, newest first."""
    keys = [each.key for each in kinds_for(by) if not kind or each.key == kind]
    found = ImportRun.objects.filter(kind__in=keys).select_related("by").order_by("-id")
    return found.filter(state=state) if state else found


def run_in_area(*, by: Actor, run_id: int) -> ImportRun:
    """The import, if it lies in the actor's area and the post may import its kind.

    :raises Forbidden: it does not exist for this actor.
    """
    run = runs(by=by).filter(pk=run_id).first()
    if run is None:
        raise Forbidden("没有这次导入，或它不在本辖区内。")
    return run


def progress_of(run: ImportRun) -> ImportProgress:
    """How far the import is."""
    return ImportProgress.objects.get(run=run)


def rejects_of(run: ImportRun, *, grave: bool | None = None) -> QuerySet[ImportReject]:
    """What was found in the rows, in their order."""
    found = ImportReject.objects.filter(run=run).order_by("row", "id")
    return found if grave is None else found.filter(grave=grave)


def kept_file(run: ImportRun) -> StoredFile:
    """The file that was sent."""
    return files_of(OWNER, run.pk).get()


def open_kept(run: ImportRun, kind: ImportKind) -> Table:
    """The file that was sent, as a table.

    :raises Refused: it cannot be read; the message says why.
    """
    kept = kept_file(run)
    limits = Limits(rows=kind.rows, size=kind.size)
    try:
        return open_table(content_of(kept), kept.name, expected=kind.headings, aliases=kind.aliases, limits=limits)
    except BadFile as fault:
        raise Refused(fault.message) from fault


def sheet_of(table: Table, kind: ImportKind) -> Sheet:
    """The table's columns by their keys; a column that the file lacks is empty."""
    require_columns(kind, table.missing)
    columns = {
        column.key: pl.Series(column.key, table.column(column.heading), dtype=pl.String) for column in kind.columns
    }
    kinds = {column.key: table.kinds(column.heading) for column in kind.columns}
    return Sheet(pl.DataFrame(columns), kinds, table.numbers)


def return_file(*, by: Actor, run_id: int, whole: bool = False) -> tuple[str, bytes]:
    """The rejected rows (or the whole sheet), bad cells red, reasons beside them; name and content. The look is traced."""
    run = run_in_area(by=by, run_id=run_id)
    kind = kind_for(by=by, key=run.kind)
    reasons: dict[int, dict[str, str]] = {}
    for row, heading, reason in rejects_of(run, grave=True).values_list("row", "heading", "reason"):
        cells = reasons.setdefault(row, {})
        cells[heading] = f"{cells[heading]}{reason}" if heading in cells else reason
    record_seen(by=by, verb="imports.return_file", kind=OWNER, subject=run.pk, area=run.area, rows=len(reasons))
    stem = run.file_name.rpartition(".")[0] or run.file_name
    words = "整表标注" if whole else "退回"
    return f"{stem}-{words}.xlsx", mark_rejects(open_kept(run, kind), reasons, whole=whole)


def template_file(*, by: Actor, key: str) -> tuple[str, bytes]:
    """The empty template of a kind with its notes sheet: name and content."""
    kind = kind_for(by=by, key=key)
    columns = [
        TemplateColumn(column.heading, column.help, column.example, column.required, column.choices)
        for column in kind.columns
    ]
    return f"{kind.zh}-导入模板.xlsx", template(columns, kind.notes, name=kind.zh)
