"""A run is computed dry: opened, computed for all entitlements in one transaction, given up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from linli.base.areas import Level, level_of
from linli.kernel.access.actions import Tell, about, action, defer
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.entitlements.actions.deciding import same_month
from linli.kernel.entitlements.actions.runs import statements as sql
from linli.kernel.entitlements.actions.runs.computing import EVERY, compute
from linli.kernel.entitlements.models import Decision, Entitlement, Run, RunItem, RunLine, RunProgress
from linli.kernel.entitlements.queries.declared import programme_named
from linli.kernel.entitlements.queries.runs import groups_of, last_month_ordered, living_run, run_of
from linli.kernel.entitlements.queries.standing import standing_in
from linli.kernel.entitlements.rules import (
    LIVING_RUNS,
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
    replaced = _empty_given_up(declared)
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
    told: dict[str, Any] = {"programme": programme, "month": month.isoformat(), "basis": basis.value, "replaced": replaced}
    about("entitlements.run", run.pk, area=run.area, **told)
    if standing_in(month, programme).count() < LARGE:
        return _draft(by, on, run, None)
    defer("entitlements.work", by=by, on=on, lock=f"entitlements run {run.pk}", run_id=run.pk, step="draft")
    return run


@action("entitlements.work")
def draft_whole(*, by: Actor, on: date, run_id: int, tell: Tell) -> Run:
    """Compute a waiting run in one transaction: a worker that dies leaves nothing, and the next one begins again."""
    run = held(run_id)
    return run if run.state != RunState.WAITING or run.parts.exists() else _draft(by, on, run, tell)


@action("entitlements.draft")
def discard_run(*, by: Actor, on: date, run: Run, reason: str) -> Run:
    """Give up a run that was not confirmed; nothing of it is paid.

    :raises Refused: it is confirmed, or no reason is given.
    """
    if not reason.strip():
        raise Refused("请填写作废原因。", field="reason")
    row = held(run.pk)
    if row.state not in (RunState.WAITING, RunState.READY, RunState.FAILED):
        raise Refused("这次发放已核定或已作废，不能作废。未开单的付款可以在付款单中取消。")
    if row.state == RunState.WAITING:
        _drop_lines(row)
    Run.objects.filter(pk=row.pk).update(state=RunState.DISCARDED.value, message=f"作废：{reason}"[:400])
    about("entitlements.run", row.pk, area=row.area, state=RunState.DISCARDED.value)
    return run_of(row.pk)


@action("entitlements.work")
def fail_run(*, by: Actor, on: date, run_id: int, step: str, why: str) -> None:
    """A step in the background did not succeed: keep the reason. A run that was not computed is over."""
    run = Run.objects.select_for_update().filter(pk=run_id, state__in=LIVING_RUNS).first()
    if run is not None:
        over = step == "draft" and run.state == RunState.WAITING
        if over:
            _drop_lines(run)
        Run.objects.filter(pk=run_id).update(message=why[:400], state=RunState.FAILED.value if over else run.state)
    about("entitlements.run", run_id)


def last_decision() -> int:
    """The mark of a run that is computed now: what is decided later is newer."""
    last: int | None = Decision.objects.aggregate(last=Max("id"))["last"]
    return last or 0


def _drop_lines(run: Run) -> None:
    """Of a run that was never ready no part remains."""
    for rows in (RunItem.objects.filter(run=run), RunLine.objects.filter(run=run)):
        rows._raw_delete(rows.db)


def values_of(run: Run, on: date) -> dict[str, Any]:
    """What the statements of a run are told."""
    programme = programme_named(run.programme)
    parts = [run.component] if run.component else [component.key for component in programme.regular]
    return {
        "run": run.pk, "programme": run.programme, "month": run.month, "first": run.first, "previous": later(run.first, -1),
        "months": list(months_from(run.first, run.month)), "components": parts, "groups": groups_of(programme, parts, run.month),
        "on": on, "listed": run.made_on, "known": _known(run), "share": programme.offset, "cuts": programme.cuts,
        "holding": HOLDING, "component": run.component, "occasion": bool(run.component), "each": run.words.get("each", 0),
        "per_person": run.words.get("per_person", False),
    }  # fmt: skip


def _known(run: Run) -> int:
    """The mark of the last regular run that was ordered: an entitlement granted by then is not new, though nothing was paid."""
    done = Run.objects.filter(programme=run.programme, component="", month__lt=run.month, state=RunState.ORDERED.value)
    mark: int | None = done.order_by("-month", "-serial").values_list("mark", flat=True).first()
    return mark or 0


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


def _empty_given_up(programme: Programme) -> int | None:
    """One run at a time. One that came to nothing is given up: nobody can confirm it, and later months would stay unpaid.

    :raises Refused: one with something to pay is under way.
    """
    other = living_run(programme.key)
    if other is None:
        return None
    row = held(other.pk)
    if row.state != RunState.READY or row.count:
        raise Refused(f"{programme.zh}{row.month:%Y年%m月}的发放还没有办完，请先办完或作废。")
    words = "作废：试算没有可以发放的待遇，已由新的发放代替"
    Run.objects.filter(pk=row.pk).update(state=RunState.DISCARDED.value, message=words)
    return row.pk


def _check_begun(programme: Programme, month: date) -> None:
    begun: date | None = Entitlement.objects.filter(programme=programme.key).aggregate(first=Min("paid_from"))["first"]
    if begun is not None and month < begun:
        raise Refused(f"{programme.zh}最早自{begun:%Y年%m月}起发放，请核对月份。", field="month")


def _draft(by: Actor, on: date, run: Run, tell: Tell | None) -> Run:
    def said(step: str, done: int) -> None:
        if tell:
            tell(step, done, 4)

    mark = last_decision()
    with connection.cursor() as cursor:
        cursor.execute(sql.TABLES)
        compute(cursor, run, values_of(run, on), EVERY, said)
    Run.objects.filter(pk=run.pk).update(state=RunState.READY.value, mark=mark, message="")
    said("完成", 4)
    run.refresh_from_db()
    about("entitlements.run", run.pk, area=run.area, count=run.count, amount=run.amount, held=run.held, again=False)
    return run
