"""A run is computed dry: opened, computed for all entitlements in one transaction, or again for those that changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Max, Min

from linli.base.areas import Level, level_of
from linli.kernel.access.actions import Tell, about, action, defer, telling
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import same_month
from linli.kernel.entitlements.actions.runs import statements as sql
from linli.kernel.entitlements.models import Decision, Entitlement, Run, RunProgress
from linli.kernel.entitlements.queries.columns import read_columns, write_columns
from linli.kernel.entitlements.queries.declared import calculator_of, programme_named
from linli.kernel.entitlements.queries.runs import groups_of, last_month_ordered, living_run, run_of
from linli.kernel.entitlements.queries.standing import standing_in
from linli.kernel.entitlements.rules import (
    LIVING_RUNS,
    Array,
    Asked,
    Basis,
    Fault,
    Programme,
    RunState,
    later,
    month_after,
    months_from,
)
from linli.kernel.ledgers.rules import LARGE

PROGRESS = "update entitlements_runprogress set step = %s, done = %s, total = %s where run_id = %s"
HOLDING = [fault.value for fault in Fault if fault.holds]
MOST_MONTHS = 24


def held(run_id: int) -> Run:
    """The run, held for this transaction. Towns see the runs of their district and change none.

    :raises Refused: it is of a wider area than the actor's.
    """
    run = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Refused("这次发放由上级办理，本岗位只能查看。")
    return run


@action("entitlements.draft")
def open_run(
    *, by: Actor, on: date, programme: str, month: date, basis: Basis = Basis.STANDING, component: str = "", each: int = 0,
    per_person: bool = False, paper: str = "",
) -> Run:  # fmt: skip
    """A run of a programme for a month, computed at once, or in the background where there are many entitlements.

    An occasional ``component`` gives ``each`` fen to every household (or covered person), by the ``paper``. Months since the
    last run are paid with it.

    :raises Refused: the post is not the district's; another run is under way; the month or an amount is faulty.
    """
    declared = programme_named(programme)
    same_month(month, "month")
    if level_of(by.area) is not Level.DISTRICT:
        raise Refused("月度发放由区级财务统一办理。")
    if month > month_after(on.replace(day=1)):
        raise Refused("发放月份最多可选到下个月，请修改。", field="month")
    _check_occasion(declared, basis, component, each, paper)
    if basis is Basis.RECKONED and not declared.calculator:
        raise Refused(f"{declared.zh}没有可以重新计算的规则，请按现行核定金额发放。", field="basis")
    if (other := living_run(programme)) is not None:
        raise Refused(f"{declared.zh}{other.month:%Y年%m月}的发放还没有办完，请先办完或作废。")
    _check_begun(declared, month)
    last = last_month_ordered(programme, component)
    first = month if component or last is None or last >= month else month_after(last)
    if later(first, MOST_MONTHS) <= month:
        raise Refused(f"上次发放到{last:%Y年%m月}，间隔超过两年。请核对月份，或先补办以前月份的发放。", field="month")
    serial = Run.objects.filter(programme=programme, component=component, month=month).aggregate(n=Max("serial"))["n"] or 0
    words = {"each": each, "per_person": per_person, "paper": paper} if component else {}
    run = Run.objects.create(
        programme=programme, component=component, month=month, first=first, serial=serial + 1, basis=basis.value, words=words,
        made_on=on, made_by_id=by.staff_id or None, area=by.area,
    )  # fmt: skip
    RunProgress.objects.create(run=run, area=run.area)
    about("entitlements.run", run.pk, area=run.area, programme=programme, month=month.isoformat(), basis=basis.value)
    if standing_in(month, programme).count() < LARGE:
        return _draft(by, on, run, None)
    defer("entitlements.work", by=by, on=on, lock=f"entitlements run {run.pk}", run_id=run.pk, step="draft")
    return run


@action("entitlements.work")
def draft_run(*, by: Actor, on: date, run_id: int) -> Run:
    """Compute a waiting run in one transaction: a worker that dies leaves nothing, and the next one begins again."""
    run = held(run_id)
    if run.state != RunState.WAITING:
        return run
    with telling(PROGRESS, run.pk, run.area) as tell:
        return _draft(by, on, run, tell)


@action("entitlements.draft")
def redraft(*, by: Actor, on: date, run: Run) -> Run:
    """Compute again what changed since: entitlements with newer decisions, and lines against which something stood.

    :raises Refused: the run is confirmed, ordered or given up.
    """
    row = held(run.pk)
    if row.state != RunState.READY:
        raise Refused(f"这次发放{RunState(row.state).zh}，不能重新试算。")
    with connection.cursor() as cursor:
        cursor.execute(sql.TABLES)
        cursor.execute(sql.ONLY, {"mark": row.mark, "run": row.pk, "programme": row.programme})
        cursor.execute("analyze run_only")
        cursor.execute(sql.CLEARED, {"run": row.pk})
    return _draft(by, on, row, None, only=True)


@action("entitlements.draft")
def discard_run(*, by: Actor, on: date, run: Run, reason: str) -> Run:
    """Give up a run that was not confirmed; nothing of it is paid.

    :raises Refused: it is confirmed, or no reason is given.
    """
    if not reason.strip():
        raise Refused("请填写作废原因。", field="reason")
    early = [RunState.WAITING.value, RunState.READY.value, RunState.FAILED.value]
    values = {"state": RunState.DISCARDED.value, "message": f"作废：{reason}"[:400]}
    if not Run.objects.filter(pk=run.pk, state__in=early).update(**values):
        raise Refused("这次发放已核定或已作废，不能作废。未开单的付款可以在付款单中取消。")
    about("entitlements.run", run.pk, area=run.area, state=RunState.DISCARDED.value)
    return run_of(run.pk)


@action("entitlements.work")
def fail_run(*, by: Actor, on: date, run_id: int, step: str, why: str) -> None:
    """A step in the background did not succeed: keep the reason. A run that was not computed is over."""
    waiting = Run.objects.filter(pk=run_id, state__in=LIVING_RUNS)
    waiting.update(message=why[:400])
    if step == "draft":
        waiting.filter(state=RunState.WAITING.value).update(state=RunState.FAILED.value)
    about("entitlements.run", run_id)


def values_of(run: Run, on: date) -> dict[str, Any]:
    """What the statements of a run are told."""
    programme = programme_named(run.programme)
    parts = [run.component] if run.component else [component.key for component in programme.regular]
    return {
        "run": run.pk, "programme": run.programme, "month": run.month, "first": run.first, "previous": later(run.first, -1),
        "months": list(months_from(run.first, run.month)), "components": parts, "groups": groups_of(programme, parts, run.month),
        "on": on, "share": programme.offset, "cuts": programme.cuts, "holding": HOLDING, "component": run.component,
        "occasion": bool(run.component), "each": run.words.get("each", 0), "per_person": run.words.get("per_person", False),
    }  # fmt: skip


def _check_occasion(programme: Programme, basis: Basis, component: str, each: int, paper: str) -> None:
    if (basis is Basis.OCCASION) != bool(component):
        raise Refused("一次性发放须选择一次性的组成部分；按月发放请不要选择。", field="component")
    if not component:
        return
    if component not in {one.key for one in programme.components if one.occasional}:
        raise Refused(f"{programme.zh}没有这一项一次性补助，请从清单中选择。", field="component")
    if each <= 0:
        raise Refused("金额应大于0，请填写。", field="each")
    if not paper.strip():
        raise Refused("请填写发放依据的文件。", field="paper")


def _check_begun(programme: Programme, month: date) -> None:
    begun: date | None = Entitlement.objects.filter(programme=programme.key).aggregate(first=Min("paid_from"))["first"]
    if begun is not None and month < begun:
        raise Refused(f"{programme.zh}最早自{begun:%Y年%m月}起发放，请核对月份。", field="month")


def _draft(by: Actor, on: date, run: Run, tell: Tell | None, *, only: bool = False) -> Run:
    values, total = values_of(run, on), 4

    def said(step: str, done: int) -> None:
        if tell:
            tell(step, done, total)

    text = sql.only if only else sql.whole
    mark = Decision.objects.aggregate(last=Max("id"))["last"] or 0
    with connection.cursor() as cursor:
        if not only:
            cursor.execute(sql.TABLES)
        for statement in (sql.GONE, sql.KNOWN, *([] if only else [sql.WHOLESALE])):
            cursor.execute(statement)
        said("读取核定金额和已发金额", 1)
        if run.component:
            cursor.execute(text(sql.OCCASION), values)
        else:
            cursor.execute(text(sql.OPEN), values)
            if not only:
                cursor.execute(sql.REOPENED, values)
            cursor.execute(text(sql.ARREARS), values)
        _tell_sizes(cursor, only, "run_open")
        if run.basis == Basis.RECKONED:
            said("按当月标准重新计算", 2)
            _reckon(cursor, run, values, only)
        said("比较与核对", 3)
        cursor.execute("select exists (select from run_open where decided < issued)")
        if cursor.fetchone()[0]:
            cursor.execute(text(sql.KEPT_BACK), values)
        _check(cursor, values, only)
        cursor.execute(sql.WHOLE, values)
        cursor.execute(sql.LINES, values)
    Run.objects.filter(pk=run.pk).update(state=RunState.READY.value, mark=mark, message="")
    said("完成", 4)
    run.refresh_from_db()
    about("entitlements.run", run.pk, area=run.area, count=run.count, amount=run.amount, held=run.held, again=only)
    return run


def _tell_sizes(cursor: Any, only: bool, tables: str) -> None:
    """The planner takes new rows for few. Where they are few nothing is told: it would take longer than it spares."""
    if not only:
        cursor.execute(f"analyze {tables}")


def _check(cursor: Any, values: dict[str, Any], only: bool) -> None:
    """What each entitlement is due and what stands against it."""
    text = sql.only if only else sql.whole
    _tell_sizes(cursor, only, "run_known")
    for statement, table in ((sql.DUE, "run_due"), (sql.ACCOUNTS, "run_account")):
        cursor.execute(text(statement), values)
        _tell_sizes(cursor, only, table)
    for statement in (sql.FAULTS, sql.PEOPLE, *([sql.AGAIN] if values["occasion"] else [])):
        cursor.execute(text(statement), values)
    _tell_sizes(cursor, only, "run_fault")


def _reckon(cursor: Any, run: Run, values: dict[str, Any], only: bool) -> None:
    """Ask the domain's calculator for the month, and take over what it gives more; what it gives less is only told."""
    programme = programme_named(run.programme)
    standing = (sql.only if only else sql.whole)(sql.STANDING)
    columns = read_columns(cursor, standing, ("entitlements", "households", "persons"), values)
    asked = Asked(run.programme, run.month, **columns)
    if not len(asked):
        return
    answer = calculator_of(programme)(asked)
    if fault := answer.fault(asked, frozenset(values["components"])):
        raise ValueError(fault)
    nothing: Array = np.zeros(len(asked), "i8")
    parts = [answer.amounts.get(component, nothing) for component in values["components"]]
    total: Array = np.sum(parts, axis=0, dtype="i8")
    decided, issued = _standing_now(cursor, asked, values)
    judged = (total != decided) & (issued == 0)
    if answer.known is not None:
        judged &= answer.known.astype(bool)
    raised = judged & ((total > decided) | programme.cuts)
    verdicts = {"entitlement": asked.entitlements, "total": total, "reasons": answer.reasons, "raised": raised}
    write_columns(cursor, "run_judged", {name: column[judged] for name, column in verdicts.items()})
    for part, amounts in enumerate(parts, 1):
        paid = raised & (amounts > 0)
        rows = {"entitlement": asked.entitlements[paid], "part": np.full(int(paid.sum()), part), "amount": amounts[paid]}
        write_columns(cursor, "run_reckoned", rows)
    _tell_sizes(cursor, only, "run_reckoned, run_judged")
    cursor.execute(sql.RAISED, values)


def _standing_now(cursor: Any, asked: Asked, values: dict[str, Any]) -> tuple[Array, Array]:
    """What is decided and what was ordered already for the month, in fen, row by row as asked."""
    found = read_columns(cursor, sql.DECIDED_NOW, ("entitlement", "decided", "issued"), values)
    place = np.minimum(np.searchsorted(asked.entitlements, found["entitlement"]), len(asked) - 1)
    known = asked.entitlements[place] == found["entitlement"]
    columns = np.zeros((2, len(asked)), "i8")
    for column, name in zip(columns, ("decided", "issued"), strict=True):
        column[place[known]] = found[name][known]
    return columns[0], columns[1]
