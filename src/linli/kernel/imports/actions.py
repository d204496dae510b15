"""The steps of an import. Each is one transaction; a step that is done again finds that it was done."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import IntegrityError, connection, transaction

from linli.kernel.access.actions import about, action, defer, telling
from linli.kernel.access.rules import Actor, Refused, Stale
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import TABLES
from linli.kernel.imports.models import ImportProgress, ImportReject, ImportRun
from linli.kernel.imports.queries import OWNER, kind_for, open_kept, run_in_area, sheet_of
from linli.kernel.imports.rules import OVER, Checked, Fault, ImportKind, RunState, Sheet, Tell, Undone, common_faults

PROGRESS = "update imports_importprogress set step = %s, done = %s, total = %s, at = clock_timestamp() where run_id = %s"
LEFT_SHOWN = 1000
_sheets: dict[tuple[int, str], tuple[Sheet, list[Fault]]] = {}
"""The sheet that was checked last and its common faults, for its writing; at most one, in the process that checked it."""


@action("imports.run")
def send(*, by: Actor, on: date, kind: str, name: str, content: bytes) -> tuple[ImportRun, bool]:
    """Take a file and order its check. The same file of the same kind and area gives the import that it already has.

    The second part of the answer says whether the import is new.
    """
    wanted = kind_for(by=by, key=kind)
    digest = hashlib.sha256(content).hexdigest()
    if known := _same_file(wanted, by.area, digest):
        about(OWNER, known.pk, same_file=True)
        return known, False
    try:
        with transaction.atomic():
            run = _new_run(wanted, by, on, name, digest, content)
    except IntegrityError:  # the same file was sent at the same moment
        known = _same_file(wanted, by.area, digest)
        if known is None:
            raise
        return known, False
    defer("imports.check", by=by, on=on, lock=f"import {run.pk}", run_id=run.pk)
    about(OWNER, run.pk, import_kind=kind)
    return run, True


def _same_file(kind: ImportKind, area: str, digest: str) -> ImportRun | None:
    return ImportRun.objects.filter(kind=kind.key, area=area, digest=digest).exclude(state__in=OVER).first()


def _new_run(kind: ImportKind, by: Actor, on: date, name: str, digest: str, content: bytes) -> ImportRun:
    run = ImportRun.objects.create(
        kind=kind.key, file_name=name[:120], digest=digest, by_id=by.staff_id, on=on, area=by.area
    )
    ImportProgress.objects.create(run=run, step="等待检查", area=by.area)
    store_file(
        by=by, on=on, name=name, content=content, need=kind.permission, owner_kind=OWNER, owner_id=run.pk,
        allowed=TABLES, limit=kind.size,
    )  # fmt: skip
    return run


@action("imports.run")
def check(*, by: Actor, on: date, run_id: int) -> ImportRun:
    """Judge every row of the file and keep the counts and reasons; nothing else is written."""
    run = _locked(by, run_id)
    if run.state != RunState.SENT:
        return run
    with telling(PROGRESS, run.pk, run.area) as tell:
        judged = _judge(run, by, on, tell)
    _keep_judgement(run, judged)
    run.state = RunState.CHECKED
    run.save()
    about(OWNER, run.pk, read=run.read, rejected=run.rejected)
    return run


@action("imports.run")
def confirm(*, by: Actor, on: date, run_id: int) -> ImportRun:
    """Order the accepted rows to be written."""
    run = run_in_area(by=by, run_id=run_id)
    if run.state == RunState.CHECKED and run.accepted == 0:
        raise Refused("没有可以导入的行。请下载退回文件，改正后重新上传。")
    if not ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKED).update(state=RunState.APPLYING):
        raise Stale
    ImportProgress.objects.filter(run=run).update(step="等待写入", done=0, total=0)
    defer("imports.apply", by=by, on=on, lock=f"import {run.pk}", run_id=run.pk)
    about(OWNER, run.pk, accepted=run.accepted)
    run.refresh_from_db()
    return run


@action("imports.run")
def discard(*, by: Actor, on: date, run_id: int) -> ImportRun:
    """Give up an import that was not confirmed."""
    run = run_in_area(by=by, run_id=run_id)
    if not ImportRun.objects.filter(pk=run.pk, state=RunState.CHECKED).update(state=RunState.DISCARDED):
        raise Stale
    about(OWNER, run.pk)
    run.refresh_from_db()
    return run


@action("imports.run")
def apply(*, by: Actor, on: date, run_id: int) -> ImportRun:
    """Judge the rows again as the registry stands now, and write the accepted ones, with the import's own state.

    One transaction: after a kill nothing of it stands, and the next worker begins again with the kept file.
    """
    run = _locked(by, run_id)
    if run.state != RunState.APPLYING:
        return run
    with telling(PROGRESS, run.pk, run.area) as tell:
        judged = _judge(run, by, on, tell)
        run.result = kind_for(by=by, key=run.kind).apply(judged, run.pk, by, on, tell)
    _keep_judgement(run, judged)
    run.state = RunState.APPLIED
    run.save()
    about(OWNER, run.pk, read=run.read, accepted=run.accepted)
    return run


@action("imports.run")
def fail(*, by: Actor, on: date, run_id: int, why: str) -> None:
    """The step that ran did not succeed: keep the reason for the user."""
    begun = ImportRun.objects.filter(pk=run_id, state__in=(RunState.SENT, RunState.APPLYING))
    begun.update(state=RunState.FAILED, message=why[:400], read=0, accepted=0, rejected=0, warned=0)
    about(OWNER, run_id)


@action("imports.run")
def take_back(*, by: Actor, on: date, run_id: int) -> Undone:
    """Reverse what the import wrote, as far as nobody touched it since; the rest is left and listed."""
    run = _locked(by, run_id)
    if run.state != RunState.APPLIED:
        raise Stale
    undone = kind_for(by=by, key=run.kind).undo(run.result, run.pk, by, on)
    left = list(undone.left[:LEFT_SHOWN])
    run.result = run.result | {"reversed": undone.reversed, "left": left, "left_count": len(undone.left)}
    run.state, run.taken_back_by_id, run.taken_back_on = RunState.TAKEN_BACK, by.staff_id, on
    run.save()
    about(OWNER, run.pk, reversed=undone.reversed, left=len(undone.left))
    return undone


def _locked(by: Actor, run_id: int) -> ImportRun:
    """The run, held until the end of the transaction: two workers never do the same step."""
    run = run_in_area(by=by, run_id=run_id)
    return ImportRun.objects.select_for_update().get(pk=run.pk)


def _judge(run: ImportRun, by: Actor, on: date, tell: Tell) -> Checked:
    kind = kind_for(by=by, key=run.kind)
    tell("读取文件", 0, 0)
    kept = _sheets.pop((run.pk, run.digest), None)
    sheet, faults = kept or _read(run, kind)
    if run.state == RunState.SENT:  # the same worker usually writes what it has just checked; a file never changes
        _sheets.clear()
        _sheets[run.pk, run.digest] = sheet, faults
    tell("检查", 0, len(sheet))
    judged = kind.check(sheet, list(faults), by, on, tell)
    if judged.read != len(sheet):
        raise RuntimeError(f"{kind.key} judged {judged.read} rows of {len(sheet)}")
    rejected = {fault.row for fault in judged.faults}
    judged.warnings = [warning for warning in judged.warnings if warning.row not in rejected]
    _replace_rejects(run, kind, sheet, judged)
    return judged


def _read(run: ImportRun, kind: ImportKind) -> tuple[Sheet, list[Fault]]:
    sheet = sheet_of(open_kept(run, kind), kind)
    if not len(sheet):
        raise Refused("表里只有表头，没有数据。请填写后重新上传。")
    return sheet, common_faults(kind, sheet)


def _keep_judgement(run: ImportRun, judged: Checked) -> None:
    run.read, run.accepted, run.rejected = judged.read, judged.accepted, judged.rejected
    run.warned = len({warning.row for warning in judged.warnings})


def _replace_rejects(run: ImportRun, kind: ImportKind, sheet: Sheet, judged: Checked) -> None:
    ImportReject.objects.filter(run=run).delete()
    headings = {column.key: column.heading for column in kind.columns} | {"": ""}
    for found, grave in ((judged.faults, True), (judged.warnings, False)):
        found.sort(key=lambda fault: fault.row)
        rows = [sheet.numbers[fault.row] for fault in found]
        words = [headings[fault.column] for fault in found]
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into imports_importreject (run_id, row, heading, reason, grave, area) select %s, t.row, t.heading, "
                "t.reason, %s, %s from unnest(%s::int[], %s::text[], %s::text[]) as t(row, heading, reason)",
                [run.pk, grave, run.area, rows, words, [fault.reason[:400] for fault in found]],
            )
