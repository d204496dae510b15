"""A large run in parts: each is computed and committed by itself, on a core of its own, and none twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from linli.kernel.access.actions import Tell, about, action, scoped, telling, together
from linli.kernel.access.rules import Actor
from linli.kernel.entitlements.actions.runs import statements as sql
from linli.kernel.entitlements.actions.runs.computing import PART, compute
from linli.kernel.entitlements.actions.runs.drafting import PROGRESS, draft_whole, held, last_decision, values_of
from linli.kernel.entitlements.models import Run, RunPart
from linli.kernel.entitlements.queries.runs import run_of
from linli.kernel.entitlements.rules import RunState

LEAST, MOST, STEP = 20_000, 50_000, 1_000
"""Entitlements of a part, which a crash can lose of each core; where parts end is told from one id in so many."""
LAST = 2**63 - 1
CUTS = "select id from entitlements_entitlement where programme = %(programme)s and id %% %(step)s = 0 order by id"
HOLD = "select state from entitlements_run where id = %s for share"


def draft_run(*, by: Actor, on: date, run_id: int) -> Run:
    """The work of the background: compute a waiting run, in parts where it is large."""
    with scoped(by):
        run = run_of(run_id)
    with telling(PROGRESS, run.pk, run.area) as tell:
        if cut_run(by=by, on=on, run_id=run.pk):
            return draft_parts(by=by, on=on, run=run, tell=tell)
        return draft_whole(by=by, on=on, run_id=run.pk, tell=tell)


@action("entitlements.work")
def cut_run(*, by: Actor, on: date, run_id: int) -> bool:
    """Cut a waiting run into parts, once; whether it is in parts. Too small a run, and one that has one connection, is not cut.

    The mark is set here: what is decided from now on is newer than the run, whichever attempt computes its part.
    """
    run = held(run_id)
    if run.state != RunState.WAITING or run.parts.exists() or settings.RUN_CONNECTIONS < 2:
        return run.parts.exists()
    mark = last_decision()
    with connection.cursor() as cursor:
        cursor.execute(CUTS, {"programme": run.programme, "step": STEP})
        cuts = ends_of([row[0] for row in cursor.fetchall()], settings.RUN_CONNECTIONS)
        if not cuts:
            return False
        if not run.component:
            for statement in (sql.TABLES, sql.GONE):
                cursor.execute(statement)
            cursor.execute(sql.REOPENED, values_of(run, on))
    ends = zip([0, *cuts], [*cuts, LAST], strict=True)
    RunPart.objects.bulk_create(RunPart(run=run, number=n, lo=lo, hi=hi, area=run.area) for n, (lo, hi) in enumerate(ends, 1))
    Run.objects.filter(pk=run.pk).update(mark=mark)
    about("entitlements.run", run.pk, area=run.area, parts=len(cuts) + 1)
    return True


def draft_parts(*, by: Actor, on: date, run: Run, tell: Tell) -> Run:
    """Compute the parts that are not done, all on one state of the facts. A worker that dies leaves whole parts.

    Somebody else may be at the same run: a part that they did is passed over, and we look again what is left.
    """
    while run.state == RunState.WAITING:
        with scoped(by):
            parts = list(run.parts.order_by("number").values_list("pk", "done"))
        left = [pk for pk, done in parts if not done]

        def news(over: int, before: int = len(parts) - len(left), total: int = len(parts)) -> None:
            tell("分批试算", before + over, total)

        acts = [partial(draft_part, by=by, on=on, run_id=run.pk, part_id=pk) for pk in left]
        together(acts, width=settings.RUN_CONNECTIONS, news=news)
        run = finish_draft(by=by, on=on, run_id=run.pk)
    tell("完成", len(parts), len(parts))
    return run


def ends_of(steps: Sequence[int], width: int) -> list[int]:
    """Where to cut, told from one id in a thousand: parts alike in size, so many that all connections are done about together.

    Empty when two parts would be too small.
    """
    most = len(steps) * STEP // LEAST
    if most < 2:
        return []
    number = min(most, width * max(1, round(len(steps) * STEP / MOST / width)))
    return [steps[len(steps) * place // number] for place in range(1, number)]


@action("entitlements.work")
def draft_part(*, by: Actor, on: date, run_id: int, part_id: int) -> bool:
    """Compute one part with its lines, items and sums, all or none; False: it is done, or somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [run_id])  # nobody gives the run up, or ends it, before this part is written
        state = cursor.fetchone()
        one = RunPart.objects.select_for_update(skip_locked=True).filter(pk=part_id, run=run_id, done=False).first()
        if one is None or state is None or state[0] != RunState.WAITING:
            return False
        run = Run.objects.get(pk=run_id)
        values = values_of(run, on) | {"part": one.pk, "lo": one.lo, "hi": one.hi}
        cursor.execute(sql.TABLES)
        compute(cursor, run, values, PART, lambda step, done: None)
    about("entitlements.run", run.pk, area=run.area, part=one.number)
    return True


@action("entitlements.work")
def finish_draft(*, by: Actor, on: date, run_id: int) -> Run:
    """The run is ready when all its parts are done, with the sums of them all. Until then nothing of it is shown."""
    run = held(run_id)
    if run.state != RunState.WAITING or run.parts.filter(done=False).exists():
        return run
    names = ("count", "amount", "held", "held_amount")
    sums = run.parts.aggregate(**{f"all_{name}": Sum(name) for name in names})
    values = {name: sums[f"all_{name}"] for name in names}
    Run.objects.filter(pk=run.pk).update(state=RunState.READY.value, message="", **values)
    run.refresh_from_db()
    about("entitlements.run", run.pk, area=run.area, count=run.count, amount=run.amount, held=run.held, again=False)
    return run
